"""Which duties a status brings, by when, and when they count as missed (义务事项)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.rules.definition import DutyRule

AHEAD = datetime.timedelta(days=366)  # a holder sees the duties of the year ahead
REMINDED = (30, 7)  # days before the term: time to write, time to send


@dataclass(frozen=True, kw_only=True)
class Held:
    """A status as duties see it (义务主体): the state without its warning, and its first days."""

    state: RecognitionState
    entered_on: datetime.date
    certified_on: datetime.date | None


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One duty to be done (应尽义务)."""

    rule: DutyRule
    due_on: datetime.date
    year: int | None = None

    @property
    def title(self) -> str:
        return self.rule.label if self.year is None else f"{self.year} 年：{self.rule.label}"


def duties_owed(
    rules: Iterable[DutyRule],
    *,
    held: Held,
    on: datetime.date,
    days: Callable[[str], int | None],
) -> list[Owed]:
    """Everything owed by now and in the year ahead; a rule without its days is open (未设定)."""
    return [
        owed
        for rule in rules
        if held.state in rule.in_states
        for owed in owed_by(rule, held=held, days=days)
        if owed.due_on <= on + AHEAD and (owed.year is None or owed.year <= on.year + 1)
    ]


def owed_by(rule: DutyRule, *, held: Held, days: Callable[[str], int | None]) -> Iterator[Owed]:
    since = first_day(rule, held=held)
    if since is None:
        return
    if rule.month:
        yield from yearly(rule, since=since)
        return
    after = days(rule.days_after)
    if after is not None:
        yield Owed(rule=rule, due_on=since + datetime.timedelta(days=after))


def first_day(rule: DutyRule, *, held: Held) -> datetime.date | None:
    """Since when the rule holds for this status (起算日)."""
    is_early = RecognitionState.INCUBATING in rule.in_states
    return held.entered_on if is_early else held.certified_on


LONGEST_STATUS = 60  # years: a bound for the loop, never reached


def yearly(rule: DutyRule, *, since: datetime.date) -> Iterator[Owed]:
    """One for each year since; the year in which the term was already over is left out."""
    for year in range(since.year, since.year + LONGEST_STATUS):
        due_on = day_of_year(year + rule.year_offset, month=rule.month, day=rule.day)
        if due_on >= since:
            yield Owed(rule=rule, due_on=due_on, year=year)


def day_of_year(year: int, *, month: int, day: int) -> datetime.date:
    """A day of every year; a day that a month lacks is its last one."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def is_missed(*, due_on: datetime.date, grace: int | None, on: datetime.date) -> bool:
    """Whether the term and the days after it are over; open grace misses nothing (未设定)."""
    return grace is not None and on > due_on + datetime.timedelta(days=grace)


def longest_run(years: Iterable[int]) -> list[int]:
    """The latest of the longest chains of consecutive years (连续年度)."""
    best: list[int] = []
    run: list[int] = []
    for year in sorted(set(years)):
        run = [*run, year] if run and year == run[-1] + 1 else [year]
        best = run if len(run) >= len(best) else best
    return best


def years_to_removal(years: Sequence[int], *, most: int | None) -> list[int]:
    """The consecutive missed years that lead to removal; empty when they do not (连续未完成).

    Basis: 教职成厅函〔2023〕23号 for 市域产教联合体: two years in a row.
    """
    run = longest_run(years)
    return run if most is not None and len(run) >= most else []


def reminder_of(*, due_on: datetime.date, on: datetime.date) -> str:
    """Which reminder is due today: a name, empty when none (提醒)."""
    if on > due_on:
        return "late"
    left = (due_on - on).days
    stages = [str(days) for days in sorted(REMINDED) if left <= days]
    return stages[0] if stages else ""
