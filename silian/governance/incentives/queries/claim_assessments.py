"""Whether an enterprise passed the yearly assessments that a claim rests on (年度考核)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.models import HostAssessment

ONE_DAY = datetime.timedelta(days=1)
DECIDED = (AssessmentState.PASSED, AssessmentState.FAILED)


class Dated(Protocol):
    """Something with half-open days."""

    @property
    def starts_on(self) -> datetime.date: ...
    @property
    def ends_on(self) -> datetime.date: ...


def years_of(items: Iterable[Dated]) -> list[int]:
    """The calendar years in which items lie (涉及年度)."""
    spans = [(each.starts_on.year, (each.ends_on - ONE_DAY).year) for each in items]
    return sorted({year for first, last in spans for year in range(first, last + 1)})


def assessments_of(organisation_id: int, *, years: Iterable[int]) -> dict[int, bool | None]:
    """For each year whether the enterprise passed; None while nothing is decided (考核结论)."""
    found: dict[int, bool | None] = dict.fromkeys(years)
    rows = HostAssessment.objects.filter(
        organisation_id=organisation_id, year__in=list(found), state__in=DECIDED
    )
    for row in rows:
        found[row.year] = row.state == AssessmentState.PASSED
    return found


def passed(found: dict[int, bool | None]) -> bool | None:
    """All years passed, one failed, or not known yet."""
    if any(each is False for each in found.values()):
        return False
    return None if not found or None in found.values() else True
