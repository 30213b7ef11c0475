"""Recover money of a claim: notice, reply, decision by another person, way back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.receivables import Debtor, open_receivable, plan_monthly
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.choices.recovery import (
    RecalculationState,
    RecoveryState,
    RecoveryWay,
)
from silian.governance.incentives.commands.claim_closing import settle_if_done
from silian.governance.incentives.commands.claim_payments import (
    locked_claim,
    reopen,
    require_paying,
)
from silian.governance.incentives.commands.recalculations import close, refuse_unhandled
from silian.governance.incentives.events.claims import RecoveryMoved
from silian.governance.incentives.models import Claim, Recalculation, RecoveryCase
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    recoveries_visible_to,
    require_owner,
)
from silian.governance.incentives.queries.claim_sums import RECOVERY, commitments_of, sums_of
from silian.governance.incentives.workflow.recovery import recovery as life

ORGANISATION = "organisations.organisation"
LONGEST_REPLY = 60  # working days; a longer notice is a slip of the keyboard


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a unit is told before anything comes back (拟追回告知)."""

    amount: Decimal
    cause: str
    basis: str
    reply_days: int
    reply_basis: str


@transaction.atomic
def notice_recovery(
    *,
    claim_id: int,
    notice: Notice,
    actor: Actor,
    now: datetime.datetime,
    recalculation_id: int | None = None,
) -> RecoveryCase:
    """Tell the unit what is to come back, why, and until when it may reply (告知)."""
    claim = locked_claim(claims_visible_to(actor).values_list("pk", flat=True).get(pk=claim_id))
    require_paying(actor, claim)
    refuse_unhandled(claim)
    refuse_unnoticeable(claim, notice)
    today = timezone.localdate(now)
    found = recalculation_of(claim, recalculation_id, notice)
    case = RecoveryCase.objects.create(
        number=f"{claim.number}-T{claim.recoveries.count() + 1}",
        claim=claim,
        recalculation=found,
        amount=notice.amount,
        cause=notice.cause.strip()[:300],
        basis=notice.basis.strip()[:200],
        noticed_by_id=actor.user_id,
        noticed_at=now,
        noticed_on=today,
        reply_days=notice.reply_days,
        reply_basis=notice.reply_basis.strip()[:200],
        reply_until=site_calendar().add(today, days=notice.reply_days),
        is_demo=claim.is_demo,
    )
    if found:
        close(found, RecalculationState.RECOVERING, reason=case.number, actor=actor, now=now)
    reopen(claim)
    tell(case, "notice", actor=actor, act="noticed", detail={"amount": str(case.amount)})
    return case


def refuse_unnoticeable(claim: Claim, notice: Notice) -> None:
    if claim.state not in (ClaimState.APPROVED, ClaimState.SETTLED):
        raise DomainError("只有已批准的申领可以追回。")
    if not (notice.cause.strip() and notice.basis.strip()):
        raise DomainError("请写明追回的事由和依据条款。没有依据不能追回。", field="cause")
    if not 1 <= notice.reply_days <= LONGEST_REPLY or not notice.reply_basis.strip():
        raise DomainError("请填写陈述申辩期限和它的依据。", field="reply_days")
    sums = sums_of(claim)
    most = sums.paid - sums.owed
    if not 0 < notice.amount <= most:
        raise DomainError(
            f"已付而未追回的是 {format_yuan(most)} 元，告知金额应在 0.01 到这个数之间。",
            field="amount",
        )


def recalculation_of(
    claim: Claim, recalculation_id: int | None, notice: Notice
) -> Recalculation | None:
    """The difference that the notice is about; never more than it says."""
    if recalculation_id is None:
        return None
    row = claim.recalculations.select_for_update(of=("self",)).get(pk=recalculation_id)
    if row.state != RecalculationState.FOUND:
        raise DomainError(f"这次核算{row.get_state_display()}，不能再据此追回。")
    most = claim.entitled - row.entitled_after
    if notice.amount > most:
        raise DomainError(f"核算的差额是 {format_yuan(most)} 元，不能多追回。", field="amount")
    return row


def tell(
    case: RecoveryCase,
    step: str,
    *,
    actor: Actor,
    act: str,
    reason: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    record(actor, f"incentives.recovery.{act}", case, reason=reason, detail=detail)
    publish(RecoveryMoved(recovery_id=case.pk, step=step))


def locked_recovery(recovery_id: int, *, actor: Actor) -> RecoveryCase:
    rows = recoveries_visible_to(actor)
    claim = locked_claim(rows.values_list("claim_id", flat=True).get(pk=recovery_id))
    case = RecoveryCase.objects.select_for_update(of=("self",)).get(pk=recovery_id)
    case.claim = claim
    return case


@transaction.atomic
def reply_to_recovery(
    *, recovery_id: int, text: str, actor: Actor, now: datetime.datetime
) -> RecoveryCase:
    """The unit says what speaks against it, while the days last (陈述申辩)."""
    case = locked_recovery(recovery_id, actor=actor)
    require_owner(actor, case.claim)
    if not text.strip():
        raise DomainError("请写明陈述申辩的内容。", field="text")
    case.state = life.target(
        "reply",
        state=RecoveryState(case.state),
        reply_until=case.reply_until,
        today=timezone.localdate(now),
    )
    case.reply, case.replied_by_id, case.replied_at = text.strip(), actor.user_id, now
    case.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    tell(case, "reply", actor=actor, act="replied")
    return case


@transaction.atomic
def decide_recovery(
    *,
    recovery_id: int,
    amount: Decimal,
    decision: str,
    pay_by: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> RecoveryCase:
    """Decide what comes back, after the hearing and by another person (决定追回)."""
    case = locked_recovery(recovery_id, actor=actor)
    require_paying(actor, case.claim)
    today = timezone.localdate(now)
    target = life.target(
        "decide",
        state=RecoveryState(case.state),
        reply_until=case.reply_until,
        replied=case.replied_at is not None,
        today=today,
        noticed_by=case.noticed_by_id,
        actor_id=actor.user_id,
    )
    refuse_undecidable(case, amount=amount, decision=decision, pay_by=pay_by, today=today)
    case.state, case.decided_amount, case.decision = target, amount, decision.strip()[:500]
    case.decided_by_id, case.decided_on, case.pay_by = actor.user_id, today, pay_by
    days = case.claim.call.appeal_days
    case.appeal_until = site_calendar().next_working(today + datetime.timedelta(days=days))
    case.save()
    owe(case, amount=amount, part="0", on=today, actor=actor)
    case.claim.entitled -= amount
    case.claim.save(update_fields=["entitled"])
    tell(case, "decide", actor=actor, act="decided", detail={"amount": str(amount)})
    return case


def refuse_undecidable(
    case: RecoveryCase,
    *,
    amount: Decimal,
    decision: str,
    pay_by: datetime.date,
    today: datetime.date,
) -> None:
    if not decision.strip():
        raise DomainError("请写明决定的理由和对陈述的回应。", field="decision")
    if not 0 < amount <= case.amount:
        raise DomainError(
            f"决定金额应大于 0，不超过告知的 {format_yuan(case.amount)} 元。"
            "不追回的，请选不予追回。",
            field="amount",
        )
    if pay_by <= today:
        raise DomainError("退回期限应在今天以后。", field="pay_by")
    newest = case.claim.recalculations.order_by("-made_at", "-pk").first()
    if newest and case.recalculation_id and newest.entitled_after > case.claim.entitled - amount:
        most = case.claim.entitled - newest.entitled_after
        said = f"最多追回 {format_yuan(most)} 元" if most > 0 else "没有应追回的金额，请不予追回"
        raise DomainError(f"按最新核算，{said}。", field="amount")


def owe(case: RecoveryCase, *, amount: Decimal, part: str, on: datetime.date, actor: Actor) -> None:
    """Book what has to come back on the line that paid it (确认应收)."""
    claim = case.claim
    source = commitments_of([str(claim.pk)]).order_by("-pk")[0]
    unit = claim.organisation
    case.receivable = open_receivable(
        line_id=source.line_id,
        amount=amount,
        debtor=Debtor(type=ORGANISATION, id=str(unit.pk), name=unit.name),
        subject=Subject(type=RECOVERY, id=str(case.pk), label=f"追回 {case.number}"),
        reason=case.cause,
        basis=case.basis,
        due_on=case.pay_by or on,
        key=f"recovery-{case.pk}-{part}",
        on=on,
        actor=actor,
    )
    case.save(update_fields=["receivable"])


@transaction.atomic
def drop_recovery(
    *, recovery_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> RecoveryCase:
    """Recover nothing, after the hearing, with a reason (不予追回)."""
    case = locked_recovery(recovery_id, actor=actor)
    require_paying(actor, case.claim)
    if not reason.strip():
        raise DomainError("请写明不予追回的理由。", field="reason")
    case.state = life.target(
        "drop",
        state=RecoveryState(case.state),
        noticed_by=case.noticed_by_id,
        actor_id=actor.user_id,
    )
    case.dropped_reason = reason.strip()[:500]
    case.decided_by_id = actor.user_id
    case.save(update_fields=["state", "dropped_reason", "decided_by"])
    tell(case, "drop", actor=actor, act="dropped", reason=reason)
    settle_if_done(case.claim)
    return case


@transaction.atomic
def choose_way(
    *,
    recovery_id: int,
    way: RecoveryWay,
    reason: str,
    actor: Actor,
    count: int = 0,
    first_on: datetime.date | None = None,
) -> RecoveryCase:
    """Settle how the money comes back: refund, instalments or set-off (收回方式)."""
    case = locked_recovery(recovery_id, actor=actor)
    require_paying(actor, case.claim)
    case.state = life.target("collect", state=RecoveryState(case.state))
    row = case.receivable
    assert row is not None  # a decision opened it
    if way == RecoveryWay.INSTALMENTS:
        plan(row, count=count, first_on=first_on, reason=reason, actor=actor)
    elif row.instalments.exists():  # an agreed plan is given up: all is due by the day decided
        plan(row, count=1, first_on=case.pay_by, reason=reason, actor=actor)
    case.way = way
    case.save(update_fields=["state", "way"])
    tell(case, "collect", actor=actor, act="collected", reason=reason, detail={"way": str(way)})
    return case


def plan(
    row: Receivable,
    *,
    count: int,
    first_on: datetime.date | None,
    reason: str,
    actor: Actor,
) -> None:
    """Monthly instalments that add up to the last cent (分期)."""
    if first_on is None or count < 1:
        raise DomainError("请填写期数和第一期的日期。", field="count")
    plan_monthly(
        receivable_id=row.pk, count=count, first_on=first_on, reason=reason, actor=actor
    )  # fmt: skip


@transaction.atomic
def note_reminders(*, cases: Sequence[RecoveryCase], on: datetime.date) -> int:
    """Keep the day on which units were reminded of what is overdue (催收)."""
    keys = [case.pk for case in cases]
    count = RecoveryCase.objects.filter(pk__in=keys).update(reminded_on=on)
    for case in cases:
        publish(RecoveryMoved(recovery_id=case.pk, step="remind"))
    return count
