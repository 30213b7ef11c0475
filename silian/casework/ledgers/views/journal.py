"""The journal: entries with filters and export, one entry, its reversal; months of the books."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.choices import EntryKind
from silian.casework.ledgers.commands.months import close_month, reopen_month
from silian.casework.ledgers.commands.reversals import REVERSIBLE, reverse
from silian.casework.ledgers.forms import DatedReasonForm
from silian.casework.ledgers.models.funds import LedgerOffice
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.permissions import (
    entries_visible_to,
    keeps,
    months_visible_to,
    offices_visible_to,
    require_keeper,
    require_reader,
)
from silian.casework.ledgers.queries.months import months_of
from silian.casework.ledgers.queries.showing import entries_for_list
from silian.casework.ledgers.views.pages import reason_of, typed, words
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said
from silian.foundation.ui.tables import Column, Table

JOURNAL = ("记账凭证", "ledgers:entry_list")


@require_safe
def entry_list(request: Request) -> Any:
    """Every booking, narrowed by kind, fund, line, days and words (记账凭证)."""
    require_reader(request.actor)
    rows = entries_visible_to(request.actor)
    funds = rows.order_by("line__fund__name").values_list("line__fund_id", "line__fund__name")
    bar = FilterBar(
        request=request,
        placeholder="摘要、事项",
        kept=("sort", "columns", "line", "month"),
        facets=[
            facet(request=request, name="type", label="类型", choices=EntryKind.choices),
            facet(request=request, name="fund", label="资金",
                  choices=[(str(key), name) for key, name in funds.distinct()]),
        ],
    )  # fmt: skip
    table = entry_table(request, chosen_entries(request, rows, bar))
    if table.export_wanted:
        return table.export_response()
    template = "ledgers/_entries.html" if request.htmx else "ledgers/entries.html"
    return render(request, template, {"table": table, "bar": bar})


def chosen_entries(
    request: Request, rows: QuerySet[JournalEntry], bar: FilterBar
) -> QuerySet[JournalEntry]:
    """What the filters leave; numbers of other pages open here."""
    if kinds := request.GET.getlist("type"):
        rows = rows.filter(kind__in=kinds)
    columns = {"fund": "line__fund_id", "line": "line_id", "year": "line__fiscal_year"}
    for name, column in columns.items():
        if values := [value for value in request.GET.getlist(name) if value.isdecimal()]:
            rows = rows.filter(**{f"{column}__in": [int(value[:9]) for value in values]})
    if month := month_in(request.GET.get("month", "")):
        rows = rows.filter(booked_on__year=month.year, booked_on__month=month.month)
    if text := typed(bar.text):
        rows = rows.filter(
            Q(memo__icontains=text)
            | Q(subject_label__icontains=text)
            | Q(payment__key__icontains=text)
        )
    return entries_for_list(rows)


def month_in(text: str) -> datetime.date | None:
    """``2026-03`` as its first day."""
    try:
        return datetime.date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None


def entry_table(request: Request, rows: QuerySet[JournalEntry]) -> Table:
    return Table(
        request=request, name="journal", rows=rows, caption="记账凭证", order="-booked_on",
        columns=[
            Column("memo", "摘要", main=True),
            Column("number", "凭证号"),
            Column("booked_on", "记账日", sort="booked_on"),
            Column("get_kind_display", "类型", template="ledgers/_cell_state.html", sort="kind"),
            Column("amount", "金额", unit="元", numeric=True, sort="amount"),
            Column("line", "预算项目", lambda row: str(row.line)),
            Column("fund", "资金", "line__fund__name", optional=True),
            Column("subject_label", "事项", optional=True),
            Column("clerk", "记账人", "clerk__name", optional=True),
        ],
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有符合条件的凭证", "why": "去掉一些筛选条件。"},
    )  # fmt: skip


def visible_entry(request: Request, entry_id: int) -> JournalEntry:
    rows = entries_for_list(entries_visible_to(request.actor))
    return get_object_or_404(rows, pk=entry_id)


@require_safe
def entry_detail(request: Request, entry_id: int) -> HttpResponse:
    """One entry with its postings and what reversed it (凭证)."""
    entry = visible_entry(request, entry_id)
    opposite = JournalEntry.objects.filter(reverses=entry).first()
    reversible = entry.kind in REVERSIBLE and opposite is None
    context = {
        "entry": entry,
        "postings": entry.postings.select_related("account__line"),
        "opposite": opposite,
        "reverses": reversible and keeps(request.actor, entry.office),
    }
    return render(request, "ledgers/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_reverse(request: Request, entry_id: int) -> HttpResponse:
    """Book the opposite (红字冲销)."""
    entry = visible_entry(request, entry_id)
    require_keeper(request.actor, entry.office)
    lead = f"{entry.number} {entry.get_kind_display()} {entry.amount:,.2f} 元，另记相反的凭证"
    return answer_form(
        request,
        form=DatedReasonForm(request.POST or None, label="冲销的原因"),
        page=words("红字冲销", "冲销", back=entry, lead=lead, of=JOURNAL),
        send=lambda said: reverse(entry_id=entry.pk, actor=request.actor, **said),
        done="已冲销。",
    )


@require_safe
def month_list(request: Request) -> HttpResponse:
    """Every month of the books, with what it booked and who closed it (结账)."""
    require_reader(request.actor)
    offices = list(offices_visible_to(request.actor).select_related("organisation", "division"))
    wanted = request.GET.get("office", "")
    office = next(
        (row for row in offices if str(row.pk) == wanted), offices[0] if offices else None
    )
    context = {
        "office": office,
        "offices": offices,
        "months": months_of(office, today=timezone.localdate()) if office else [],
        "keeps": office is not None and keeps(request.actor, office),
        "user_id": request.actor.user_id,
        "any_closed": months_visible_to(request.actor).exists(),
    }
    return render(request, "ledgers/months.html", context)


@require_POST
def month_step(request: Request, office_id: int, month: str, name: str) -> HttpResponse:
    """Close or reopen (结账、反结账)."""
    office: LedgerOffice = get_object_or_404(offices_visible_to(request.actor), pk=office_id)
    require_keeper(request.actor, office)
    day = month_in(month)
    if day is None:
        raise Http404("没有这个月份。")
    given: dict[str, Any] = {"office_id": office.pk, "month": day, "actor": request.actor}
    if name == "close":
        return done_or_said(
            request, lambda: close_month(**given, now=timezone.localtime()),
            done="已结账，本月不能再记账。", then="ledgers:month_list",
        )  # fmt: skip
    return done_or_said(
        request, lambda: reopen_month(**given, reason=reason_of(request)),
        done="已重新打开，原因已记录。", then="ledgers:month_list",
    )  # fmt: skip
