"""The values of a metric counted anew from its rows, for all divisions and periods at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from silian.casework.metrics.choices import PeriodKind, Timing
from silian.casework.metrics.queries.grouping import grouped, within
from silian.casework.metrics.registry import Metric, Rows, Scope
from silian.casework.metrics.rules.periods import last_day, periods_from
from silian.casework.metrics.rules.reducing import Figures, figures_of
from silian.foundation.kernel.periods import Period

Group = tuple[str, datetime.date]  # the digits of an area and the start of a period
Groups = dict[Group, dict[str, Any]]


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
    found: dict[Key, Figures] = {}
    for kind in metric.period_kinds:
        periods = list(periods_from(since, until=until, kind=kind))
        groups = groups_of(metric, kind=kind, periods=periods, until=until)
        for prefix, code in areas.items():
            for period in periods:
                found[Key(code, kind, period.starts)] = figures_in(
                    metric, groups, group=(prefix, period.starts)
                )
    return found


def groups_of(
    metric: Metric, *, kind: PeriodKind, periods: list[Period], until: datetime.date
) -> tuple[Groups, Groups]:
    """The groups of the metric's rows, and those of the second set of a ratio."""
    if metric.rows is None:
        raise LookupError(f"{metric.code} is reported by people")
    first = Rows(rows=metric.rows, division=metric.division, day=metric.day)
    ways = stock_groups if metric.timing == Timing.STOCK else flow_groups
    second = metric.reduce.needs
    return (
        ways(metric, first, kind=kind, periods=periods, until=until),
        ways(metric, second, kind=kind, periods=periods, until=until) if second else {},
    )


def flow_groups(
    metric: Metric, source: Rows, *, kind: PeriodKind, periods: list[Period], until: datetime.date
) -> Groups:
    """One query over the whole stretch of periods."""
    whole = Period(periods[0].starts, periods[-1].ends)
    rows = within(source.rows(Scope(period=whole, as_of=until)), day=source.day, period=whole)
    query = grouped(rows, division=source.division, day=source.day, kind=kind, reduce=metric.reduce)
    return {(row["metric_area"], row["metric_start"]): row for row in query}


def stock_groups(
    metric: Metric, source: Rows, *, kind: PeriodKind, periods: list[Period], until: datetime.date
) -> Groups:
    """One query for each period's last day."""
    found: Groups = {}
    for period in periods:
        scope = Scope(period=period, as_of=min(last_day(period), until))
        query = grouped(
            source.rows(scope),
            division=source.division,
            day="",
            kind=kind,
            reduce=metric.reduce,
        )
        found |= {(row["metric_area"], period.starts): row for row in query}
    return found


def figures_in(metric: Metric, groups: tuple[Groups, Groups], *, group: Group) -> Figures:
    """The value of one group, also when it has no rows."""
    own = groups[0].get(group, {})
    other = groups[1].get(group, {})
    part = own.get("part")
    return figures_of(
        reduction=metric.reduce.name,
        row_count=own.get("row_count", 0),
        part=None if part is None else Decimal(str(part)),
        over=other.get("row_count", 0) if metric.reduce.needs else None,
    )
