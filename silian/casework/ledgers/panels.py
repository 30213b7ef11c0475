"""What ledgers show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.casework.ledgers.permissions import (
    is_clerk,
    may_see_ledgers,
    offices_kept_by,
    receivables_visible_to,
)
from silian.casework.ledgers.queries.waiting import (
    batches_waiting_for,
    late_receivables,
    ready_payments,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets

SECTION = "资金"
SHOWN_TODOS = 5


def waiting(actor: Actor) -> int:
    return batches_waiting_for(actor).count() if is_clerk(actor) else 0


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Batches to approve, payments to batch, debts past their day: for those who keep the books."""
    office = offices_kept_by(actor).first() if is_clerk(actor) else None
    if office is None:
        return []
    found = [
        sockets.Todo(
            title=f"批准付款批次：{batch.title}", detail=f"编制于 {batch.drafted_at:%Y-%m-%d}",
            url=batch.get_absolute_url(), action="批准",
        )
        for batch in batches_waiting_for(actor)[:SHOWN_TODOS]
    ]  # fmt: skip
    if ready := ready_payments(office).count():
        found.append(
            sockets.Todo(
                title=f"{ready} 笔支付等待组批", detail=office.organisation.name,
                url=reverse("ledgers:batch_new"), action="编制",
            )
        )  # fmt: skip
    late = late_receivables(receivables_visible_to(actor), on=now.date())
    found += [
        sockets.Todo(
            title=f"应收款逾期：{row.debtor_name}", url=row.get_absolute_url(), action="查看",
            detail=f"未收回 {row.outstanding:,.2f} 元，应于 {row.due_on} 还清",
        )
        for row in late[:SHOWN_TODOS]
    ]  # fmt: skip
    return found


for place, (label, name, icon) in enumerate(
    (
        ("资金台账", "ledgers:fund_list", "wallet2"),
        ("付款批次", "ledgers:batch_list", "send-check"),
        ("应收款", "ledgers:receivable_list", "arrow-return-left"),
        ("银行对账", "ledgers:statement_list", "bank"),
        ("记账凭证", "ledgers:entry_list", "journal-text"),
        ("结账", "ledgers:month_list", "calendar-check"),
    )
):
    sockets.navigation.plug(
        sockets.NavigationItem(
            section=SECTION,
            label=label,
            url_name=name,
            icon=icon,
            visible=may_see_ledgers,
            count=waiting if name == "ledgers:batch_list" else None,
        ),
        order=300 + place,
    )
sockets.todos.plug(todos, order=45)
