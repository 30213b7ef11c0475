"""Who is insured, for which days, and by which policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from silian.foundation.kernel.periods import Period
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PolicyState,
)
from silian.operations.placements.models import InsuredIntern, Internship
from silian.operations.placements.queries.many import these
from silian.operations.placements.rules.insurance import gaps

REQUIRED_KINDS = (InsuranceKind.LIABILITY, InsuranceKind.ACCIDENT)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the policies of one kind cover of one internship (保障情况)."""

    kind: str
    covers: tuple[Period, ...] = ()
    gaps: tuple[Period, ...] = ()
    numbers: tuple[str, ...] = field(default=())

    @property
    def gap_days(self) -> int:
        return sum(gap.days for gap in self.gaps)

    @property
    def is_whole(self) -> bool:
        return not self.gaps

    @property
    def label(self) -> str:
        return InsuranceKind(self.kind).label


def insured_ids(*, internship_ids: Collection[int], kind: str) -> set[int]:
    """The internships whose every day is covered by policies of the kind (已投保)."""
    found = coverage(internship_ids=internship_ids, kinds=[kind])
    return {pk for pk, kinds in found.items() if kinds[kind].is_whole}


def coverage(
    *, internship_ids: Collection[int], kinds: Iterable[str] = REQUIRED_KINDS
) -> dict[int, dict[str, Coverage]]:
    """The cover of each internship by kind, in two queries."""
    asked = list(kinds)
    stays = Internship.objects.filter(pk__in=these(internship_ids))
    rows = InsuredIntern.objects.filter(
        internship_id__in=these(internship_ids),
        policy__kind__in=asked,
        policy__state=PolicyState.IN_FORCE,
    ).values_list("internship_id", "policy__kind", "starts_on", "ends_on", "policy__number")
    held: dict[tuple[int, str], list[tuple[Period, str]]] = defaultdict(list)
    for internship_id, kind, starts, ends, number in rows:
        held[internship_id, kind].append((Period(starts, ends), number))
    return {
        pk: {kind: coverage_of(kind, Period(starts, ends), held[pk, kind]) for kind in asked}
        for pk, starts, ends in stays.values_list("pk", "starts_on", "ends_on")
    }


def coverage_of(kind: str, stay: Period, rows: list[tuple[Period, str]]) -> Coverage:
    covers = tuple(sorted(period for period, _ in rows))
    return Coverage(
        kind=kind,
        covers=covers,
        gaps=tuple(gaps(stay=stay, covers=covers)),
        numbers=tuple(number for _, number in rows),
    )
