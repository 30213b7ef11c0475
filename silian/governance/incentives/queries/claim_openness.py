"""Whether anything about the money of a claim is still open (未结事项)."""

from __future__ import annotations

from silian.governance.incentives.choices.claims import PaymentKind, PaymentStanding
from silian.governance.incentives.choices.recovery import (
    RECOVERIES_OPEN,
    AppealState,
    RecalculationState,
)
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_sums import sums_of

OVER = (PaymentStanding.PAID, PaymentStanding.CANCELLED)
SETTLEMENT = "培养结束，按人结算"


def is_open(claim: Claim) -> bool:
    """Whether anything of the money is still under way."""
    unpaid = claim.payments.exclude(standing__in=OVER).exists()
    found = claim.recalculations.filter(state=RecalculationState.FOUND).exists()
    back = claim.recoveries.filter(state__in=RECOVERIES_OPEN).exists()
    asked = claim.appeals.filter(state=AppealState.OPEN).exists()
    return unpaid or found or back or asked or waits_for_settlement(claim) or unsettled(claim)


def unsettled(claim: Claim) -> bool:
    sums = sums_of(claim)
    return not sums.is_settled or sums.outstanding != 0


def waits_for_settlement(claim: Claim) -> bool:
    """Whether an advance was paid and heads are not settled yet (待结算)."""
    kinds = set(
        claim.payments.exclude(standing=PaymentStanding.CANCELLED).values_list("kind", flat=True)
    )
    return claim.call.pays_advance and not kinds - {PaymentKind.ADVANCE} and not was_settled(claim)


def was_settled(claim: Claim) -> bool:
    """Whether the heads of an advance were settled (已按人结算)."""
    return claim.recalculations.filter(cause=SETTLEMENT).exists()
