"""Appeal against a refusal or a recovery, answered by a person who did not decide."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.casework.ledgers.choices import EntryKind
from silian.casework.ledgers.commands.reversals import reverse
from silian.casework.ledgers.models.journal import JournalEntry
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.choices.recovery import AppealState, RecoveryState
from silian.governance.incentives.commands.claim_closing import settle_if_done
from silian.governance.incentives.commands.claim_notices import review_again
from silian.governance.incentives.commands.claim_payments import (
    add_entitlement,
    locked_claim,
    require_paying,
)
from silian.governance.incentives.commands.recoveries import locked_recovery, owe
from silian.governance.incentives.events.claim_money import AppealMoved
from silian.governance.incentives.models import Claim, ClaimAppeal, RecoveryCase
from silian.governance.incentives.permissions.claims import claims_visible_to, require_owner
from silian.governance.incentives.queries.claim_sums import RECOVERY
from silian.governance.incentives.workflow.recovery import recovery as life

REFUSED = "申领不予支持"


@transaction.atomic
def appeal_recovery(
    *, recovery_id: int, text: str, actor: Actor, now: datetime.datetime
) -> ClaimAppeal:
    """Ask to look again at a decision to recover (对追回决定申请复核)."""
    case = locked_recovery(recovery_id, actor=actor)
    if case.state not in (RecoveryState.DECIDED, RecoveryState.COLLECTING):
        raise DomainError(f"当前为“{case.get_state_display()}”，没有可以复核的决定。")
    return file_appeal(
        case.claim, case, text=text, until=case.appeal_until, decider=case.decided_by_id,
        actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def appeal_claim(*, claim_id: int, text: str, actor: Actor, now: datetime.datetime) -> ClaimAppeal:
    """Ask to look again at a refusal (对不予支持申请复核)."""
    claim = locked_claim(claims_visible_to(actor).values_list("pk", flat=True).get(pk=claim_id))
    if claim.state != ClaimState.REJECTED or claim.decided_at is None:
        raise DomainError(f"当前为“{claim.get_state_display()}”，没有可以复核的决定。")
    return file_appeal(
        claim, None, text=text, until=appeal_day(claim), decider=claim.decided_by_id,
        actor=actor, now=now,
    )  # fmt: skip


def appeal_day(claim: Claim) -> datetime.date | None:
    """The last day for an appeal against a refusal (申请复核期限)."""
    if claim.decided_at is None:
        return None
    last = timezone.localdate(claim.decided_at) + datetime.timedelta(days=claim.call.appeal_days)
    return site_calendar().next_working(last)


def file_appeal(
    claim: Claim,
    case: RecoveryCase | None,
    *,
    text: str,
    until: datetime.date | None,
    decider: int | None,
    actor: Actor,
    now: datetime.datetime,
) -> ClaimAppeal:
    require_owner(actor, claim)
    today = timezone.localdate(now)
    if until is None or today > until:
        raise DomainError(
            f"申请复核的期限到 {until} 为止，已经过期。可以依法申请行政复议或提起诉讼。"
        )
    if not text.strip():
        raise DomainError("请写明复核的理由。", field="text")
    if claim.appeals.filter(recovery=case).exists():
        raise DomainError("对同一决定只能申请一次复核。")
    due = site_calendar().next_working(today + datetime.timedelta(days=claim.call.appeal_days))
    made = ClaimAppeal.objects.create(
        claim=claim, recovery=case, text=text.strip(), filed_by_id=actor.user_id, filed_at=now,
        due_on=due, decider_id=decider,
    )  # fmt: skip
    record(actor, "incentives.appeal.filed", made)
    publish(AppealMoved(appeal_id=made.pk))
    return made


@transaction.atomic
def answer_appeal(
    *,
    appeal_id: int,
    changed: bool,
    answer: str,
    actor: Actor,
    now: datetime.datetime,
    amount: Decimal | None = None,
) -> ClaimAppeal:
    """Uphold or change the decision; the books follow by reversal, never by an edit (复核)."""
    rows = ClaimAppeal.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    claim = locked_claim(rows.values_list("claim_id", flat=True).get(pk=appeal_id))
    appeal = rows.select_for_update(of=("self",)).get(pk=appeal_id)
    appeal.claim = claim
    refuse_unanswerable(appeal, answer=answer, actor=actor)
    appeal.state = AppealState.CHANGED if changed else AppealState.UPHELD
    appeal.answer, appeal.answered_by_id, appeal.answered_at = (
        answer.strip()[:500],
        actor.user_id,
        now,
    )
    if changed and appeal.recovery_id:
        appeal.amount = lower(appeal, amount=amount, actor=actor, on=timezone.localdate(now))
    appeal.save()
    if changed and not appeal.recovery_id:
        count_again(claim)
        review_again(claim.pk, name="reopen", on=timezone.localdate(now))
    record(actor, "incentives.appeal.answered", appeal, reason=appeal.answer)
    publish(AppealMoved(appeal_id=appeal.pk))
    settle_if_done(locked_claim(claim.pk))
    return appeal


def refuse_unanswerable(appeal: ClaimAppeal, *, answer: str, actor: Actor) -> None:
    require_paying(actor, appeal.claim)
    if appeal.decider_id is not None and appeal.decider_id == actor.user_id:
        raise NotAllowed("原决定由您作出，复核要由另一名审核人员答复。")
    if appeal.state != AppealState.OPEN:
        raise DomainError("这项复核已经答复。")
    if not answer.strip():
        raise DomainError("请写明复核结论和理由。", field="answer")


def count_again(claim: Claim) -> None:
    """Let the people of a refused claim count again, unless another claim counts them by now."""
    try:
        with transaction.atomic():
            claim.items.filter(counts=False, struck_reason=REFUSED).update(
                counts=True, struck_reason=""
            )
    except IntegrityError as taken:
        raise DomainError(
            "申领中有人员已计入其他申领，不能恢复。请维持原决定，或先处理另一份申领。"
        ) from taken


def lower(
    appeal: ClaimAppeal, *, amount: Decimal | None, actor: Actor, on: datetime.date
) -> Decimal:
    """Recover less than was decided (变更追回金额)."""
    case = locked_recovery(appeal.recovery_id or 0, actor=actor)
    decided = case.decided_amount or Decimal(0)
    if amount is None or not 0 <= amount < decided:
        raise DomainError(
            f"变更后的金额应低于原决定的 {format_yuan(decided)} 元；全部撤销填 0。", field="amount"
        )
    row = case.receivable
    assert row is not None  # a decision opened it
    if row.settled:
        owe_back(case, amount=decided - amount, actor=actor, on=on, appeal=appeal)
    else:
        book_anew(case, amount=amount, decided=decided, actor=actor, on=on, appeal=appeal)
    return amount


def owe_back(
    case: RecoveryCase, *, amount: Decimal, actor: Actor, on: datetime.date, appeal: ClaimAppeal
) -> None:
    """Part came back already: what is too much is owed to the unit, and set off first."""
    claim = locked_claim(case.claim_id)
    add_entitlement(
        claim, amount=amount, part=f"appeal-{appeal.pk}", reason=f"复核变更 {case.number}",
        on=on, actor=actor,
    )  # fmt: skip


def book_anew(
    case: RecoveryCase,
    *,
    amount: Decimal,
    decided: Decimal,
    actor: Actor,
    on: datetime.date,
    appeal: ClaimAppeal,
) -> None:
    """Reverse what was booked as owed, and book the lower amount.

    The answer is on record with its person; the red entry follows it, so the system books.
    """
    entry = JournalEntry.objects.filter(
        kind=EntryKind.CLAIM, subject_type=RECOVERY, subject_id=str(case.pk),
        reversed_by__isnull=True,
    ).latest("pk")  # fmt: skip
    reverse(entry_id=entry.pk, reason=f"复核变更：{appeal.answer}", on=on, actor=system_actor())
    claim = locked_claim(case.claim_id)
    claim.entitled += decided - amount
    claim.save(update_fields=["entitled"])
    case.receivable, case.way = None, ""
    if amount:
        case.decided_amount, case.state = amount, RecoveryState.DECIDED
        case.save()
        owe(case, amount=amount, part=f"appeal-{appeal.pk}", on=on, actor=actor)
        return
    case.state = life.target("revoke", state=RecoveryState(case.state))
    case.dropped_reason = appeal.answer
    case.save()
