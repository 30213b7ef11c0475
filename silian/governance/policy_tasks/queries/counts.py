"""What is counted where nothing has to be reached: dated goals, and what was done by a rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from silian.casework.metrics.choices import Timing
from silian.casework.metrics.queries.catalogue import metric_named, metrics_named
from silian.casework.metrics.queries.showing import Shown, latest_shown, shown_values
from silian.casework.metrics.queries.values import series
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.charts import Chart, Series
from silian.governance.policy_tasks.models.tasks import Milestone, PolicyTask
from silian.governance.policy_tasks.rules.target_lights import RATE_UNITS

YEAR = datetime.timedelta(days=365)
MOST_POINTS = 24  # two years of months
Place = tuple[str, str]


def told(shown: Shown) -> str:
    """A number with its unit as officials write it: 11 个, 21.7%."""
    gap = "" if shown.unit in RATE_UNITS else " "
    return f"{shown.text}{gap}{shown.unit}".strip()


@dataclass(frozen=True, kw_only=True)
class Count:
    """A metric's number as the reader sees it, beside the one of a year before (现有数)."""

    metric: Metric
    now: Shown
    before: Shown

    @property
    def words(self) -> str:
        return told(self.now)

    @property
    def before_words(self) -> str:
        """What it was a year before: 2025年11月 3 个，增加 1; empty when there was no number."""
        if not (self.before.is_number and self.now.is_number):
            return ""
        if self.before.period == self.now.period:
            return ""
        then = f"{self.before.period} {told(self.before)}"
        return then + (f"，{self.change_words}" if self.metric.timing == Timing.STOCK else "")

    @property
    def change_words(self) -> str:
        change = (self.now.number or 0) - (self.before.number or 0)
        if change == 0:
            return "没有变化"
        return f"{'增加' if change > 0 else '减少'} {abs(change):,.{self.metric.decimals}f}"


@dataclass(frozen=True, kw_only=True)
class MilestoneStanding:
    """A step or dated goal with what is counted beside it, where a metric counts it (节点现况)."""

    milestone: Milestone
    count: Count | None


def counts_of(places: Iterable[Place], *, actor: Actor, on: datetime.date) -> dict[Place, Count]:
    """The number of each metric for its division; a constant number of queries."""
    wanted = {place for place in places if place[0]}
    metrics = metrics_named({code for code, _ in wanted})
    divisions = {division for _, division in wanted}
    now = latest_shown(actor=actor, metrics=metrics, divisions=divisions, on=on)
    before = latest_shown(actor=actor, metrics=metrics, divisions=divisions, on=on - YEAR)
    return {
        place: Count(metric=metrics[place[0]], now=now[place], before=before[place])
        for place in wanted
        if place[0] in metrics
    }


def milestone_standings(
    rows: Iterable[Milestone], *, actor: Actor, on: datetime.date
) -> list[MilestoneStanding]:
    """Each step with its count, in the same order (节点现况)."""
    milestones = list(rows)
    counts = counts_of(
        ((row.metric_code, row.division_id) for row in milestones), actor=actor, on=on
    )
    return [
        MilestoneStanding(milestone=row, count=counts.get((row.metric_code, row.division_id)))
        for row in milestones
    ]


def figures_of(
    codes: Iterable[str], *, division: str, actor: Actor, on: datetime.date
) -> list[Count]:
    """What was done by a rule, in the order of the rulebook (执行情况)."""
    counts = counts_of(((code, division) for code in codes), actor=actor, on=on)
    found = (counts.get((code, division)) for code in codes)
    return [count for count in found if count is not None]


def figures_of_task(task: PolicyTask, *, actor: Actor, on: datetime.date) -> list[Count]:
    """What was done of the task's clause (任务执行情况)."""
    codes = task.clause.figure_codes if task.clause else []
    return figures_of(codes, division=task.division_id, actor=actor, on=on)


def count_course(milestone: Milestone, *, actor: Actor) -> Chart | None:
    """The numbers over time; nothing is drawn that the reader may not see (趋势)."""
    metric = metric_named(milestone.metric_code) if milestone.metric_code else None
    if metric is None:
        return None
    rows = series(code=metric.code, division=milestone.division_id)
    values = list(rows.filter(value__isnull=False).order_by("-period_start")[:MOST_POINTS])[::-1]
    if len(values) < 2:
        return None
    shown = shown_values(actor=actor, metrics={metric.code: metric}, values=values)
    return Chart(
        name=f"milestone-{milestone.pk}",
        title=metric.title,
        unit=metric.unit,
        source=metric.source,
        as_of=values[-1].as_of,
        kind="line",
        labels=[row.period for row in shown],
        series=[Series(metric.title, [row.number for row in shown])],
        note="未设数量目标，只列现有数和变化。",
    )
