"""Which office speaks for an applicant, and whether every county has one (审核单位)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from silian.casework.reviews.rules.definition import Level
from silian.foundation.kernel.actors import subtree_prefix


@dataclass(frozen=True, kw_only=True)
class Office:
    """A department at a level, for the applicants of one division and all below it."""

    level: str
    department: str
    division: str
    organisation_id: int


def office_for(
    offices: Iterable[Office], *, level: str, department: str, division: str
) -> Office | None:
    """The office nearest to the applicant: its own county before the city (属地优先)."""
    fitting = [
        row
        for row in offices
        if (row.level, row.department) == (level, department)
        and division.startswith(subtree_prefix(row.division))
    ]
    return max(fitting, key=lambda row: len(subtree_prefix(row.division)), default=None)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A level and department that has nobody for a division (缺审核单位)."""

    level: Level
    department: str
    division: str


def office_gaps(
    *, levels: Sequence[Level], offices: Sequence[Office], divisions: Sequence[str]
) -> list[Gap]:
    """What must still be named before a batch can be announced."""
    return [
        Gap(level=level, department=department, division=division)
        for level in levels
        for department in level.departments
        for division in divisions
        if office_for(offices, level=level.code, department=department, division=division) is None
    ]
