"""Looks again at open claims when payments made elsewhere become known."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.events.outside_payments import OutsidePaymentsEntered
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.outside_payments import people_of_payments

STILL_LOOKED_AT = (ClaimState.REVIEW, ClaimState.AGREED, ClaimState.NOTICE, ClaimState.APPROVED)


@subscribe(OutsidePaymentsEntered)
def look_at_claims_again(event: OutsidePaymentsEntered) -> None:
    """Write a signal into each claim that counts one of the people; told twice it adds nothing."""
    people = people_of_payments(payment_id=event.payment_id, batch_id=event.batch_id)
    rows = Claim.objects.filter(
        state__in=STILL_LOOKED_AT, items__person__in=people, items__counts=True
    )
    for claim_id in rows.order_by("pk").values_list("pk", flat=True).distinct():
        look_for_risks(claim_id=claim_id, now=timezone.now())
