"""What the money of rewards and objections to lists put on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import format_yuan
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.models import (
    RewardDecision,
    RewardEntry,
    RewardObjection,
    RewardRecovery,
)
from silian.governance.incentives.permissions.reward_money import may_name_account
from silian.governance.incentives.queries.reward_waiting import (
    accounts_to_name,
    decisions_to_pay,
    objections_to_answer,
    recoveries_to_do,
)

SHOWN = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Objections and payments for offices, accounts for units, recoveries for both."""
    if actor.user_id is None:
        return []
    today = timezone.localdate(now)
    return [
        *(objection_todo(row, actor) for row in objections_to_answer(actor)[:SHOWN]),
        *(payment_todo(row) for row in decisions_to_pay(actor)[:SHOWN]),
        *(account_todo(row) for row in accounts_to_name(actor)[:SHOWN]),
        *(recovery_todo(row, actor) for row in recoveries_to_do(actor, on=today)[:SHOWN]),
    ]


def objection_todo(row: RewardObjection, actor: Actor) -> sockets.Todo:
    own = row.taken_by_id == actor.user_id
    return sockets.Todo(
        title=f"{'答复' if own else '承办'}名单异议：{row.about}",
        detail=row.decision.title,
        url=row.get_absolute_url(),
        action="答复" if own else "承办",
        due_at=end_of(row.due_on) if row.due_on else None,
    )


def payment_todo(row: RewardDecision) -> sockets.Todo:
    return sockets.Todo(
        title=f"安排奖励支付：{row.title}",
        detail="已有单位填写收款账户",
        url=row.get_absolute_url(),
        action="安排",
        basis=row.amount_basis,
    )


def account_todo(row: RewardEntry) -> sockets.Todo:
    return sockets.Todo(
        title=f"填写奖励收款账户：{row.decision.title}",
        detail=f"{format_yuan(row.amount)} 元" if row.amount else "",
        url=reverse("incentives:reward_account", args=[row.pk]),
        action="填写",
    )


def recovery_todo(row: RewardRecovery, actor: Actor) -> sockets.Todo:
    answers = may_name_account(actor, row.entry) and row.state == RecoveryState.NOTICED
    name = row.entry.organisation.display_name
    return sockets.Todo(
        title="拟收回奖励，请陈述申辩" if answers else f"决定是否收回奖励：{name}",
        detail=f"{row.entry.decision.title}，{format_yuan(row.amount)} 元",
        url=row.get_absolute_url(),
        action="陈述" if answers else "决定",
        due_at=end_of(row.reply_until) if answers else None,
        basis=row.basis,
    )


sockets.todos.plug(todos, order=67)
