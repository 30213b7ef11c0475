"""Signals over plain rows: what repeats, overlaps or is too smooth (风险提示规则)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

SMALLEST_BATCH = 20  # below that, everybody passing is nothing unusual
MOST_WARDS = 15  # apprentices and interns of one mentor at one time that a person can still teach


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Somebody at some unit for ``[starts, ends)`` (在岗时段)."""

    person: int
    unit: int
    starts: datetime.date
    ends: datetime.date

    def overlaps(self, other: Stay) -> bool:
        return self.starts < other.ends and other.starts < self.ends


def in_two_places(own: Sequence[Stay], others: Sequence[Stay]) -> list[tuple[Stay, Stay]]:
    """Pairs of stays of one person at two units that share a day (同一时段在两家单位)."""
    by_person: dict[int, list[Stay]] = defaultdict(list)
    for stay in others:
        by_person[stay.person].append(stay)
    return [
        (mine, other)
        for mine in own
        for other in by_person[mine.person]
        if other.unit != mine.unit and mine.overlaps(other)
    ]


def shared(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, list[int]]:
    """Which values several people have in common; empty values are nobody's (共用).

    >>> shared([("13800000001", 1), ("13800000001", 2), ("", 3), ("", 4)])
    {'13800000001': [1, 2]}
    """
    found: dict[Hashable, set[int]] = defaultdict(set)
    for value, person in pairs:
        if value:
            found[value].add(person)
    return {value: sorted(people) for value, people in found.items() if len(people) > 1}


def passed_without_exception(*, heads: int, passed: int) -> bool:
    """Whether a large batch passed to the last one (整批全部合格)."""
    return heads >= SMALLEST_BATCH and passed == heads


def overburdened(counts: dict[int, int]) -> dict[int, int]:
    """Mentors with more wards at one time than one can teach (带教过多)."""
    return {mentor: wards for mentor, wards in counts.items() if wards > MOST_WARDS}
