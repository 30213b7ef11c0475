"""When a city consortium files, and when two unfinished years ask for its removal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from silian.operations.alliances.choices.duties import DutyKind


@dataclass(frozen=True, kw_only=True)
class DutyDays:
    """The days of a year by which a consortium files; None while nobody set them (未设定).

    ``years_until_removal`` is how many unfinished years in a row ask for removal.
    """

    plan: tuple[int, int] | None
    self_assessment: tuple[int, int] | None
    years_until_removal: int | None
    basis: str = ""

    def due_on(self, *, kind: str, year: int) -> datetime.date | None:
        """The last day for a filing of a year: 31 January of the year, 31 December of the year."""
        day = self.plan if kind == DutyKind.PLAN else self.self_assessment
        return datetime.date(year, *day) if day else None


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What is known of one filing of a year."""

    kind: str
    accepted: bool
    is_finished: bool | None = None


def year_is_finished(
    filed: Iterable[Filed], *, year: int, days: DutyDays, today: datetime.date
) -> bool | None:
    """Whether a consortium did its year: both filed and judged finished; None while undecided.

    A year without self-assessment is unfinished once its last day has passed.
    Basis: 教职成厅函〔2023〕23号.
    """
    by_kind = {row.kind: row for row in filed}
    assessed = by_kind.get(DutyKind.SELF_ASSESSMENT)
    if assessed is not None and assessed.accepted and assessed.is_finished is not None:
        return bool(assessed.is_finished) and DutyKind.PLAN in by_kind
    due_on = days.due_on(kind=DutyKind.SELF_ASSESSMENT, year=year)
    if assessed is None and due_on is not None and due_on < today:
        return False
    return None


def unfinished_run(years: Mapping[int, bool | None]) -> tuple[int, int] | None:
    """The latest run of unfinished years in a row, first and last; None when there is none."""
    failed = sorted(year for year, finished in years.items() if finished is False)
    if not failed:
        return None
    last = first = failed[-1]
    while first - 1 in failed:
        first -= 1
    return first, last


def removal_due(years: Mapping[int, bool | None], *, days: DutyDays) -> tuple[int, int] | None:
    """The years because of which removal is to be proposed, or None.

    Years unfinished before a finished one no longer count.
    """
    run = unfinished_run(years)
    finished = [year for year, done in years.items() if done]
    if run is None or days.years_until_removal is None or any(year > run[1] for year in finished):
        return None
    return run if run[1] - run[0] + 1 >= days.years_until_removal else None
