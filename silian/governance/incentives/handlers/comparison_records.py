"""Looks at claims again when a list comes in or pictures are handed in."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.commands.picture_marks import LOOKED_AT, compare_pictures
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.events.comparison_records import ComparisonListEntered
from silian.governance.incentives.models import Claim, ComparisonList
from silian.governance.incentives.queries.comparison_records import claims_concerned


@subscribe(ComparisonListEntered)
def compare_open_claims(event: ComparisonListEntered) -> None:
    """Write signals into open claims that the list speaks of; told twice it adds nothing."""
    row = ComparisonList.objects.standing().filter(pk=event.list_id).first()
    if row is None:
        return
    claims = claims_concerned(row, Claim.objects.filter(state__in=LOOKED_AT))
    for claim_id in claims.order_by("pk").values_list("pk", flat=True):
        look_for_risks(claim_id=claim_id, now=timezone.now())


@subscribe(ClaimMoved)
def compare_papers(event: ClaimMoved) -> None:
    """Mark the pictures of a claim that is handed in and look for their like."""
    if event.step == "submit":
        compare_pictures(claim_id=event.claim_id, now=timezone.now())
