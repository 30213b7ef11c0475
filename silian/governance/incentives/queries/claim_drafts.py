"""An item as the registers give it, before a claim keeps it; and what is counted elsewhere."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.models import ClaimItem
from silian.governance.incentives.rules.claim_items import Days


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom items are drafted: the unit, perhaps one subject, and the days that count now."""

    rule: ClaimRule
    organisation_id: int
    subject_id: int
    period: Days
    covers: Days
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class DraftItem:
    """One item of a claim as the registers give it (明细). ``struck_reason`` says why not."""

    label: str
    person_id: int | None
    school_id: int | None
    source_type: str
    source_id: int
    starts_on: datetime.date
    ends_on: datetime.date
    units: Decimal
    unit: str
    level: str = ""
    occupation: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    counts: bool = True
    struck_reason: str = ""

    def struck(self, reason: str) -> DraftItem:
        """The same item that does not count, for a reason."""
        return replace(self, counts=False, struck_reason=reason)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Days of a person that another claim counts (已计入其他申领)."""

    days: Days
    number: str


def draft_of(item: ClaimItem) -> DraftItem:
    """A kept item in the shape of a drafted one."""
    names = [each for each in DraftItem.__dataclass_fields__]
    return DraftItem(**{name: getattr(item, name) for name in names})


def taken_days(
    people: Collection[int], *, family: ClaimScheme, claim_id: int
) -> dict[int, list[Taken]]:
    """Per person the days that other claims of the family count; one query."""
    rows = ClaimItem.objects.filter(person__in=people, family=family, counts=True)
    columns = ("person_id", "starts_on", "ends_on", "claim__number")
    found: dict[int, list[Taken]] = defaultdict(list)
    for person, starts, ends, number in rows.exclude(claim_id=claim_id).values_list(*columns):
        found[person].append(Taken(days=(starts, ends), number=number))
    return found


def taken_words(taken: Collection[Taken]) -> str:
    """Which claims already count the days."""
    return f"已计入申领 {'、'.join(dict.fromkeys(each.number for each in taken))}"
