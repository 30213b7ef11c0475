"""Compute a claim again on corrected facts, keep both, and settle the difference."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import ClaimState, PaymentKind, PaymentStanding
from silian.governance.incentives.choices.recovery import RECOVERIES_OPEN, RecalculationState
from silian.governance.incentives.commands.claim_closing import settle_if_done
from silian.governance.incentives.commands.claim_payments import (
    NOT_ORDERED,
    add_entitlement,
    add_payment,
    keep_back,
    limit_advance,
    locked_claim,
    not_ordered,
    reopen,
    require_paying,
)
from silian.governance.incentives.events.claim_money import ClaimRecalculated
from silian.governance.incentives.models import Claim, Recalculation
from silian.governance.incentives.permissions.claims import claims_visible_to
from silian.governance.incentives.queries.claim_beliefs import (
    advance_limit_now,
    belief_now,
    last_belief,
)
from silian.governance.incentives.queries.claim_openness import (
    SETTLEMENT,
    waits_for_settlement,
    was_settled,
)
from silian.governance.incentives.queries.claim_sums import commitments_of, sums_of
from silian.governance.incentives.rules.claim_money import (
    Belief,
    belief_from,
    cut_of,
    differences,
    reason_not_handled,
)

COMPUTED = (ClaimState.APPROVED, ClaimState.SETTLED)
REPLACED = "事实再次更正，由新的核算代替"
ZERO = Decimal(0)


@transaction.atomic
def recalculate(
    *,
    claim_id: int,
    cause: str,
    on: datetime.date,
    now: datetime.datetime,
    actor: Actor,
) -> Recalculation | None:
    """Compute a claim on the facts of now by its own rule; None when nothing changed (重新核算)."""
    seen = Claim.objects.all() if actor.is_system else claims_visible_to(actor)
    claim = locked_claim(seen.values_list("pk", flat=True).get(pk=claim_id))
    if not actor.is_system:
        require_paying(actor, claim)
    if claim.state not in COMPUTED:
        raise DomainError("只有已批准的申领可以重新核算。")
    after = belief_now(claim, on=on, settled=was_settled(claim))
    return take_down(claim, after=after, cause=cause, now=now, actor=actor)


def take_down(
    claim: Claim, *, after: Belief, cause: str, now: datetime.datetime, actor: Actor
) -> Recalculation | None:
    """Keep what was believed and what is believed now, when they differ (记下核算)."""
    before = last_belief(claim)
    if before.marks == after.marks and before.due_on == after.due_on:
        return None
    waiting = claim.recalculations.filter(state=RecalculationState.FOUND)
    waiting.update(
        state=RecalculationState.SET_ASIDE, reason=REPLACED, handled_by=actor.user_id,
        handled_at=now,
    )  # fmt: skip
    same = after.total == claim.entitled
    moves_day = (
        before.due_on != after.due_on and claim.payments.filter(standing__in=NOT_ORDERED).exists()
    )
    made = Recalculation.objects.create(
        claim=claim,
        cause=cause.strip()[:200],
        before=before.as_json,
        after=after.as_json,
        lines=differences(before=before, after=after),
        entitled_before=claim.entitled,
        entitled_after=after.total,
        rule_version=claim.rule_version,
        state=RecalculationState.CONFIRMED if same and not moves_day else RecalculationState.FOUND,
        made_by_id=actor.user_id,
        made_at=now,
    )
    if made.state == RecalculationState.FOUND:
        reopen(claim)
    else:
        settle_if_done(claim)
    detail = {"before": str(made.entitled_before), "after": str(made.entitled_after)}
    record(actor, "incentives.claim.recalculated", claim, reason=cause, detail=detail)
    publish(ClaimRecalculated(recalculation_id=made.pk))
    return made


def locked_recalculation(recalculation_id: int, *, actor: Actor) -> Recalculation:
    rows = Recalculation.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    claim = locked_claim(rows.values_list("claim_id", flat=True).get(pk=recalculation_id))
    require_paying(actor, claim)
    row = rows.select_for_update(of=("self",)).get(pk=recalculation_id)
    row.claim = claim
    if row.state != RecalculationState.FOUND:
        raise DomainError(f"这次核算{row.get_state_display()}，不再处理。")
    return row


@transaction.atomic
def apply_recalculation(
    *, recalculation_id: int, reason: str, on: datetime.date, now: datetime.datetime, actor: Actor
) -> Recalculation:
    """Pay what is missing, or keep back what is not paid yet (按核算结果处理).

    What was paid already is never taken here: it needs a recovery with notice, and the
    recalculation stays open for it.
    """
    row = locked_recalculation(recalculation_id, actor=actor)
    claim = row.claim
    refuse_unhandled(claim)
    move_due_days(row, on=on)
    change = row.entitled_after - claim.entitled
    said = reason.strip() or row.cause
    if change > 0:
        add_entitlement(
            claim, amount=change, part=f"recalculation-{row.pk}", reason=said, on=on, actor=actor,
            later=waits_for_settlement(claim),
        )  # fmt: skip
        close(row, RecalculationState.SUPPLEMENTED, reason=said, actor=actor, now=now)
    else:
        keep_what_is_not_paid(row, fall=-change, reason=said, on=on, now=now, actor=actor)
    settle_if_done(claim)
    return row


def refuse_unhandled(claim: Claim) -> None:
    refusal = reason_not_handled(
        in_flight=sums_of(claim).in_flight - failed_money(claim),
        open_recovery=claim.recoveries.filter(state__in=RECOVERIES_OPEN[:2]).exists(),
    )
    if refusal:
        raise DomainError(refusal)


def failed_money(claim: Claim) -> Decimal:
    """What the bank sent back and is still in suspense; it is not under way any more."""
    rows = claim.payments.filter(standing__in=NOT_ORDERED, fund_payment__state="failed")
    return sum((row.fund_payment.amount for row in rows if row.fund_payment), ZERO)


def keep_what_is_not_paid(
    row: Recalculation,
    *,
    fall: Decimal,
    reason: str,
    on: datetime.date,
    now: datetime.datetime,
    actor: Actor,
) -> None:
    claim = row.claim
    cut = cut_of(fall=fall, unpaid=not_ordered(claim))
    if cut.kept_back:
        keep_back(claim, amount=cut.kept_back, reason=reason, on=on, actor=actor)
        limit_advance(claim, limit=advance_limit_now(claim, on=on), reason=reason, on=on)
    if cut.to_recover:
        row.reason = f"已核减未拨付的 {cut.kept_back:,.2f} 元" if cut.kept_back else ""
        row.save(update_fields=["reason"])
        return
    state = RecalculationState.ADJUSTED if fall or moved(row) else RecalculationState.CONFIRMED
    close(row, state, reason=reason, actor=actor, now=now)


def moved(row: Recalculation) -> bool:
    return bool(row.before.get("due_on") != row.after.get("due_on"))


def move_due_days(row: Recalculation, *, on: datetime.date) -> None:
    """Payments that wait fall due on the new day (应拨付日顺延)."""
    day = belief_from(row.after).due_on
    if moved(row) and day is not None:
        row.claim.payments.filter(standing__in=NOT_ORDERED).update(
            due_on=max(day, on), standing=PaymentStanding.WAITING
        )


def close(
    row: Recalculation,
    state: RecalculationState,
    *,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> None:
    row.state, row.reason = state, reason.strip()[:300]
    row.handled_by_id, row.handled_at = actor.user_id, now
    row.save(update_fields=["state", "reason", "handled_by", "handled_at"])
    detail = {"state": str(state)}
    record(actor, "incentives.recalculation.handled", row, reason=reason, detail=detail)


@transaction.atomic
def set_aside(
    *, recalculation_id: int, reason: str, now: datetime.datetime, actor: Actor
) -> Recalculation:
    """Leave the entitlement as it is, with a reason (不予调整)."""
    row = locked_recalculation(recalculation_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明不予调整的理由，理由会记入审计记录。", field="reason")
    close(row, RecalculationState.SET_ASIDE, reason=reason, actor=actor, now=now)
    settle_if_done(row.claim)
    return row


@transaction.atomic
def settle_heads(
    *, claim_id: int, on: datetime.date, now: datetime.datetime, actor: Actor
) -> Recalculation:
    """Settle an advance per head when the training is over: balance or recovery (按人结算).

    Basis: 三（二）（N58）: who did not complete gets no subsidy, the advance for them comes back.
    """
    claim = locked_claim(claims_visible_to(actor).values_list("pk", flat=True).get(pk=claim_id))
    require_paying(actor, claim)
    refuse_unsettled(claim)
    refuse_in_training(claim, on=on)
    after = belief_now(claim, on=on, settled=True)
    row = Recalculation.objects.create(
        claim=claim,
        cause=SETTLEMENT,
        before=last_belief(claim).as_json,
        after=after.as_json,
        lines=differences(before=last_belief(claim), after=after),
        entitled_before=claim.entitled,
        entitled_after=after.total,
        rule_version=claim.rule_version,
        made_by_id=actor.user_id,
        made_at=now,
    )
    record(actor, "incentives.claim.settled_by_head", claim, detail={"due": f"{after.total:.2f}"})
    apply_recalculation(recalculation_id=row.pk, reason=SETTLEMENT, on=on, now=now, actor=actor)
    row.refresh_from_db()
    pay_balance(locked_claim(claim.pk), on=on)
    publish(ClaimRecalculated(recalculation_id=row.pk))
    return row


def refuse_unsettled(claim: Claim) -> None:
    if claim.state != ClaimState.APPROVED or not waits_for_settlement(claim):
        raise DomainError("这份申领没有待结算的预支。")
    waiting = claim.payments.filter(kind=PaymentKind.ADVANCE, standing__in=NOT_ORDERED)
    if waiting.exists():
        raise DomainError("预支还没有拨付。请先拨付或取消预支，再办理结算。")
    if claim.recalculations.filter(state=RecalculationState.FOUND).exists():
        raise DomainError("有待处理的核算差额。请先处理，再办理结算。")


def refuse_in_training(claim: Claim, *, on: datetime.date) -> None:
    """Nobody is settled before the training is over (培养结束后结算)."""
    last = claim.items.filter(counts=True).aggregate(last=Max("ends_on"))["last"]
    if last is not None and last > on:
        raise DomainError(f"培养到 {last} 才结束，结束后按人结算。")


def pay_balance(claim: Claim, *, on: datetime.date) -> None:
    """What is promised and covered by no payment is the balance (结算余款)."""
    kind = PaymentKind.BALANCE
    for source in commitments_of([str(claim.pk)]).order_by("pk"):
        waiting = claim.payments.filter(commitment=source, standing__in=NOT_ORDERED)
        free = source.remaining - sum((row.amount - row.set_off for row in waiting), ZERO)
        if free > 0:
            add_payment(claim, kind, free, source=source, on=on)
            kind = PaymentKind.SUPPLEMENT  # only one balance of a claim


def find_drift(*, on: datetime.date, now: datetime.datetime, actor: Actor) -> int:
    """Compute every approved and settled claim anew; each in its own transaction (夜间核算)."""
    found = 0
    for claim_id in Claim.objects.filter(state__in=COMPUTED).values_list("pk", flat=True):
        try:
            row = recalculate(
                claim_id=claim_id, cause="实习、学徒登记的事实有变化", on=on, now=now, actor=actor
            )
        except DomainError:
            continue  # facts that the rule refuses are shown at the claim itself
        found += row is not None
    return found
