"""Pages of the local education surcharge: report by county, entries, import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    answer_form,
    done_or_refused,
    given,
    page_words,
    status_of,
)
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.commands.surcharge import (
    correct_surcharge,
    enter_surcharge,
    import_surcharge,
    preview_import,
)
from silian.governance.incentives.forms.surcharge import CorrectionForm, EntryForm, SheetForm
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.permissions.surcharge import (
    enters_surcharge,
    entries_visible_to,
    require_surcharge_entering,
    require_surcharge_reader,
)
from silian.governance.incentives.queries.surcharge import (
    CountyYear,
    counties_of,
    report_of,
    years_of,
)
from silian.governance.incentives.rules.surcharge import COLUMNS, RowRead
from silian.governance.incentives.views.sealed_previews import opened, sealed

PARTS = "incentives/appropriation/"
REPORT = ("地方教育附加", "incentives:surcharge")
ENTRIES = ("地方教育附加收支", "incentives:surcharge_entries")
SALT = "incentives.surcharge.import"
EXAMPLE = ("", "征收入库", "2025-03-31", "1200000.00", "一季度入库", "入库单 2025-03")


@require_safe
def report(request: Request) -> HttpResponseBase:
    """Receipts, use and share by county against the share that the rule asks (分县区核对)."""
    actor, today = request.actor, timezone.localdate()
    require_surcharge_reader(actor)
    years = years_of(actor, today=today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked[:4]) in years else years[0]
    rows = report_of(actor, year=year)
    table = report_table(request, rows, year=year)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table, "year": year, "years": years, "chart": share_chart(rows, year),
        "whole": rows[-1] if rows else None, "enters": enters_surcharge(actor),
        "below": [row for row in rows if row.is_below and not row.is_whole],
    }  # fmt: skip
    return render(request, f"{PARTS}surcharge.html", context)


def report_table(request: Request, rows: list[CountyYear], *, year: int) -> Table:
    entries = reverse("incentives:surcharge_entries")
    return Table(
        request=request,
        name="surcharge_report",
        rows=rows,
        caption=f"{year} 年地方教育附加用于职业教育",
        columns=[
            Column("name", "地区", main=True),
            Column("receipts", "征收入库", unit="元", numeric=True),
            Column("used", "用于职业教育", unit="元", numeric=True),
            Column("share", "比例", unit="%", numeric=True,
                   template=f"{PARTS}_cell_share.html", export=lambda row: row.share),
            Column("required", "应达到", lambda row: row.verdict.required, numeric=True),
            Column("missing", "差额", lambda row: row.verdict.missing or "", unit="元",
                   numeric=True),
            Column("change", "同比", lambda row: signed(row), unit="百分点", numeric=True),
            Column("verdict", "结论", template=f"{PARTS}_cell_verdict.html",
                   export=lambda row: row.verdict.word),
            Column("clause", "依据", lambda row: row.verdict.clause, optional=True),
        ],
        views=False,
        row_url=lambda row: f"{entries}?year={year}"
        + ("" if row.is_whole else f"&place={row.code}"),
        empty={"missing": f"{year} 年还没有填报", "why": "财政、税务部门填报或导入后按县区核对。"},
    )  # fmt: skip


def signed(row: CountyYear) -> str:
    """Percentage points with their sign; nothing where a year is missing."""
    return "" if row.change is None else f"{row.change:+}"


def share_chart(rows: list[CountyYear], year: int) -> Chart | None:
    """The share of each county, this year and the last."""
    counties = [row for row in rows if not row.is_whole]
    if not counties:
        return None
    return Chart(
        name="surcharge-share",
        title="地方教育附加用于职业教育的比例",
        unit="%",
        source="财政、税务填报的收支",
        labels=[row.name for row in counties],
        series=[
            Series(f"{year} 年", [shown(row.share) for row in counties]),
            Series(f"{year - 1} 年", [shown(row.before) for row in counties]),
        ],
    )


def shown(value: Any) -> float | None:
    return None if value is None else float(value)


@require_safe
def entry_list(request: Request) -> HttpResponseBase:
    """Every sum with its voucher, corrected ones too when asked (收支明细)."""
    actor = request.actor
    require_surcharge_reader(actor)
    places = counties_of(actor.jurisdiction)
    years = [(str(year), f"{year} 年") for year in years_of(actor, today=timezone.localdate())]
    bar = FilterBar(
        request=request,
        placeholder="项目、凭证或文号",
        facets=[
            facet(request=request, name="year", label="年度", choices=years),
            facet(request=request, name="kind", label="类别", choices=SurchargeKind.choices),
            facet(request=request, name="place", label="地区", choices=list(places.items())),
            facet(request=request, name="past", label="显示", choices=[("1", "含已更正")]),
        ],
    )
    table = entry_table(request, chosen(request, bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "enters": enters_surcharge(actor)}
    return render(request, f"{PARTS}entries{'_table' if request.htmx else ''}.html", context)


def chosen(request: Request, bar: FilterBar) -> QuerySet[SurchargeEntry]:
    rows = entries_visible_to(request.actor).select_related("division", "office", "entered_by")
    if not request.GET.get("past"):
        rows = rows.filter(replaced_at__isnull=True)
    if years := [year for year in request.GET.getlist("year") if year.isdecimal()][:20]:
        rows = rows.filter(year__in=[int(year[:4]) for year in years])
    for name, field in (("kind", "kind__in"), ("place", "division_id__in")):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{field: wanted})
    text = bar.text.replace("\x00", "")[:60]
    return rows.filter(Q(item__icontains=text) | Q(voucher__icontains=text)) if text else rows


def correcting(request: Request) -> list[Column]:
    """The column of corrections, for those who enter (更正)."""
    if not enters_surcharge(request.actor):
        return []
    return [Column("act", "办理", template=f"{PARTS}_cell_correct.html", export=lambda row: "")]


def entry_table(request: Request, rows: QuerySet[SurchargeEntry]) -> Table:
    return Table(
        request=request,
        name="surcharge_entries",
        rows=rows,
        caption="地方教育附加收支",
        columns=[
            Column("item", "项目", template=f"{PARTS}_cell_entry.html", main=True,
                   export=lambda row: row.item),
            Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
            Column("division", "地区", "division__name", sort="division_id"),
            Column("booked_on", "入账日", sort="booked_on"),
            Column("amount", "金额", sort="amount", unit="元", numeric=True),
            Column("voucher", "凭证或文号"),
            Column("office", "填报单位", lambda row: row.office.display_name),
            Column("entered_by", "填报人", optional=True,
                   value=lambda row: row.entered_by.name if row.entered_by else ""),
            Column("reason", "更正理由", optional=True),
            *correcting(request),
        ],
        order="-booked_on",
        empty={"missing": "没有收支", "why": "换个年度或地区，或填报、导入收支。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: Request) -> HttpResponse:
    """Enter one sum (填报)."""
    actor = request.actor
    require_surcharge_entering(actor)
    form = EntryForm(request.POST or None, places=counties_of(actor.jurisdiction))
    return answer_form(
        request,
        form=form,
        page=page_words("填报地方教育附加收支", "填报", back=ENTRIES[1], register=REPORT),
        send=lambda said: enter_surcharge(
            said=form.said(), actor=actor, now=timezone.now(), today=timezone.localdate()
        ),
        done="已填报。",
        then=reverse(ENTRIES[1]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def entry_correct(request: Request, entry_id: int) -> HttpResponse:
    """Put a wrong sum right (更正)."""
    actor = request.actor
    row = get_object_or_404(entries_visible_to(actor), pk=entry_id)
    require_surcharge_entering(actor, division=row.division_id)
    form = CorrectionForm(request.POST or None, initial={"amount": row.amount, "item": row.item})
    return answer_form(
        request,
        form=form,
        page=page_words("更正收支", "更正", back=ENTRIES[1], register=REPORT,
                        lead=f"{row}，{row.amount:,} 元，凭证 {row.voucher}"),
        send=lambda said: correct_surcharge(
            entry_id=row.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已更正，原来的一笔保留在“含已更正”里。",
        then=reverse(ENTRIES[1]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def entry_import(request: Request) -> HttpResponse:
    """Read a sheet, show every row, write when it is confirmed (导入)."""
    actor = request.actor
    require_surcharge_entering(actor)
    if request.method == "POST" and "looked_at" in request.POST:
        return import_confirmed(request)
    form = SheetForm(*given(request))
    rows = done_or_refused(
        form,
        lambda: preview_import(actor=actor, today=timezone.localdate(), **content_of(form)),
    )
    return import_page(request, form, rows or [])


def content_of(form: SheetForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    return {"name": upload.name or "", "content": upload.read()}


def import_page(request: Request, form: SheetForm, rows: list[RowRead]) -> HttpResponse:
    wrong = sum(bool(row.problems) for row in rows)
    kept = sealed([dict(row.cells) for row in rows], salt=SALT)
    context = {
        "form": form, "rows": rows, "wrong": wrong, "good": len(rows) - wrong,
        "kept": "" if wrong or not rows else kept, "columns": COLUMNS,
    }  # fmt: skip
    status = 422 if wrong else status_of(form)
    return render(request, f"{PARTS}import.html", context, status=status)


def import_confirmed(request: Request) -> HttpResponse:
    """Write what the reader looked at; what was changed on the way is refused (确认导入)."""
    try:
        rows = opened(request.POST["looked_at"], salt=SALT)
        taken = import_surcharge(
            rows=rows, actor=request.actor, now=timezone.now(), today=timezone.localdate()
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("incentives:surcharge_import")
    messages.success(request, f"已导入 {taken} 笔收支。")
    return redirect("incentives:surcharge_entries")


@require_safe
def entry_template(request: Request) -> HttpResponseBase:
    """The columns as a file to fill in (模板)."""
    require_surcharge_entering(request.actor)
    row = (request.actor.jurisdiction, *EXAMPLE[1:])
    return file_response(kind="xlsx", name="地方教育附加收支模板", header=COLUMNS, rows=[row])
