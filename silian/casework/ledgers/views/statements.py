"""Reconciliation in three steps: take the file, match, settle what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.choices import RowState, StatementState
from silian.casework.ledgers.commands.statements import (
    explain_row,
    finish_statement,
    import_statement,
    match_by_hand,
    match_rows,
    refund_by_hand,
    withdraw_statement,
)
from silian.casework.ledgers.forms import MatchForm, RefundForm, StatementForm
from silian.casework.ledgers.models.statements import BankRow, BankStatement
from silian.casework.ledgers.permissions import (
    keeps,
    offices_kept_by,
    require_keeper,
    require_reader,
    statements_visible_to,
)
from silian.casework.ledgers.queries.matching import Preview, preview_of
from silian.casework.ledgers.queries.waiting import (
    offered_payments,
    offered_receivables,
    open_rows,
)
from silian.casework.ledgers.views.pages import STATEMENTS, reason_of, words
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, done_or_said, form_page, given
from silian.foundation.ui.tables import Column, Table


@require_safe
def statement_list(request: Request) -> HttpResponseBase:
    """Every file of the bank, and how much of it is settled (银行对账)."""
    require_reader(request.actor)
    rows = statements_visible_to(request.actor).select_related("imported_by")
    table = Table(
        request=request, name="statements", caption="银行对账", order="-imported_at",
        rows=rows.annotate(
            count=Count("rows"),
            left=Count("rows", filter=Q(rows__state=RowState.OPEN)),
            total=Sum("rows__amount"),
        ),
        columns=[
            Column("name", "文件", main=True),
            Column("count", "流水", unit="笔", numeric=True),
            Column("total", "金额", unit="元", numeric=True),
            Column("left", "未匹配", unit="笔", numeric=True),
            Column("imported_by", "导入人", "imported_by__name", optional=True),
            Column("imported_at", "导入时间", sort="imported_at"),
            Column("get_state_display", "状态", template="ledgers/_cell_state.html", sort="state"),
        ],
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有导入对账单", "why": "导入银行文件后自动与已送银行的支付匹配。"},
    )  # fmt: skip
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "keeps": offices_kept_by(request.actor).exists()}
    template = "ledgers/_statements.html" if request.htmx else "ledgers/statements.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_new(request: Request) -> HttpResponse:
    """Take a file; what it would book is shown first (导入对账单)."""
    office = offices_kept_by(request.actor).first()
    if office is None:
        raise NotAllowed("银行对账由记账单位（财政）的人员办理。请联系本地区记账单位。")
    form = StatementForm(*given(request))
    made = done_or_refused(
        form,
        lambda: import_statement(
            office_id=office.pk, name=form.cleaned_data["file"].name,
            content=form.cleaned_data["content"], rows=form.cleaned_data["rows"],
            actor=request.actor, now=timezone.localtime(),
        ),
    )  # fmt: skip
    if made is None:
        lead = "第 1 步，共 3 步：导入文件，先看预览；确认后入账，剩下的逐笔核对"
        page = words("导入银行文件", "导入并预览", back=STATEMENTS[1], lead=lead, of=STATEMENTS)
        return form_page(request, form=form, page=page)
    messages.success(request, f"已导入 {made.rows.count()} 笔，还没有入账。请核对预览。")
    return redirect(made)


def visible_statement(request: Request, statement_id: int) -> BankStatement:
    rows = statements_visible_to(request.actor).select_related("office__organisation")
    return get_object_or_404(rows, pk=statement_id)


@require_safe
def statement_detail(request: Request, statement_id: int) -> HttpResponseBase:
    """The rows of a file with what became of them (核对)."""
    statement = visible_statement(request, statement_id)
    rows = statement.rows.select_related("payment", "receipt__receivable")
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    states = facet(
        request=request, name="state", label="结果", choices=RowState.choices, counts=counts
    )
    bar = FilterBar(request=request, facets=[states], search=False)
    if wanted := request.GET.getlist("state"):
        rows = rows.filter(state__in=wanted)
    keeper = keeps(request.actor, statement.office)
    is_open = statement.state == StatementState.OPEN
    preview = preview_of(statement) if is_open else None
    table = row_table(request, rows, keeper=keeper and is_open, preview=preview)
    if table.export_wanted:
        return table.export_response()
    context = {
        "statement": statement,
        "table": table,
        "bar": bar,
        "left": open_rows(statement).count(),
        "preview": preview,
        "untouched": set(counts) <= {RowState.OPEN},
        "total": sum(counts.values()),
        "keeps": keeper,
    }
    template = "ledgers/_rows.html" if request.htmx else "ledgers/statement.html"
    return render(request, template, context)


def row_table(request: Request, rows: Any, *, keeper: bool, preview: Preview | None) -> Table:
    state = "ledgers/_cell_settled.html" if keeper else "ledgers/_cell_state.html"
    foreseen = preview.words if preview else {}
    return Table(
        request=request, name="bank_rows", rows=rows, caption="对账流水", order="number",
        columns=[
            Column("payee_name", "户名", main=True),
            Column("number", "行", sort="number"),
            Column("paid_on", "交易日", sort="paid_on"),
            Column("amount", "金额", unit="元", numeric=True, sort="amount"),
            Column("is_incoming", "收支", lambda row: "收" if row.is_incoming else "付"),
            Column("payment", "我方支付或应收", lambda row: money_words(row, foreseen)),
            Column("failure", "失败原因", optional=True),
            Column("memo", "附言", optional=True),
            Column("reference", "流水号", optional=True),
            Column("note", "说明"),
            Column("get_state_display", "结果", template=state),
        ],
    )  # fmt: skip


def money_words(row: BankRow, foreseen: Mapping[int, str]) -> str:
    """What the row was, or what it will be when the statement is booked."""
    if row.payment:
        return str(row.payment)
    if row.receipt:
        return str(row.receipt.receivable)
    return foreseen.get(row.pk, "没有对应" if row.state == RowState.OPEN else "")


@require_http_methods(["GET", "HEAD", "POST"])
def row_settle(request: Request, statement_id: int, row_id: int) -> HttpResponse:
    """Tie a row to a payment by hand, or explain it (人工匹配、说明)."""
    statement = visible_statement(request, statement_id)
    require_keeper(request.actor, statement.office)
    row = get_object_or_404(BankRow, pk=row_id, statement=statement, state=RowState.OPEN)
    form: Any = (
        RefundForm(request.POST or None, offered=offered_receivables(row))
        if row.is_incoming
        else MatchForm(request.POST or None, offered=offered_payments(row))
    )
    settled = done_or_refused(form, lambda: settle(request, row, form.cleaned_data))
    if settled is not None:
        messages.success(request, f"第 {row.number} 行已核对。")
        return redirect(statement)
    lead = f"第 {row.number} 行：{row.paid_on} {row.payee_name} {row.amount:,.2f} 元"
    page = words("核对流水", "保存", back=statement, lead=lead, of=STATEMENTS)
    return form_page(request, form=form, page=page)


def settle(request: Request, row: BankRow, said: dict[str, Any]) -> BankRow:
    given: dict[str, Any] = {"row_id": row.pk, "reason": said["reason"], "actor": request.actor}
    if debt := said.get("receivable"):
        return refund_by_hand(receivable_id=debt.pk, **given)
    if payment := said.get("payment"):
        return match_by_hand(payment_id=payment.pk, **given)
    return explain_row(**given)


@require_POST
def statement_step(request: Request, statement_id: int, name: str) -> HttpResponse:
    """Book what the preview shows, finish, or give up (按预览入账、完成核对、撤回)."""
    statement = visible_statement(request, statement_id)
    given_: dict[str, Any] = {"statement_id": statement.pk, "actor": request.actor}
    reason = reason_of(request)
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "match": (lambda: match_rows(**given_), "已入账；没有对应的请逐笔核对。"),
        "finish": (lambda: finish_statement(**given_), "对账完成。"),
        "withdraw": (lambda: withdraw_statement(**given_, reason=reason), "已撤回，没有入账。"),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=statement)
