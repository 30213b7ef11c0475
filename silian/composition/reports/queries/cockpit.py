"""The cockpit of one jurisdiction, read in a constant number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from silian.composition.reports.choices import Span, Standing
from silian.composition.reports.gateways import cockpit_plan
from silian.composition.reports.queries.changes import (
    Change,
    changes_since,
    moved_numbers,
    since_of,
)
from silian.composition.reports.queries.numbers import (
    Number,
    monthly_chart,
    monthly_values,
    ten_numbers,
)
from silian.composition.reports.queries.regions import Region, children_of, regions_below
from silian.composition.reports.queries.standing import (
    ChainGroup,
    Tally,
    TargetLine,
    counts_of,
    grouped_by_chain,
    tallies_of,
    target_lines,
)
from silian.composition.reports.rules.wording import targets_sentence, tasks_sentence
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.foundation.ui.charts import Chart
from silian.governance.policy_tasks.queries.target_standings import standings_of, targets_in
from silian.governance.policy_tasks.queries.task_positions import (
    BodyPosition,
    LateTask,
    TaskPosition,
    task_position,
)

MOST_MARKS = 6  # more squares in a row are no longer counted at a glance


@dataclass(frozen=True, kw_only=True)
class LateBody:
    """A leading body with late or nearly late tasks (牵头单位)."""

    name: str
    overdue: int
    due_soon: int
    longest: int
    url: str
    order_url: str

    @property
    def marks(self) -> list[str]:
        """One mark a task: the late ones first."""
        return (["late"] * self.overdue + ["watch"] * self.due_soon)[:MOST_MARKS]

    @property
    def words(self) -> str:
        return f"逾期 {self.overdue}，临期 {self.due_soon}"


@dataclass(frozen=True, kw_only=True)
class Cockpit:
    """Everything the page shows and the bulletin says (总览)."""

    division: Division
    on: datetime.date
    lines: list[TargetLine]
    counts: dict[Standing, int]
    position: TaskPosition
    bodies: list[LateBody]
    changes: list[Change]
    numbers: list[Number]
    chart: Chart | None
    regions: list[Region]

    @property
    def tallies(self) -> list[Tally]:
        return tallies_of(self.counts)

    @property
    def target_count(self) -> int:
        """Targets that count; repetitions are shown and not counted."""
        return sum(self.counts.values())

    @property
    def chains(self) -> list[ChainGroup]:
        return grouped_by_chain(self.lines)

    @property
    def sentence(self) -> list[tuple[str, bool]]:
        return targets_sentence(self.counts)

    @property
    def latest(self) -> LateTask | None:
        return self.position.late[0] if self.position.late else None

    @property
    def second_sentence(self) -> str:
        latest = self.latest
        return tasks_sentence(
            total=self.position.total,
            latest=latest.title if latest else "",
            days=latest.days_late if latest else 0,
        )

    @property
    def running(self) -> int:
        """Open tasks that are neither late nor nearly so (按期推进)."""
        return self.position.open - self.position.overdue - self.position.due_soon

    @property
    def on_time_count(self) -> int:
        return self.counts[Standing.ON_TIME]

    @property
    def measured_on(self) -> str:
        """The newest day that a number is about."""
        days = [number.as_of for number in self.numbers if number.as_of]
        return max(days, default=str(self.on))


def cockpit_of(
    *, division: Division, on: datetime.date, since: datetime.date, actor: Actor
) -> Cockpit:
    """Read the cockpit of a division on a day (总览)."""
    plan = cockpit_plan(division.code)
    children = children_of(division.code)
    targets = targets_in(division=division.code, below=bool(children))
    standings = standings_of(targets, on=on)
    own = [row for row in standings if row.target.division_id == division.code]
    lines = target_lines(own, plan=plan)
    position = task_position(division=division.code, on=on)
    months = monthly_values(plan=plan, division=division.code, on=on)
    numbers = ten_numbers(plan=plan, division=division.code, on=on, months=months)
    changes = changes_since(division=division.code, since=since, on=on, actor=actor)
    if since == since_of(Span.MONTH, on=on):
        changes += moved_numbers(numbers, on=on)
    return Cockpit(
        division=division,
        on=on,
        lines=lines,
        counts=counts_of(lines),
        position=position,
        bodies=late_bodies(position),
        changes=changes,
        numbers=numbers,
        chart=monthly_chart(plan=plan, on=on, months=months),
        regions=regions_below(children, standings=standings, plan=plan, on=on),
    )


def late_bodies(position: TaskPosition) -> list[LateBody]:
    """Bodies with late or nearly late tasks, the one with most late first (按牵头单位)."""
    found = [late_body(body, position.late) for body in position.bodies if concerns(body)]
    return sorted(found, key=lambda body: (-body.overdue, -body.longest, -body.due_soon))


def concerns(body: BodyPosition) -> bool:
    return bool(body.overdue or body.due_soon)


def late_body(body: BodyPosition, late: Sequence[LateTask]) -> LateBody:
    own = [task for task in late if (task.lead or "未指定牵头单位") == body.name]
    task = own[0] if own else None
    order = reverse("policy_tasks:supervision_new")
    return LateBody(
        name=body.name,
        overdue=body.overdue,
        due_soon=body.due_soon,
        longest=task.days_late if task else 0,
        url=body.url,
        order_url=f"{order}?task={task.task_id}" if task else "",
    )
