"""The values of a metric counted anew from its rows, for all divisions and periods at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from silian.casework.metrics.choices import PeriodKind, Timing
from silian.casework.metrics.queries.grouping import by_area, by_own_division, within
from silian.casework.metrics.registry import Metric, Rows, Scope
from silian.casework.metrics.rules.periods import ONE_DAY, last_day, period_holding, periods_from
from silian.casework.metrics.rules.reducing import Figures, figures_of
from silian.foundation.kernel.periods import Period


@dataclass
class Group:
    """Rows of one area and period, summed."""

    row_count: int = 0
    part: Decimal | None = None
    whole: Decimal | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        self.row_count += row["row_count"]
        if row.get("part") is not None:
            self.part = (self.part or Decimal(0)) + Decimal(str(row["part"]))
        if row.get("whole") is not None:
            self.whole = (self.whole or Decimal(0)) + Decimal(str(row["whole"]))


Place = tuple[PeriodKind, str, datetime.date]  # kind, leading digits of an area, start
Groups = dict[Place, Group]
Periods = dict[PeriodKind, list[Period]]
SUMMABLE = frozenset({"count", "total", "share", "percent", "ratio", "sum_share"})
NOTHING = Group()


class Key(NamedTuple):
    """What a value is about."""

    division: str
    kind: PeriodKind
    start: datetime.date


def measured_values(
    metric: Metric,
    *,
    areas: Mapping[str, str],
    since: datetime.date,
    until: datetime.date,
) -> dict[Key, Figures]:
    """Every value from the period that holds ``since`` to the one that holds ``until``.

    ``areas`` maps the leading digits of each wanted division to its code. Groups without rows
    are measured too: nothing happened there.
    """
    periods = {
        kind: list(periods_from(since, until=until, kind=kind)) for kind in metric.period_kinds
    }
    if metric.rows is None:
        raise LookupError(f"{metric.code} is reported by people")
    source = Rows(rows=metric.rows, division=metric.division, day=metric.day)
    groups = groups_of(metric, source, periods=periods, until=until)
    second = metric.reduce.needs
    over = groups_of(metric, second, periods=periods, until=until) if second else None
    return {
        Key(code, kind, period.starts): figures_in(
            metric, groups, over, place=(kind, prefix, period.starts)
        )
        for kind, found in periods.items()
        for period in found
        for prefix, code in areas.items()
    }


def groups_of(metric: Metric, source: Rows, *, periods: Periods, until: datetime.date) -> Groups:
    """The rows of a source, put together by area and period in the cheapest exact way."""
    adds_up = metric.reduce.name in SUMMABLE and PeriodKind.DAY not in periods
    if metric.timing == Timing.STOCK:
        return stock_groups(metric, source, periods=periods, until=until, adds_up=adds_up)
    if adds_up:
        return month_groups(metric, source, periods=periods, until=until)
    found: Groups = {}
    for kind, wanted in periods.items():
        whole = Period(wanted[0].starts, wanted[-1].ends)
        rows = rows_in(source, whole, until=until)
        for row in by_area(
            rows, division=source.division, day=source.day, kind=kind, reduce=metric.reduce
        ):
            found.setdefault((kind, row["metric_place"], row["metric_start"]), Group()).add(row)
    return found


def rows_in(source: Rows, whole: Period, *, until: datetime.date) -> QuerySet[Any]:
    return within(source.rows(Scope(period=whole, as_of=until)), day=source.day, period=whole)


def month_groups(metric: Metric, source: Rows, *, periods: Periods, until: datetime.date) -> Groups:
    """One query for all kinds of period: each is made of whole months."""
    starts = min(wanted[0].starts for wanted in periods.values())
    whole = Period(starts, max(last_day(wanted[-1]) for wanted in periods.values()) + ONE_DAY)
    wanted_starts = {kind: {p.starts for p in wanted} for kind, wanted in periods.items()}
    found: Groups = {}
    for row in by_own_division(
        rows_in(source, whole, until=until),
        division=source.division,
        day=source.day,
        reduce=metric.reduce,
    ):
        for kind, wanted in wanted_starts.items():
            start = start_of_period(row["metric_start"], kind)
            if start in wanted:
                for prefix in prefixes_of(row["metric_place"]):
                    found.setdefault((kind, prefix, start), Group()).add(row)
    return found


def stock_groups(
    metric: Metric, source: Rows, *, periods: Periods, until: datetime.date, adds_up: bool
) -> Groups:
    """One query for each day on which a period ends, shared by the kinds of period."""
    found: Groups = {}
    for as_of, places in days_of(periods, until=until).items():
        rows = source.rows(Scope(period=places[0][1], as_of=as_of))
        facts: dict[str, Any] = {"division": source.division, "day": "", "reduce": metric.reduce}
        query = by_own_division(rows, **facts) if adds_up else None
        for row in query if query is not None else by_area(rows, **facts, kind=places[0][0]):
            place = row["metric_place"]
            for prefix in prefixes_of(place) if adds_up else [place]:
                for kind, period in places:
                    found.setdefault((kind, prefix, period.starts), Group()).add(row)
    return found


def days_of(
    periods: Periods, *, until: datetime.date
) -> dict[datetime.date, list[tuple[PeriodKind, Period]]]:
    """The days at whose end things are looked at, with the periods that they tell of."""
    found: dict[datetime.date, list[tuple[PeriodKind, Period]]] = {}
    for kind, wanted in periods.items():
        for period in wanted:
            found.setdefault(min(last_day(period), until), []).append((kind, period))
    return found


@cache
def start_of_period(month: datetime.date, kind: PeriodKind) -> datetime.date:
    return period_holding(month, kind=kind).starts


@cache
def prefixes_of(division: str) -> list[str]:
    """The digits of every level that a division belongs to: 990104 → 99, 9901, 990104."""
    return [division[:2], division[:4], division]


def figures_in(metric: Metric, groups: Groups, over: Groups | None, *, place: Place) -> Figures:
    """The value of one group, also when it has no rows."""
    own = groups.get(place, NOTHING)
    return figures_of(
        reduction=metric.reduce.name,
        row_count=own.row_count,
        part=own.part,
        whole=own.whole,
        over=None if over is None else over.get(place, NOTHING).row_count,
    )
