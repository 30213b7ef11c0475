"""What the money of claims shows in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import format_yuan
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.models import ClaimAppeal, Recalculation, RecoveryCase
from silian.governance.incentives.permissions.claim_money import may_read_money
from silian.governance.incentives.permissions.claims import is_clerk, may_claim
from silian.governance.incentives.queries.claim_waiting import (
    appeals_to_answer,
    differences_to_handle,
    payments_to_order,
    recoveries_to_decide,
    recoveries_to_pay,
    recoveries_to_reply,
)
from silian.governance.incentives.queries.recoveries import overdue_amount

SECTION = "奖补申领"
SHOWN = 10


def difference_todo(row: Recalculation) -> sockets.Todo:
    return sockets.Todo(
        title=f"处理核算差额：{row.claim.organisation.display_name}",
        detail=f"{row.claim.number}，差额 {format_yuan(row.difference)} 元",
        url=row.get_absolute_url(),
        action="处理",
    )


def decision_todo(case: RecoveryCase) -> sockets.Todo:
    return sockets.Todo(
        title=f"决定是否追回：{case.claim.organisation.display_name}",
        detail=f"{case.number}，告知 {format_yuan(case.amount)} 元",
        url=case.get_absolute_url(),
        action="决定",
    )


def appeal_todo(row: ClaimAppeal) -> sockets.Todo:
    return sockets.Todo(
        title=f"答复复核申请：{row.claim.organisation.display_name}",
        detail=row.text[:40],
        url=reverse("incentives:appeal_answer", args=[row.pk]),
        action="答复",
        due_at=end_of(row.due_on),
    )


def reply_todo(case: RecoveryCase) -> sockets.Todo:
    return sockets.Todo(
        title=f"拟追回补贴 {format_yuan(case.amount)} 元，请陈述申辩",
        detail=f"{case.number}，{case.cause[:40]}",
        url=case.get_absolute_url(),
        action="陈述",
        due_at=end_of(case.reply_until),
        basis=case.reply_basis,
    )


def late_todo(case: RecoveryCase, *, on: datetime.date) -> sockets.Todo:
    return sockets.Todo(
        title=f"退回补贴逾期 {format_yuan(overdue_amount(case, on=on))} 元",
        detail=case.number,
        url=case.get_absolute_url(),
        action="查看",
    )


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Differences, decisions and appeals for the department; replies and debts for the unit."""
    on = timezone.localdate(now)
    found: list[sockets.Todo] = []
    if is_clerk(actor):
        if ready := payments_to_order(actor).count():
            found.append(
                sockets.Todo(
                    title=f"{ready} 笔补贴可以安排支付", detail="条件已全部满足",
                    url=f"{reverse('incentives:payment_list')}?standing=ready", action="安排",
                )
            )  # fmt: skip
        found += [difference_todo(row) for row in differences_to_handle(actor)[:SHOWN]]
        found += [decision_todo(case) for case in recoveries_to_decide(actor, on=on)[:SHOWN]]
        found += [appeal_todo(row) for row in appeals_to_answer(actor)[:SHOWN]]
    if may_claim(actor):
        found += [reply_todo(case) for case in recoveries_to_reply(actor, on=on)[:SHOWN]]
        found += [late_todo(case, on=on) for case in recoveries_to_pay(actor, on=on)[:SHOWN]]
    return found


sockets.todos.plug(todos, order=63)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="补贴拨付",
        url_name="incentives:payment_list",
        icon="send-check",
        visible=may_read_money,
        count=lambda actor: payments_to_order(actor) if is_clerk(actor) else 0,
    ),
    order=285,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="补贴追回",
        url_name="incentives:recovery_list",
        icon="arrow-return-left",
        visible=may_read_money,
    ),
    order=286,
)
