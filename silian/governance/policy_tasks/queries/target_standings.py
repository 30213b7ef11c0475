"""How the targets of a jurisdiction stand, for pages, the cockpit and bulletins."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from silian.casework.metrics.choices import DisputeState, PeriodKind
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.catalogue import metrics_named
from silian.casework.metrics.queries.values import values_for
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.actors import subtree_prefix
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.rules.target_binding import is_coverage, is_cumulative
from silian.governance.policy_tasks.rules.target_lights import (
    RATE_UNITS,
    Goal,
    Situation,
    distance,
    judge,
)
from silian.governance.policy_tasks.rules.target_words import plain
from silian.governance.policy_tasks.rules.tones import TARGET_TONES
from silian.registers.policies.choices import Comparator, DocumentState
from silian.registers.policies.models import Parameter

TOLERANCE = "P10"  # the open parameter: how near is 左右
WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class TargetStanding:
    """A target on a day: its light with the numbers that explain it (目标现况).

    ``progress`` and ``expected`` are shares from 0 to 1; ``value`` is in the unit of the goal.
    ``uncovered`` counts the units that are still without, for targets that every unit must meet.
    ``disputed`` is the number that somebody holds against ``value``. Of targets that say the
    same only one ``is_counted``; ``same_as`` names it on the others.
    """

    target: Target
    light: Light
    reason: str
    value: Decimal | None
    value_id: int | None
    value_on: datetime.date | None
    value_is_manual: bool
    is_cumulative: bool
    progress: Decimal | None
    expected: Decimal | None
    missing: Decimal | None
    uncovered: int
    metric_title: str
    metric_unit: str
    decimals: int
    is_public: bool
    disputed: Decimal | None
    is_counted: bool
    same_as: str
    tolerance_unset: bool

    @property
    def percent(self) -> int | None:
        """The progress in whole percent, rounded down: 100 only when reached."""
        return None if self.progress is None else int(self.progress * 100)

    @property
    def expected_percent(self) -> int | None:
        return None if self.expected is None else int(self.expected * 100)

    @property
    def tone(self) -> str:
        return TARGET_TONES[self.light]

    @property
    def value_words(self) -> str:
        """The value as shown: plain, with its unit."""
        if self.value is None:
            return ""
        gap = "" if self.metric_unit in RATE_UNITS else " "
        shown = round(self.value, self.decimals)
        return f"{plain(shown)}{gap}{self.metric_unit}"

    @property
    def url(self) -> str:
        return self.target.get_absolute_url()


def target_standings(
    *, division: str, on: datetime.date, below: bool = False
) -> list[TargetStanding]:
    """How the targets of the issued documents of a division stand; a constant number of queries.

    ``below`` adds the targets of the divisions underneath, which are never summed into its own.
    """
    return standings_of(targets_in(division=division, below=below), on=on)


def counted_by_light(standings: Iterable[TargetStanding]) -> dict[Light, int]:
    """How many targets show each light; a restated target is not counted (不重复计数)."""
    counts = Counter(row.light for row in standings if row.is_counted)
    return {light: counts[light] for light in Light}


def targets_in(*, division: str, below: bool = False) -> QuerySet[Target]:
    """The targets in force of a division's issued documents, and those set by hand."""
    rows = Target.objects.filter(ended_on__isnull=True).exclude(
        document__isnull=False, document__state__in=UNISSUED
    )
    if below:
        return rows.filter(division__code__startswith=subtree_prefix(division))
    return rows.filter(division_id=division)


UNISSUED = sorted(
    {
        DocumentState.PARSING,
        DocumentState.UNREADABLE,
        DocumentState.REVIEWING,
        DocumentState.WITHDRAWN,
    }
)


HEAVY = ("document__text", "document__parsed", "document__search_vector")


def standings_of(targets: QuerySet[Target], *, on: datetime.date) -> list[TargetStanding]:
    """The standing of each target, in the order given; seven queries whatever their number."""
    shown = targets.select_related("division", "repeats", "task__lead", "document")
    rows = list(shown.defer(*HEAVY))
    codes = {row.metric_code for row in rows} - {""}
    divisions = {row.division_id for row in rows}
    values = values_for(codes=codes, divisions=divisions, on=on)
    metrics = metrics_named(codes)
    sums = summed_years(rows, metrics=metrics, on=on)
    disputed = open_disputes(values.values())
    tolerances = tolerances_in(divisions, on=on)
    return [
        standing(
            row,
            on=on,
            metric=metrics.get(row.metric_code),
            value=values.get((row.metric_code, row.division_id)),
            summed=sums.get((row.metric_code, row.division_id)) if adds_up(row, metrics) else None,
            disputed=disputed,
            tolerance=tolerances.get(row.division_id),
        )
        for row in rows
    ]


def standing(
    target: Target,
    *,
    on: datetime.date,
    metric: Metric | None,
    value: MetricValue | None,
    summed: Decimal | None,
    disputed: Mapping[int, Decimal],
    tolerance: Decimal | None,
) -> TargetStanding:
    covering = metric is not None and is_coverage(
        unit=target.unit, metric_unit=metric.unit, reduction=metric.reduce.name
    )
    goal = goal_of(target, tolerance=tolerance, covering=covering)
    uncovered = uncovered_count(value) if covering else 0
    number = summed if summed is not None else (value.value if value else None)
    there = situation_of(target, on=on, number=number, is_bound=metric is not None)
    verdict = judge(goal, replace(there, uncovered=uncovered), force=target.force)
    return TargetStanding(
        target=target,
        light=verdict.light,
        reason=verdict.reason,
        progress=verdict.progress,
        expected=verdict.expected,
        value=number,
        is_cumulative=summed is not None,
        missing=distance(goal, number) if number is not None and goal.is_set else None,
        uncovered=uncovered,
        disputed=disputed.get(value.pk) if value else None,
        is_counted=target.is_counted,
        same_as=name_of(target.repeats) if target.repeats else "",
        tolerance_unset=goal.lacks_tolerance,
        **said_by(metric, value),
    )


def situation_of(
    target: Target, *, on: datetime.date, number: Decimal | None, is_bound: bool
) -> Situation:
    return Situation(
        value=number,
        baseline=target.baseline,
        begins_on=target.baseline_on or target.starts_on,
        deadline_on=target.deadline_on,
        on=on,
        is_bound=is_bound,
    )


def said_by(metric: Metric | None, value: MetricValue | None) -> dict[str, Any]:
    """What the metric and its value say of themselves."""
    return {
        "value_id": value.pk if value else None,
        "value_on": value.as_of if value else None,
        "value_is_manual": bool(value and value.is_manual),
        "metric_title": metric.title if metric else "",
        "metric_unit": metric.unit if metric else "",
        "decimals": metric.decimals if metric else 0,
        "is_public": metric is None or metric.public,
    }


def adds_up(target: Target, metrics: Mapping[str, Metric]) -> bool:
    """Whether the years of the target's metric are summed (累计)."""
    metric = metrics.get(target.metric_code)
    return metric is not None and is_cumulative(
        unit=target.unit, timing=metric.timing, is_additive=metric.is_additive
    )


def summed_years(
    targets: Iterable[Target], *, metrics: Mapping[str, Metric], on: datetime.date
) -> dict[tuple[str, str], Decimal]:
    """The sum of all years up to the day, for targets whose metric adds up; one query."""
    wanted = [row for row in targets if adds_up(row, metrics)]
    rows = MetricValue.objects.current().filter(
        metric_code__in={row.metric_code for row in wanted},
        division_id__in={row.division_id for row in wanted},
        period_kind=PeriodKind.YEAR,
        period_start__lte=on,
    )
    found = rows.order_by().values_list("metric_code", "division_id").annotate(Sum("value"))
    return {(code, place): total for code, place, total in found if total is not None}


def name_of(target: Target) -> str:
    return target.number or target.title


def goal_of(target: Target, *, tolerance: Decimal | None, covering: bool = False) -> Goal:
    """The goal of a target; where every unit must meet it, all of them (100 %)."""
    if covering:
        return Goal(comparator=Comparator.AT_LEAST, low=WHOLE, high=None, unit="%")
    return Goal(
        comparator=target.comparator,
        low=target.low,
        high=target.high,
        unit=target.unit,
        tolerance=tolerance if target.comparator == Comparator.ABOUT else None,
    )


def uncovered_count(value: MetricValue | None) -> int:
    """How many units are without, from the parts of a share."""
    if value is None or value.numerator is None or value.denominator is None:
        return 0
    return max(int(value.denominator - value.numerator), 0)


def open_disputes(values: Iterable[MetricValue]) -> dict[int, Decimal]:
    """The newest number held against each value, where the objection is not settled."""
    rows = ValueDispute.objects.filter(
        value_id__in=[value.pk for value in values], state=DisputeState.RAISED
    ).order_by("pk")
    return dict(rows.values_list("value_id", "own_value"))


def tolerances_in(divisions: Iterable[str], *, on: datetime.date) -> dict[str, Decimal]:
    """The tolerance of 左右 where a division has set it (P10)."""
    rows = Parameter.objects.valid(on=on).filter(division_id__in=list(divisions), code=TOLERANCE)
    return {row.division_id: row.value for row in rows if row.value is not None}
