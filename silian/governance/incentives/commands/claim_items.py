"""Write the items of a claim: from the registers, stated by the unit, released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.queries.claim_drafts import DraftItem
from silian.governance.incentives.queries.claim_sources import keyed

NAMES = [each.name for each in fields(DraftItem)]
CERTIFIED = ("starts_on", "ends_on", "units", "school_id")
BATCH = 1000


def put_items(claim: Claim, drafts: Sequence[DraftItem]) -> None:
    """Make the kept items equal to the drafted ones; rows that stay keep their key (明细落库).

    What a school certified holds only while days and months stay.
    """
    kept, now = keyed(claim.items.order_by("pk")), keyed(drafts)
    gone = [row.pk for key, row in kept.items() if key not in now]
    changed = [row for key, row in kept.items() if key in now and changes(row, now[key])]
    new = [made(claim, draft) for key, draft in now.items() if key not in kept]
    try:
        with transaction.atomic():
            claim.items.filter(pk__in=gone).delete()
            columns = [*NAMES, "certified_by_id", "certified_at"]
            ClaimItem.objects.bulk_update(changed, [bare(each) for each in columns], BATCH)
            ClaimItem.objects.bulk_create(new, batch_size=BATCH)
    except IntegrityError:
        raise DomainError("有人员的这段时间刚刚计入了另一份申领，请刷新明细后再办理。") from None


def bare(name: str) -> str:
    """The field of a column."""
    is_key = name in ("person_id", "school_id", "certified_by_id")
    return name.removesuffix("_id") if is_key else name


def made(claim: Claim, draft: DraftItem) -> ClaimItem:
    values: dict[str, Any] = {name: getattr(draft, name) for name in NAMES}
    return ClaimItem(
        claim=claim, family=claim.call.scheme, **{**values, "facts": dict(draft.facts)}
    )


def changes(row: ClaimItem, draft: DraftItem) -> bool:
    """Bring a kept row up to the draft; whether anything changed."""
    new = {name: getattr(draft, name) for name in NAMES}
    old = {name: getattr(row, name) for name in NAMES}
    if all(old[name] == new[name] for name in NAMES):
        return False
    if any(old[name] != new[name] for name in CERTIFIED):
        row.certified_by_id, row.certified_at = None, None
    for name in NAMES:
        setattr(row, name, new[name])
    return True


def release_items(claim: Claim, *, reason: str) -> None:
    """Days of people that a claim counted are free again (释放人员)."""
    claim.items.filter(counts=True).update(counts=False, struck_reason=reason)
