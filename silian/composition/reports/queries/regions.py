"""The regions of one level below, side by side: targets, tasks and a few numbers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from silian.casework.metrics.queries.values import values_for
from silian.composition.reports.choices import Standing
from silian.composition.reports.queries.numbers import heads_of
from silian.composition.reports.queries.standing import TargetLine, counts_of, target_lines
from silian.composition.reports.rules.plans import CockpitPlan
from silian.composition.reports.rules.wording import plain
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskState
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.queries.target_standings import TargetStanding


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number of a region, with the way to its rows."""

    label: str
    text: str
    url: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """One region below (下级地区)."""

    code: str
    name: str
    url: str
    counts: dict[Standing, int]
    open: int
    done: int
    overdue: int
    cells: list[Cell]

    @property
    def targets(self) -> int:
        return sum(self.counts.values())

    @property
    def on_time(self) -> int:
        return self.counts[Standing.ON_TIME]

    @property
    def behind(self) -> int:
        return self.counts[Standing.BEHIND] + self.counts[Standing.GAP]

    @property
    def late(self) -> int:
        return self.counts[Standing.OVERDUE]

    @property
    def tasks(self) -> int:
        return self.open + self.done


def children_of(division: str) -> list[Division]:
    """The divisions directly below, in the order of their codes."""
    return list(Division.objects.filter(parent_id=division, valid_to__isnull=True).order_by("code"))


def regions_below(
    children: Sequence[Division],
    *,
    standings: Iterable[TargetStanding],
    plan: CockpitPlan,
    on: datetime.date,
) -> list[Region]:
    """Each child with its own targets, tasks and numbers; four queries whatever their number."""
    codes = [child.code for child in children]
    if not codes:
        return []
    lines: defaultdict[str, list[TargetLine]] = defaultdict(list)
    for row in standings:
        lines[row.target.division_id] += target_lines([row], plan=plan)
    tasks = task_counts(codes, on=on)
    values = values_for(codes=plan.side_by_side, divisions=codes, on=on)
    heads = heads_of(plan.side_by_side)
    regions = []
    for child in children:
        cells = []
        for code in plan.side_by_side:
            value = values.get((code, child.code))
            title, unit, source = heads.get(code, (code, "", ""))
            url = reverse("metrics:value_detail", kwargs={"value_id": value.pk}) if value else ""
            text = plain(value.value) if value and value.value is not None else "尚无数值"
            cells.append(Cell(label=f"{title}（{unit}）", text=text, url=url, source=source))
        counted = tasks.get(child.code, (0, 0, 0))
        regions.append(
            Region(
                code=child.code,
                name=child.name,
                url=reverse("reports:cockpit", kwargs={"division": child.code}),
                counts=counts_of(lines[child.code]),
                open=counted[0],
                done=counted[1],
                overdue=counted[2],
                cells=cells,
            )
        )
    return regions


def task_counts(codes: Sequence[str], *, on: datetime.date) -> dict[str, tuple[int, int, int]]:
    """Open, finished and overdue tasks by division; one query."""
    is_open = Q(state__in=sorted(OPEN_STATES))
    rows = (
        PolicyTask.objects.filter(division_id__in=codes)
        .order_by()
        .values_list("division_id")
        .annotate(
            open=Count("pk", filter=is_open),
            done=Count("pk", filter=Q(state=TaskState.DONE)),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
        )
    )
    return {code: (opened, done, overdue) for code, opened, done, overdue in rows}
