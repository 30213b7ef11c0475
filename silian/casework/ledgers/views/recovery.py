"""Receivables: what has to come back, the plan, receipts and set-offs."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.ledgers.choices import BY_HAND, ReceivableState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.receivables import (
    Debtor,
    open_receivable,
    plan_instalments,
    receive,
    set_off,
)
from silian.casework.ledgers.forms import PlanForm, ReceiptForm, ReceivableForm, SetOffForm
from silian.casework.ledgers.models.payments import Commitment
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.permissions import (
    commitments_visible_to,
    keeps,
    lines_visible_to,
    may_spend,
    receivables_visible_to,
    require_keeper,
    require_reader,
    require_spender,
)
from silian.casework.ledgers.queries.balances import debt_of, planned_parts
from silian.casework.ledgers.rules import equal_parts
from silian.casework.ledgers.views.pages import RECEIVABLES, typed, words
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table

ORGANISATION = "organisations.organisation"


@require_safe
def receivable_list(request: Request) -> HttpResponseBase:
    """Everything that has to come back (应收款)."""
    require_reader(request.actor)
    states = facet(request=request, name="state", label="状态", choices=ReceivableState.choices)
    bar = FilterBar(request=request, placeholder="欠款方、事项", facets=[states])
    rows = receivables_visible_to(request.actor)
    if wanted := request.GET.getlist("state"):
        rows = rows.filter(state__in=wanted)
    if text := typed(bar.text):
        rows = rows.filter(debtor_name__icontains=text) | rows.filter(subject_label__icontains=text)
    table = receivable_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    template = "ledgers/_receivables.html" if request.htmx else "ledgers/receivables.html"
    return render(request, template, {"table": table, "bar": bar})


def receivable_table(request: Request, rows: QuerySet[Receivable]) -> Table:
    return Table(
        request=request, name="receivables", caption="应收款", order="-opened_on",
        rows=rows.select_related("line__fund").annotate(left=F("amount") - F("settled")),
        columns=[
            Column("debtor_name", "欠款方", main=True),
            Column("subject_label", "事项"),
            Column("amount", "应收", unit="元", numeric=True, sort="amount", total=True),
            Column("settled", "已收回", unit="元", numeric=True, sort="settled", total=True),
            Column("left", "未收回", unit="元", numeric=True, sort="left"),
            Column("opened_on", "确认日", sort="opened_on", optional=True),
            Column("due_on", "应还日", sort="due_on"),
            Column("basis", "依据", optional=True),
            Column("get_state_display", "状态", template="ledgers/_cell_state.html", sort="state"),
        ],
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有应收款", "why": "多付、不符合条件的补贴确认收回后列在这里。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def receivable_new(request: Request, line_id: int) -> HttpResponse:
    """Book that money has to come back (确认应收款)."""
    line = get_object_or_404(lines_visible_to(request.actor), pk=line_id)
    require_spender(request.actor, line.fund)
    return answer_form(
        request,
        form=ReceivableForm(request.POST or None),
        page=words("确认应收款", "确认", back=line, lead=str(line)),
        send=lambda said: open_receivable(
            line_id=line.pk, amount=said["amount"], reason=said["reason"], basis=said["basis"],
            due_on=said["due_on"], key=said["key"], on=timezone.localdate(), actor=request.actor,
            debtor=Debtor(type=ORGANISATION, id=str(said["debtor"].pk), name=said["debtor"].name),
            subject=Subject(type=BY_HAND, id=said["key"][:40], label=said["label"]),
        ),
        done="已确认，可以安排分期。",
    )  # fmt: skip


def visible_receivable(request: Request, receivable_id: int) -> Receivable:
    rows = receivables_visible_to(request.actor).select_related("line__fund__office")
    return get_object_or_404(rows, pk=receivable_id)


@require_safe
def receivable_detail(request: Request, receivable_id: int) -> HttpResponse:
    """One receivable: what is left, the plan, what came (应收款)."""
    row = visible_receivable(request, receivable_id)
    context = {
        "row": row,
        "parts": planned_parts(row, on=timezone.localdate()),
        "receipts": row.receipts.select_related("entry", "payment"),
        "debt": debt_of(debtor_type=row.debtor_type, debtor_id=row.debtor_id),
        "is_open": row.state == ReceivableState.OPEN,
        "keeps": keeps(request.actor, row.line.fund.office),
        "spends": may_spend(request.actor, row.line.fund),
        "history": [entry_of(act) for act in history_of(row)],
    }
    return render(request, "ledgers/receivable.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receivable_plan(request: Request, receivable_id: int) -> HttpResponse:
    """Agree on instalments (安排分期)."""
    row = visible_receivable(request, receivable_id)
    require_spender(request.actor, row.line.fund)
    return answer_form(
        request,
        form=PlanForm(request.POST or None, initial={"count": 6}),
        page=words("安排分期", "安排", back=row, of=RECEIVABLES,
                   lead=f"应收 {row.amount:,.2f} 元，按月平均分期，分到分为止"),
        send=lambda said: plan_instalments(
            receivable_id=row.pk, reason=said["reason"], actor=request.actor,
            parts=equal_parts(total=row.amount, count=said["count"], first_on=said["first_on"]),
        ),
        done="已安排分期。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def receivable_receive(request: Request, receivable_id: int) -> HttpResponse:
    """Book what came back (登记收回)."""
    row = visible_receivable(request, receivable_id)
    require_keeper(request.actor, row.line.fund.office)
    return answer_form(
        request,
        form=ReceiptForm(request.POST or None),
        page=words("登记收回", "登记", back=row, of=RECEIVABLES,
                   lead=f"未收回 {row.outstanding:,.2f} 元"),
        send=lambda said: receive(receivable_id=row.pk, actor=request.actor, **said),
        done="已登记收回。",
        then=row,
    )  # fmt: skip


def open_commitments(request: Request, row: Receivable) -> QuerySet[Commitment]:
    """What the same office has promised and not yet ordered."""
    rows = commitments_visible_to(request.actor).filter(line__fund__office=row.line.fund.office)
    left = rows.filter(amount__gt=F("released") + F("ordered"))
    return left.select_related("line").order_by("-pk")


@require_http_methods(["GET", "HEAD", "POST"])
def receivable_set_off(request: Request, receivable_id: int) -> HttpResponse:
    """Settle by a new entitlement (抵扣)."""
    row = visible_receivable(request, receivable_id)
    require_keeper(request.actor, row.line.fund.office)
    form = SetOffForm(request.POST or None, commitments=open_commitments(request, row))
    lead = f"未收回 {row.outstanding:,.2f} 元；抵扣不足的部分继续挂账，结转到下次"

    def send(said: dict[str, Any]) -> Any:
        source = said.pop("commitment")
        return set_off(receivable_id=row.pk, commitment_id=source.pk, actor=request.actor, **said)

    page = words("抵扣应收", "抵扣", back=row, lead=lead, of=RECEIVABLES)
    return answer_form(request, form=form, page=page, send=send, done="已抵扣。", then=row)
