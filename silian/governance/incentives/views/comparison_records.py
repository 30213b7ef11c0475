"""Pages of the register of other authorities' lists, and of papers that repeat."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit import record
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.comparison_records import MONTHLY, ComparisonKind
from silian.governance.incentives.commands.comparison_records import withdraw_list
from silian.governance.incentives.forms.comparison_records import WithdrawListForm
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.permissions.claims import is_clerk
from silian.governance.incentives.permissions.comparison_records import (
    comparison_lists_visible_to,
    comparison_records_visible_to,
    imports_comparisons,
    require_comparison_reader,
    require_importing,
)
from silian.governance.incentives.permissions.outside_payments import risks_visible_to

PARTS = "incentives/comparison_records/"
REGISTER = ("外部比对数据", "incentives:comparison_lists")
ONE_DAY = datetime.timedelta(days=1)


@require_safe
def comparison_lists(request: Request) -> HttpResponseBase:
    """Which lists other authorities gave, newest first (外部比对数据)."""
    require_comparison_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="出具机关、文件或系统",
        facets=[
            facet(request=request, name="kind", label="类别", choices=ComparisonKind.choices),
            facet(
                request=request, name="state", label="状态", single=True,
                choices=[("standing", "参与比对"), ("ended", "已撤销或到期")],
            ),
        ],
    )  # fmt: skip
    table = list_table(request, chosen(request, bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "imports": imports_comparisons(request.actor)}
    return render(request, f"{PARTS}{'_list' if request.htmx else 'list'}.html", context)


def chosen(request: Request, text: str) -> QuerySet[ComparisonList]:
    """The lists that the bar asks for."""
    rows = comparison_lists_visible_to(request.actor).select_related("division", "office")
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if request.GET.get("state") in ("standing", "ended"):
        rows = rows.filter(deleted_on__isnull=request.GET["state"] == "standing")
    text = text.replace("\x00", "")[:60]
    named = rows.filter(authority__icontains=text) | rows.filter(document__icontains=text)
    return named if text else rows


def list_table(request: Request, rows: QuerySet[ComparisonList]) -> Table:
    return Table(
        request=request,
        name="comparison_lists",
        rows=rows,
        caption="外部比对名单",
        columns=[
            Column("kind", "类别", lambda row: row.get_kind_display(), main=True, sort="kind"),
            Column("authority", "出具机关", sort="authority"),
            Column("document", "文件或系统", optional=True),
            Column("as_of", "数据截至", sort="as_of"),
            Column("months", "覆盖月份", months_in),
            Column("completeness", "完整性", lambda row: row.get_completeness_display()),
            Column("added", "条数", numeric=True, unit="条", sort="added"),
            Column("kept_until", "保存至", sort="kept_until"),
            Column("state", "状态", template=f"{PARTS}_cell_state.html", export=state_words),
        ],
        order="-as_of",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有比对名单", "why": "人社部门导入名单后，申领会自动比对。"},
    )  # fmt: skip


def months_in(row: ComparisonList) -> str:
    """The months that a list covers, both named."""
    if not row.covers_from or not row.covers_until:
        return "不按月"
    return f"{row.covers_from:%Y-%m} 至 {row.covers_until - ONE_DAY:%Y-%m}"


def state_words(row: ComparisonList) -> str:
    if row.withdrawn_at:
        return f"已撤销：{row.reason}"
    return "明细已到期删除" if row.deleted_on else "参与比对"


def visible(request: Request, list_id: int) -> ComparisonList:
    rows = comparison_lists_visible_to(request.actor).select_related(
        "division", "office", "made_by", "withdrawn_by"
    )
    return get_object_or_404(rows, pk=list_id)


@require_safe
def comparison_list(request: Request, list_id: int) -> HttpResponseBase:
    """One list with where it comes from; what it says of people for labour alone (名单)."""
    row = visible(request, list_id)
    records = comparison_records_visible_to(request.actor).filter(list=row)
    imports = imports_comparisons(request.actor)
    table = record_table(request, records, row) if imports and row.is_standing else None
    if table is not None and table.export_wanted:
        record(request.actor, "incentives.comparison_list.exported", row)
        return table.export_response()
    if table is not None and request.htmx:
        return render(request, f"{PARTS}_records.html", {"table": table})
    context = {
        "row": row, "table": table, "imports": imports, "months": months_in(row),
        "entries": [entry_of(act) for act in history_of(row)],
    }  # fmt: skip
    return render(request, f"{PARTS}detail.html", context)


def record_table(request: Request, rows: QuerySet[ComparisonRecord], row: ComparisonList) -> Table:
    """The lines of a list in the columns of its kind; numbers masked."""
    person = [
        Column("line", "行", numeric=True, sort="line"),
        Column("name", "姓名", main=True, sort="name"),
        Column("id_number_mask", "证件号"),
    ]
    return Table(
        request=request,
        name="comparison_records",
        rows=rows,
        caption="名单明细",
        columns=[*person, *columns_of(row)],
        order="line",
        empty={"missing": "没有明细", "why": "名单里没有写入的人员。"},
    )


def columns_of(row: ComparisonList) -> list[Column]:
    unit = Column("employer_name", "单位")
    if row.kind in MONTHLY:
        month = Column("month", "月份", lambda each: f"{each.month:%Y-%m}", sort="month")
        return [unit, Column("employer_code", "统一社会信用代码", optional=True), month]
    if row.kind == ComparisonKind.DEATH:
        return [Column("starts_on", "死亡日期", sort="starts_on")]
    period = [
        Column("starts_on", "起", sort="starts_on"),
        Column("last_day", "止", lambda each: each.ends_on - ONE_DAY if each.ends_on else "未止"),
    ]
    return [unit, *period] if row.kind == ComparisonKind.PUBLIC else period


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_withdraw(request: Request, list_id: int) -> HttpResponse:
    """Withdraw a wrong list (撤销)."""
    require_importing(request.actor)
    row = visible(request, list_id)
    return answer_form(
        request,
        form=WithdrawListForm(request.POST or None),
        page=page_words("撤销比对名单", "撤销", back=row, register=REGISTER, lead=str(row)),
        send=lambda said: withdraw_list(
            list_id=row.pk, actor=request.actor, now=timezone.now(), today=timezone.localdate(),
            **said,
        ),
        done="已撤销，人员明细已删除，不再参与比对。",
    )  # fmt: skip


@require_safe
def risk_papers(request: Request, risk_id: int) -> HttpResponseBase:
    """The papers of a signal side by side, those alone that the reader may open (对照材料)."""
    rows = risks_visible_to(request.actor).select_related("claim__organisation")
    risk = get_object_or_404(rows, pk=risk_id)
    files = [file_readable_by(request.actor, file_id=each) for each in risk.papers]
    context = {
        "risk": risk, "claim": risk.claim, "files": [file for file in files if file],
        "hidden": sum(file is None for file in files), "settles": is_clerk(request.actor),
    }  # fmt: skip
    return render(request, f"{PARTS}papers.html", context)
