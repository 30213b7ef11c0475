"""Tell units and offices how lists, their money, recoveries and objections move."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed, ReceivableSettled
from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.choices.rewards import EntryState, ObjectionEffect, RewardState
from silian.governance.incentives.commands.reward_recoveries import follow_reward_receivable
from silian.governance.incentives.events.rewards import (
    RewardMoneyMoved,
    RewardMoved,
    RewardObjectionMoved,
    RewardRecoveryMoved,
)
from silian.governance.incentives.handlers.claim_money import tell
from silian.governance.incentives.models import (
    RewardCandidate,
    RewardDecision,
    RewardEntry,
    RewardObjection,
    RewardRecovery,
)
from silian.governance.incentives.permissions.rewards import (
    ANSWERING_ROLES,
    DECIDING_ROLES,
    PROPOSING_ROLES,
)
from silian.governance.incentives.queries.reward_sums import REWARD
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import official_ids

UNIT: list[str] = [str(role) for role in sorted(ANSWERING_ROLES)]
OFFICE: list[str] = [str(role) for role in sorted(PROPOSING_ROLES)]
STEPS = {
    RewardState.PROPOSED: ("拟列入激励名单，待审定", "审定后公示，公示期满再公布。"),
    RewardState.NOTICE: ("激励名单已审定，正在公示", "公示期内可以提出异议。"),
    RewardState.DRAFT: ("激励名单退回重拟", "重拟后另行审定和公示。"),
    RewardState.CANCELLED: ("激励事项已取消", ""),
}
RECOVERIES = {
    RecoveryState.NOTICED: "拟收回奖励，请陈述申辩",
    RecoveryState.DECIDED: "已决定收回奖励",
    RecoveryState.DROPPED: "不予收回奖励",
    RecoveryState.SETTLED: "奖励收回已结清",
}


@subscribe(RewardMoved)
def tell_listed(event: RewardMoved) -> None:
    """Each unit on a list hears that it is proposed, noticed, sent back or given up."""
    decision = RewardDecision.objects.get(pk=event.decision_id)
    state = RewardState(decision.state)
    if state not in STEPS or decision.submitted_at is None:
        return
    title, detail = STEPS[state]
    round_of = int(decision.submitted_at.timestamp())
    for row in decision.listed.filter(chosen=True):
        tell(
            row.organisation_id,
            roles=UNIT,
            title=f"{title}：{decision.title}"[:120],
            detail=detail or decision.cancel_reason,
            url=my_url(decision),
            key=f"reward-listed-{row.organisation_id}-{decision.pk}-{state}-{round_of}",
        )


def my_url(decision: RewardDecision) -> str:
    """The public page while the list is on notice, else the unit's own page."""
    if decision.state == RewardState.NOTICE:
        return reverse("incentives:public_reward", args=[decision.pk])
    return reverse("incentives:my_rewards")


@subscribe(RewardMoved)
def ask_for_account(event: RewardMoved) -> None:
    """Each unit that is given money hears that its account is wanted."""
    rows = RewardEntry.objects.filter(
        decision_id=event.decision_id, state=EntryState.VALID, amount__gt=0,
        decision__line__isnull=False, candidate__account__isnull=True,
    )  # fmt: skip
    for row in rows.select_related("decision"):
        words = f"{row.decision.title}，{format_yuan(row.amount or Decimal(0))} 元"
        tell(
            row.organisation_id, roles=UNIT, title="请填写奖励收款账户", detail=words,
            url=row.get_absolute_url(), key=f"reward-account-{row.candidate_id}",
        )  # fmt: skip


@subscribe(RewardMoneyMoved)
def tell_account_named(event: RewardMoneyMoved) -> None:
    """The deciding office hears that a unit can be paid."""
    rows = RewardCandidate.objects.filter(pk=event.candidate_id, account__isnull=False)
    for row in rows.select_related("decision"):
        tell(
            row.decision.office_id, roles=OFFICE, title=f"可以安排奖励支付：{row.subject_name}",
            detail=row.decision.title, url=row.decision.get_absolute_url(),
            key=f"reward-payable-{row.pk}",
        )  # fmt: skip


@subscribe(PaymentConfirmed)
def tell_paid(event: PaymentConfirmed) -> None:
    """The unit hears that the bank has paid."""
    if event.subject_type != REWARD:
        return
    entry = newest_entry(event.subject_id)
    tell(
        entry.organisation_id, roles=UNIT, title="奖励已到账",
        detail=f"{entry.decision.title}，{format_yuan(event.amount)} 元",
        url=entry.get_absolute_url(), key=f"reward-paid-{event.payment_id}",
    )  # fmt: skip


@subscribe(PaymentFailed)
def tell_failed(event: PaymentFailed) -> None:
    """Unit and office hear why the bank did not pay."""
    if event.subject_type != REWARD:
        return
    entry = newest_entry(event.subject_id)
    detail = f"{entry.candidate.subject_name}，{format_yuan(event.amount)} 元：{event.reason}"
    hearers = ((entry.organisation_id, UNIT), (entry.decision.office_id, OFFICE))
    for organisation_id, roles in hearers:
        tell(
            organisation_id, roles=roles, title="奖励支付失败", detail=detail,
            url=entry.get_absolute_url(),
            key=f"reward-failed-{event.payment_id}-{organisation_id}",
        )  # fmt: skip


def newest_entry(candidate_id: str) -> RewardEntry:
    """The entry that stands for a unit on a decision, else the last that stood."""
    rows = RewardEntry.objects.filter(candidate_id=int(candidate_id))
    return rows.select_related("decision", "candidate").order_by("-pk")[0]


@subscribe(ReceivableSettled)
def reward_receivable_settled(event: ReceivableSettled) -> None:
    follow_reward_receivable(receivable_id=event.receivable_id)


@subscribe(RewardRecoveryMoved)
def tell_of_reward_recovery(event: RewardRecoveryMoved) -> None:
    """The unit hears every step; the office that the unit replied."""
    row = RewardRecovery.objects.select_related("entry__decision", "entry__candidate").get(
        pk=event.recovery_id
    )
    entry, state = row.entry, RecoveryState(row.state)
    unit = state in RECOVERIES
    tell(
        entry.organisation_id if unit else entry.decision.office_id,
        roles=UNIT if unit else OFFICE,
        title=RECOVERIES.get(state, f"{entry.candidate.subject_name}已陈述申辩，待决定"),
        detail=f"{entry.decision.title}，{format_yuan(row.amount)} 元",
        url=row.get_absolute_url(),
        key=f"reward-recovery-{row.pk}-{state}",
    )


@subscribe(RewardObjectionMoved)
def tell_of_objection(event: RewardObjectionMoved) -> None:
    """Officials who took no part hear of an objection; the unit that it is off the list."""
    row = RewardObjection.objects.select_related("decision", "candidate").get(pk=event.objection_id)
    if row.state == ObjectionState.OPEN and row.taken_by_id is None:
        tell_officials(row)
    if row.effect == ObjectionEffect.TAKE_OUT and row.candidate is not None:
        tell(
            row.candidate.organisation_id, roles=UNIT, title="公示异议成立，移出激励名单",
            detail=f"{row.decision.title}：{row.answer}"[:300], url=my_url(row.decision),
            key=f"reward-taken-out-{row.pk}",
        )  # fmt: skip


def tell_officials(row: RewardObjection) -> None:
    roles = sorted(PROPOSING_ROLES | DECIDING_ROLES)
    division, today = row.decision.division_id, timezone.localdate()
    people = set(official_ids(division=division, roles=roles, on=today))
    people -= {row.decision.proposed_by_id, row.decision.decided_by_id}
    due = f"，{row.due_on:%Y-%m-%d} 前答复" if row.due_on else ""
    notify(
        user_ids=[each for each in people if each],
        kind=NotificationKind.TASK,
        title=f"激励名单有异议：{row.about}"[:120],
        detail=f"{row.decision.title}{due}",
        url=row.get_absolute_url(),
        key=f"reward-objection-{row.pk}",
    )
