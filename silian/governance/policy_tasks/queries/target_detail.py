"""One target with everything its page shows, and the metrics that could measure it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, groupby

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.catalogue import all_metrics
from silian.casework.metrics.queries.values import series
from silian.casework.metrics.registry import Metric, Scope
from silian.foundation.kernel.periods import Period
from silian.foundation.reference.models import Division
from silian.foundation.ui.charts import Chart, Series
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.queries.target_standings import (
    TargetStanding,
    adds_up,
    standings_of,
)
from silian.governance.policy_tasks.rules.target_binding import is_coverage, reason_not_bindable
from silian.governance.policy_tasks.rules.target_lights import expected_share
from silian.registers.policies.choices import PUBLIC_STATES

MOST_NAMED = 100  # uncovered units named on a page; the metric's own rows hold the rest
MOST_POINTS = 24  # two years of months


@dataclass(frozen=True, kw_only=True)
class Uncovered:
    """The units that are still without (未覆盖单位): their names, and how many more."""

    names: list[str]
    more: int


def standing_of(target: Target, *, on: datetime.date) -> TargetStanding:
    return standings_of(Target.objects.filter(pk=target.pk), on=on)[0]


def public_groups(*, on: datetime.date) -> list[tuple[Division, list[TargetStanding]]]:
    """The targets of issued documents by division, without values that are not public."""
    rows = Target.objects.filter(
        ended_on__isnull=True, document__state__in=sorted(PUBLIC_STATES)
    ).order_by("division_id", "number", "pk")
    shown = [row for row in standings_of(rows, on=on) if row.is_public]
    return [
        (found[0].target.division, found)
        for _, group in groupby(shown, key=lambda row: row.target.division_id)
        for found in [list(group)]
    ]


def bindable_metrics(target: Target) -> list[tuple[str, str]]:
    """The metrics whose unit fits the target, for a choice."""
    found = [
        (metric.code, f"{metric.title}（{metric.unit}，{metric.source}）")
        for metric in all_metrics()
        if reason_not_bindable(
            unit=target.unit,
            metric_unit=metric.unit,
            reduction=metric.reduce.name,
            comparator=target.comparator,
            is_yearly=metric.main_period == PeriodKind.YEAR,
        )
        is None
    ]
    return sorted(found, key=lambda pair: pair[1])


def uncovered_units(
    target: Target, metric: Metric | None, *, on: datetime.date
) -> Uncovered | None:
    """Who is still without, by name, where every unit must meet the target; else None.

    A share above its parts' average can still hide a unit; the names cannot.
    """
    if metric is None or metric.rows is None or metric.reduce.where is None:
        return None
    if not is_coverage(unit=target.unit, metric_unit=metric.unit, reduction=metric.reduce.name):
        return None
    period = Period(starts=on.replace(month=1, day=1), ends=on + datetime.timedelta(days=1))
    scope = Scope(period=period, as_of=on, division=target.division_id)
    rows = metric.rows(scope).filter(**{f"{metric.division}__code__startswith": scope.prefix})
    without = rows.exclude(metric.reduce.where).order_by("pk")
    names = [str(row) for row in without[: MOST_NAMED + 1]]
    more = max(0, without.count() - MOST_NAMED) if len(names) > MOST_NAMED else 0
    return Uncovered(names=names[:MOST_NAMED], more=more)


def course_of(target: Target, metric: Metric | None) -> Chart | None:
    """The values over time beside the straight line from the baseline to the goal."""
    if metric is None:
        return None
    found = series(code=metric.code, division=target.division_id)
    values = list(found.filter(value__isnull=False).order_by("-period_start")[:MOST_POINTS])[::-1]
    if len(values) < 2:
        return None
    points = [value.value or Decimal(0) for value in values]
    if adds_up(target, {metric.code: metric}):
        points = list(accumulate(points))
    lines = [Series("现值", [as_number(point) for point in points])]
    planned = [as_number(planned_value(target, value.as_of)) for value in values]
    if any(point is not None for point in planned):
        lines.append(Series("按时间进度应达到", planned))
    return Chart(
        name=f"target-{target.pk}",
        title="现值与时间进度",
        unit=metric.unit,
        source=metric.source,
        as_of=values[-1].as_of,
        kind="line",
        labels=[value.period_name for value in values],
        series=lines,
    )


def as_number(value: Decimal | None) -> float | None:
    """What a chart can draw."""
    return None if value is None else float(value)


def planned_value(target: Target, day: datetime.date) -> Decimal | None:
    """The value of the straight line from the baseline to the goal on a day."""
    goal = target.low if target.low is not None else target.high
    share = expected_share(begins_on=target.baseline_on, deadline_on=target.deadline_on, on=day)
    if goal is None or target.baseline is None or share is None:
        return None
    return round(target.baseline + (goal - target.baseline) * share, 2)
