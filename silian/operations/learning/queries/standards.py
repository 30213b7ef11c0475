"""What a region set for awards on a day, from the nearest level that has a value."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.jurisdictions import resolve_longest, widening
from silian.operations.learning.choices import (
    STANDARD_UNITS,
    CertificateLevel,
    CompetitionLevel,
    Prize,
    StandardName,
)
from silian.operations.learning.models.awards import AwardStandard

Standards = dict[tuple[str, str], AwardStandard]


@dataclass(frozen=True, kw_only=True)
class StandardLine:
    """One value that may be set, and the row that holds it today; None reads 未设定 (标准)."""

    name: str
    key: str
    title: str
    unit: str
    row: AwardStandard | None


def competition_key(*, level: str, prize: str) -> str:
    return f"{level}:{prize}"


def keys_of(name: str) -> list[tuple[str, str]]:
    """The steps of a value with their words; one empty step where there are none (档次)."""
    if name == StandardName.PROMOTION:
        return [(str(each.value), str(each.label)) for each in CertificateLevel]
    if name == StandardName.COMPETITION:
        return [
            (competition_key(level=level.value, prize=prize.value), f"{level.label} {prize.label}")
            for level in CompetitionLevel
            for prize in Prize
        ]
    return [("", "")]


def standards_on(*, division: str, on: datetime.date) -> Standards:
    """Every value in force in a region on a day; one query (现行奖补标准)."""
    places = [place for place in widening(division) if place]
    rows: QuerySet[AwardStandard] = AwardStandard.objects.valid(on=on).filter(
        division_id__in=places
    )
    latest: dict[tuple[str, str], dict[str, AwardStandard]] = {}
    for row in rows.select_related("division").order_by("valid_from", "pk"):
        latest.setdefault((row.name, row.key), {})[row.division_id] = row
    found = {key: resolve_longest(division, by_place) for key, by_place in latest.items()}
    return {key: row for key, row in found.items() if row is not None}


class StandardBook:
    """Every value of a region and the regions above and below it, read once (奖补标准册)."""

    def __init__(self, *, division: str) -> None:
        places = [place for place in widening(division) if place]
        inside = Q(division__code__startswith=subtree_prefix(division))
        rows = AwardStandard.objects.filter(
            Q(division_id__in=places) | inside, correction__isnull=True
        )
        self.rows: dict[tuple[str, str], list[AwardStandard]] = {}
        for row in rows.order_by("valid_from", "pk"):
            self.rows.setdefault((row.name, row.key), []).append(row)

    def value(
        self, *, name: str, key: str = "", division: str, on: datetime.date
    ) -> AwardStandard | None:
        """What holds in a division on a day; None where nobody set it (未设定)."""
        held = {
            row.division_id: row
            for row in self.rows.get((name, key), [])
            if row.valid_from <= on and (row.valid_to is None or row.valid_to > on)
        }
        return resolve_longest(division, held)


def standard_lines(*, division: str, on: datetime.date) -> list[StandardLine]:
    """Every value that may be set, with what holds today (奖补标准表)."""
    held = standards_on(division=division, on=on)
    return [
        StandardLine(
            name=str(name.value),
            key=key,
            title=words or str(name.label),
            unit=STANDARD_UNITS[name],
            row=held.get((name.value, key)),
        )
        for name in StandardName
        for key, words in keys_of(name)
    ]


def standard_history(*, division: str) -> QuerySet[AwardStandard]:
    places = [place for place in widening(division) if place]
    rows = AwardStandard.objects.filter(division_id__in=places)
    return rows.select_related("division", "set_by", "correction").order_by("-pk")
