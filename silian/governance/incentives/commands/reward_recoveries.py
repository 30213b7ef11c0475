"""Let paid money of a reward come back: notice, reply, decision by another person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from silian.casework.ledgers.choices import ReceivableState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.receivables import Debtor, open_receivable
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.choices.rewards import EntryState
from silian.governance.incentives.commands.recoveries import ORGANISATION
from silian.governance.incentives.commands.reward_entries import ended, locked_entry
from silian.governance.incentives.commands.reward_money import give_back, locked_money
from silian.governance.incentives.events.rewards import (
    RewardMoneyMoved,
    RewardMoved,
    RewardRecoveryMoved,
)
from silian.governance.incentives.models import RewardEntry, RewardRecovery
from silian.governance.incentives.models.reward_money import OPEN_STATES
from silian.governance.incentives.permissions.reward_money import (
    recoveries_visible_to,
    require_payee,
    require_payer,
)
from silian.governance.incentives.permissions.rewards import own_units, require_decider
from silian.governance.incentives.queries.reward_sums import (
    REWARD_RECOVERY,
    promises_of,
    sums_of_reward,
)
from silian.governance.incentives.workflow.recovery import recovery as life


@dataclass(frozen=True, kw_only=True)
class RecoveryNotice:
    """What a unit is told before paid money comes back (拟收回告知)."""

    cause: str
    basis: str
    reply_until: datetime.date
    reply_basis: str


@transaction.atomic
def notice_reward_recovery(
    *, entry_id: int, notice: RecoveryNotice, actor: Actor, now: datetime.datetime
) -> RewardRecovery:
    """Tell the unit that the reward is to be withdrawn and the money to come back (告知)."""
    entry = locked_entry(entry_id=entry_id, actor=actor)
    require_payer(actor, entry.decision)
    locked_money(entry.candidate_id)
    sums = sums_of_reward(entry.candidate_id)
    paid = sums.paid - sums.owed
    if entry.state != EntryState.VALID or paid <= 0:
        raise DomainError("这条奖励没有已付的金额，不用收回。要取消的，请办理撤回。")
    if entry.recoveries.filter(state__in=OPEN_STATES).exists():
        raise DomainError("这笔奖励正在办理收回，请在原件中办理。")
    if not (notice.cause.strip() and notice.basis.strip() and notice.reply_basis.strip()):
        raise DomainError(
            "请写明收回的事由、依据和陈述期限的依据。没有依据不能收回。", field="cause"
        )
    if notice.reply_until <= now.date():
        raise DomainError("陈述期限应晚于今天。", field="reply_until")
    row = RewardRecovery.objects.create(
        entry=entry,
        amount=paid,
        cause=notice.cause.strip()[:300],
        basis=notice.basis.strip()[:200],
        reply_until=notice.reply_until,
        reply_basis=notice.reply_basis.strip()[:200],
        noticed_by_id=actor.user_id,
        noticed_at=now,
    )
    return moved(row, verb="noticed", actor=actor, reason=row.cause)


def moved(row: RewardRecovery, *, verb: str, actor: Actor, reason: str = "") -> RewardRecovery:
    record(actor, f"incentives.reward_recovery.{verb}", row, reason=reason[:500])
    publish(RewardRecoveryMoved(recovery_id=row.pk))
    return row


def locked_recovery(recovery_id: int, *, actor: Actor) -> RewardRecovery:
    """A recovery that the actor sees; entry, money and recovery locked in this order."""
    seen = recoveries_visible_to(actor).values_list("entry_id", flat=True).get(pk=recovery_id)
    rows = RewardEntry.objects.select_related("decision__office", "candidate", "organisation")
    entry = rows.select_for_update(of=("self",)).get(pk=seen)
    locked_money(entry.candidate_id)
    row = RewardRecovery.objects.select_for_update(of=("self",)).get(pk=recovery_id)
    row.entry = entry
    return row


@transaction.atomic
def reply_to_reward_recovery(
    *, recovery_id: int, text: str, actor: Actor, now: datetime.datetime
) -> RewardRecovery:
    """The unit says what speaks against it, while the days last (陈述申辩)."""
    row = locked_recovery(recovery_id, actor=actor)
    require_payee(actor, row.entry)
    if not text.strip():
        raise DomainError("请写明陈述申辩的内容。", field="text")
    row.state = life.target(
        "reply", state=RecoveryState(row.state), reply_until=row.reply_until, today=now.date()
    )
    row.reply, row.replied_by_id, row.replied_at = text.strip(), actor.user_id, now
    row.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    return moved(row, verb="replied", actor=actor)


@transaction.atomic
def decide_reward_recovery(
    *,
    recovery_id: int,
    decision: str,
    pay_by: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> RewardRecovery:
    """Withdraw the reward and let its money come back, after the hearing, by another (决定收回).

    The decision is on record with its person; the books follow it, so the system books.
    """
    row = deciding(recovery_id, decision=decision, actor=actor)
    row.state = life.target(
        "decide",
        state=RecoveryState(row.state),
        reply_until=row.reply_until,
        replied=row.replied_at is not None,
        today=now.date(),
        noticed_by=row.noticed_by_id,
        actor_id=actor.user_id,
    )
    if pay_by <= now.date():
        raise DomainError("退回期限应在今天以后。", field="pay_by")
    release_rest(row, on=now.date())
    row.pay_by, row.receivable = pay_by, owe(row, pay_by=pay_by, on=now.date())
    row.decision, row.decided_by_id, row.decided_at = decision.strip()[:500], actor.user_id, now
    row.save()
    ended(row.entry, step="withdraw", reason=row.cause, today=now.date())
    publish(RewardMoved(decision_id=row.entry.decision_id))
    publish(RewardMoneyMoved(candidate_id=row.entry.candidate_id))
    return moved(row, verb="decided", actor=actor, reason=row.decision)


def deciding(recovery_id: int, *, decision: str, actor: Actor) -> RewardRecovery:
    row = locked_recovery(recovery_id, actor=actor)
    require_decider(actor, division=row.entry.decision.division_id)
    if row.entry.organisation_id in own_units(actor):
        raise DomainError("对方是您所在单位，按回避要求不能决定。请由其他人员决定。")
    if not decision.strip():
        raise DomainError("请写明决定的理由，回应对方的陈述。", field="decision")
    return row


def release_rest(row: RewardRecovery, *, on: datetime.date) -> None:
    """What was promised and not paid stays with the line; what is at the bank must be known."""
    sums = sums_of_reward(row.entry.candidate_id)
    if sums.in_flight or sums.paid - sums.owed != row.amount:
        known = format_yuan(sums.paid - sums.owed)
        raise DomainError(
            f"告知后付款有变化，现已付 {known} 元，途中 {format_yuan(sums.in_flight)} 元。"
            "请先不予收回，查明后重新告知。"
        )
    if sums.to_pay:
        give_back(row.entry, amount=sums.to_pay, reason=row.cause, on=on, actor=system_actor())


def owe(row: RewardRecovery, *, pay_by: datetime.date, on: datetime.date) -> Receivable:
    """Book what has to come back on the line that paid it (确认应收)."""
    unit, entry = row.entry.organisation, row.entry
    return open_receivable(
        line_id=promises_of(entry.candidate_id)[0].line_id,
        amount=row.amount,
        debtor=Debtor(type=ORGANISATION, id=str(unit.pk), name=unit.name),
        subject=Subject(
            type=REWARD_RECOVERY, id=str(row.pk), label=f"收回奖励：{entry.decision.title}"
        ),
        reason=row.cause,
        basis=row.basis,
        due_on=pay_by,
        key=f"reward-recovery-{row.pk}",
        on=on,
        actor=system_actor(),
    )


@transaction.atomic
def drop_reward_recovery(
    *, recovery_id: int, decision: str, actor: Actor, now: datetime.datetime
) -> RewardRecovery:
    """Let the reward stand, after the hearing, with a reason (不予收回)."""
    row = deciding(recovery_id, decision=decision, actor=actor)
    row.state = life.target(
        "drop",
        state=RecoveryState(row.state),
        noticed_by=row.noticed_by_id,
        actor_id=actor.user_id,
    )
    row.decision, row.decided_by_id, row.decided_at = decision.strip()[:500], actor.user_id, now
    row.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    return moved(row, verb="dropped", actor=actor, reason=row.decision)


@transaction.atomic
def follow_reward_receivable(*, receivable_id: int) -> RewardRecovery | None:
    """Close a recovery of which everything has come back; told twice it changes nothing."""
    rows = RewardRecovery.objects.filter(receivable_id=receivable_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None or row.state != RecoveryState.DECIDED:
        return row
    if Receivable.objects.get(pk=receivable_id).state != ReceivableState.SETTLED:
        return row
    row.state = life.target("settle", state=RecoveryState(row.state))
    row.save(update_fields=["state"])
    return moved(row, verb="settled", actor=system_actor())
