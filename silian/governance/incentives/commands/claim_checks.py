"""Check a payment against its gates, keep what each said, let one pass for a time."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.commands.claim_payments import (
    NOT_ORDERED,
    locked_payment,
    require_paying,
)
from silian.governance.incentives.events.claims import ClaimPaymentMoved
from silian.governance.incentives.models import ClaimPayment, PaymentGate
from silian.governance.incentives.permissions.claims import payments_visible_to, require_lead
from silian.governance.incentives.queries.payment_checks import (
    blocking,
    drafts_of,
    never_overridden,
    newest_gates,
)
from silian.governance.incentives.rules.claim_money import reason_not_overridable
from silian.governance.incentives.rules.claims import is_override_valid
from silian.governance.incentives.workflow.claims import claim_payment as life

LONGEST_OVERRIDE = 90  # days; an exception is looked at again every quarter


@transaction.atomic
def check_payment(
    *, payment_id: int, on: datetime.date, now: datetime.datetime, actor: Actor
) -> ClaimPayment:
    """Ask every gate now and keep the answers; older rounds stay (核对拨付条件)."""
    payment = locked_payment(payment_id, actor=actor)
    if not actor.is_system:
        require_lead(actor, payment.claim.call)
    check_locked(payment, on=on, now=now)
    detail = {"round": payment.check_round, "standing": str(payment.standing)}
    record(actor, "incentives.payment.checked", payment, detail=detail)
    return payment


def check_locked(payment: ClaimPayment, *, on: datetime.date, now: datetime.datetime) -> None:
    """One more round of gates for a locked payment that is not ordered."""
    if payment.standing not in NOT_ORDERED:
        raise DomainError(f"拨付{payment.get_standing_display()}，不再核对条件。")
    before = newest_gates(payment)
    gates = drafts_of(payment, on=on)
    payment.check_round += 1
    payment.checked_at = now
    for gate in gates:
        gate.check_round = payment.check_round
    carry_overrides(before, gates, on=on)
    PaymentGate.objects.bulk_create(gates)
    stand(payment, gates, on=on)


def carry_overrides(
    before: Sequence[PaymentGate], after: Sequence[PaymentGate], *, on: datetime.date
) -> None:
    """An override counts for the next round of the same gate while its days last."""
    valid = {
        (gate.code, gate.item_id): gate
        for gate in before
        if is_override_valid(until=gate.override_until, on=on)
    }
    for gate in after:
        given = valid.get((gate.code, gate.item_id))
        if given and gate.is_closed and not never_overridden(gate):
            gate.overridden_by_id = given.overridden_by_id
            gate.overridden_at = given.overridden_at
            gate.override_reason = given.override_reason
            gate.override_until = given.override_until


def stand(payment: ClaimPayment, gates: Sequence[PaymentGate], *, on: datetime.date) -> None:
    """Ready when no gate blocks, else waiting."""
    step = "wait" if blocking(gates, on=on) else "ready"
    before, payment.standing = (
        payment.standing,
        life.target(step, state=PaymentStanding(payment.standing)),
    )
    payment.save(update_fields=["standing", "check_round", "checked_at"])
    if before != payment.standing:
        publish(ClaimPaymentMoved(claim_payment_id=payment.pk, standing=str(payment.standing)))


@transaction.atomic
def override_gate(
    *,
    gate_id: int,
    reason: str,
    until: datetime.date,
    actor: Actor,
    now: datetime.datetime,
    on: datetime.date,
) -> PaymentGate:
    """Let a payment pass a closed gate until a day, by name and with a reason (放行).

    Never by who entered the claim, never for a double payment. It ends by itself.
    """
    rows = PaymentGate.objects.filter(payment__in=payments_visible_to(actor).values("pk"))
    payment = locked_payment(rows.values_list("payment_id", flat=True).get(pk=gate_id), actor=actor)
    require_paying(actor, payment.claim)
    gate = rows.select_related("item").get(pk=gate_id)
    newest = gate.check_round == payment.check_round and payment.standing in NOT_ORDERED
    refusal = reason_not_overridable(
        closed=gate.is_closed and newest, never=never_overridden(gate), reason=reason,
        until=until, on=on, most=LONGEST_OVERRIDE,
    )  # fmt: skip
    if refusal:
        raise DomainError(refusal, field="reason" if not reason.strip() else "until")
    gate.overridden_by_id, gate.overridden_at = actor.user_id, now
    gate.override_reason, gate.override_until = reason.strip()[:300], until
    gate.save(update_fields=["overridden_by", "overridden_at", "override_reason", "override_until"])
    stand(payment, newest_gates(payment), on=on)
    detail = {"gate": gate.code, "until": until.isoformat()}
    record(actor, "incentives.gate.overridden", payment, reason=reason, detail=detail)
    return gate


@transaction.atomic
def expire_overrides(*, on: datetime.date) -> int:
    """Payments whose override ended wait again (放行到期)."""
    count = 0
    ended = PaymentGate.objects.filter(override_until__lt=on).values("payment")
    rows = ClaimPayment.objects.filter(standing=PaymentStanding.READY, pk__in=ended)
    for payment in rows.select_for_update(of=("self",)).order_by("pk"):
        gates = newest_gates(payment)
        if blocking(gates, on=on):
            stand(payment, gates, on=on)
            count += 1
    return count
