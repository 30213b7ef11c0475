"""Make the marks by which pictures of a claim are known again."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.models.claims import Claim
from silian.governance.incentives.models.picture_marks import PictureMark
from silian.governance.incentives.queries.picture_files import (
    claims_with_new_pictures,
    difference_in,
    unmarked_pictures,
    uses_of_claim,
)
from silian.governance.incentives.rules.pictures import quarters

LOOKED_AT = (ClaimState.REVIEW, ClaimState.AGREED, ClaimState.NOTICE, ClaimState.APPROVED)


@transaction.atomic
def mark_pictures(*, claim_id: int, now: datetime.datetime) -> int:
    """Make the marks of a claim's pictures that have none (计算图片指纹); returns how many."""
    claim = Claim.objects.get(pk=claim_id)
    files = unmarked_pictures(uses_of_claim(claim, list(claim.items.all())))
    rows = [mark_of(file.pk, difference_in(file), now) for file in files]
    PictureMark.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def mark_of(file_id: int, difference: str, now: datetime.datetime) -> PictureMark:
    first, second, third, fourth = quarters(difference) if difference else ("", "", "", "")
    return PictureMark(
        file_id=file_id, difference=difference, band_1=first, band_2=second, band_3=third,
        band_4=fourth, made_at=now,
    )  # fmt: skip


def compare_pictures(*, claim_id: int, now: datetime.datetime) -> int:
    """Mark what is new in a claim and look for signals again (比对申领材料图片)."""
    made = mark_pictures(claim_id=claim_id, now=now)
    look_for_risks(claim_id=claim_id, now=now)
    return made


def compare_late_pictures(*, now: datetime.datetime) -> int:
    """Compare what came to claims after they were handed in, such as settlement papers."""
    claims = list(claims_with_new_pictures(LOOKED_AT).values_list("pk", flat=True))
    made = sum(compare_pictures(claim_id=claim_id, now=now) for claim_id in claims)
    if made:
        detail = {"claims": len(claims), "pictures": made}
        record(system_actor(), "incentives.pictures.compared", detail=detail)
    return made
