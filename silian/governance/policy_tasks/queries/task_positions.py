"""How the tasks of a jurisdiction stand as a whole, for the cockpit and the supervisors."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from silian.foundation.kernel.actors import subtree_prefix
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskState, Weather
from silian.governance.policy_tasks.models import PolicyTask

DUE_SOON_DAYS = 30  # 临期: what must end within a month
MOST_LATE = 50  # a reader of a position opens the list for more
OPEN = sorted(OPEN_STATES)
UNCOUNTED = [TaskState.DRAFT, TaskState.CANCELLED]


@dataclass(frozen=True, kw_only=True)
class BodyPosition:
    """How one leading body stands (单位任务情况); ``body_id`` None: no lead has been named."""

    body_id: int | None
    name: str
    open: int
    done: int
    overdue: int
    due_soon: int
    behind: int
    blocked: int

    @property
    def url(self) -> str:
        if self.body_id is None:
            return reverse("policy_tasks:task_list") + "?body=none"
        return reverse("policy_tasks:body_board", kwargs={"body_id": self.body_id})


@dataclass(frozen=True, kw_only=True)
class LateTask:
    """An open task whose day has passed (逾期任务)."""

    task_id: int
    number: str
    title: str
    lead: str
    due_on: datetime.date
    days_late: int

    @property
    def url(self) -> str:
        return reverse("policy_tasks:task_detail", kwargs={"task_id": self.task_id})


@dataclass(frozen=True, kw_only=True)
class TaskPosition:
    """The tasks of a division on a day (任务总体情况).

    ``total`` leaves out drafts and cancelled tasks; ``overdue``, ``due_soon``, ``behind`` and
    ``blocked`` are parts of ``open``. ``behind`` and ``blocked`` follow the supervisor where one
    has spoken, else the leading unit. ``late`` holds the latest first, 50 at most.
    """

    on: datetime.date
    total: int
    open: int
    done: int
    unsigned: int
    claimed: int
    overdue: int
    due_soon: int
    behind: int
    blocked: int
    without_lead: int
    never_reported: int
    bodies: tuple[BodyPosition, ...]
    late: tuple[LateTask, ...]

    @property
    def done_percent(self) -> int | None:
        """Finished tasks in whole percent; None without tasks."""
        return self.done * 100 // self.total if self.total else None


def task_position(*, division: str, on: datetime.date, below: bool = False) -> TaskPosition:
    """How the assigned tasks of a division stand; three queries whatever their number.

    ``below`` adds the tasks of the divisions underneath.
    """
    rows = PolicyTask.objects.exclude(state__in=UNCOUNTED)
    if below:
        rows = rows.filter(division__code__startswith=subtree_prefix(division))
    else:
        rows = rows.filter(division_id=division)
    return position_of(rows, on=on)


def position_of(
    rows: QuerySet[PolicyTask], *, on: datetime.date, brief: bool = False
) -> TaskPosition:
    """The position of some assigned tasks; ``brief`` leaves out bodies and late tasks."""
    counts = rows.order_by().aggregate(**measures(on), **whole_measures())
    return TaskPosition(
        on=on,
        **counts,
        bodies=() if brief else body_positions(rows, on=on),
        late=() if brief else late(rows, on=on),
    )


def measures(on: datetime.date) -> dict[str, Any]:
    """The counts that a whole and each body share."""
    is_open = Q(state__in=OPEN)
    soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
    return {
        "open": Count("pk", filter=is_open),
        "done": Count("pk", filter=Q(state=TaskState.DONE)),
        "overdue": Count("pk", filter=is_open & Q(due_on__lt=on)),
        "due_soon": Count("pk", filter=is_open & Q(due_on__gte=on, due_on__lte=soon)),
        "behind": Count("pk", filter=is_open & goes(Weather.BEHIND)),
        "blocked": Count("pk", filter=is_open & goes(Weather.BLOCKED)),
    }


def whole_measures() -> dict[str, Any]:
    is_open = Q(state__in=OPEN)
    return {
        "total": Count("pk"),
        "unsigned": Count("pk", filter=Q(state=TaskState.ASSIGNED)),
        "claimed": Count("pk", filter=Q(state=TaskState.CLAIMED)),
        "without_lead": Count("pk", filter=is_open & Q(lead__isnull=True)),
        "never_reported": Count("pk", filter=is_open & Q(last_report_at__isnull=True)),
    }


def goes(weather: str) -> Q:
    """Tasks with this weather: the supervisor's word before the unit's own."""
    return Q(weather_by_supervisor=weather) | Q(weather_by_supervisor="", weather=weather)


def body_positions(rows: QuerySet[PolicyTask], *, on: datetime.date) -> tuple[BodyPosition, ...]:
    """Each leading body, the one with most overdue tasks first."""
    found: list[Any] = list(
        rows.order_by().values("lead_id", "lead__name").annotate(**measures(on))
    )
    found.sort(key=lambda row: (-row["overdue"], -row["open"], row["lead_id"] or 0))
    return tuple(
        BodyPosition(
            body_id=row["lead_id"],
            name=row["lead__name"] or "未指定牵头单位",
            **{name: row[name] for name in measures(on)},
        )
        for row in found
    )


def late(rows: QuerySet[PolicyTask], *, on: datetime.date) -> tuple[LateTask, ...]:
    found = (
        rows.filter(state__in=OPEN, due_on__lt=on)
        .select_related("lead")
        .order_by("due_on", "pk")[:MOST_LATE]
    )
    return tuple(
        LateTask(
            task_id=task.pk,
            number=task.number,
            title=task.title,
            lead=task.lead.name if task.lead else "",
            due_on=task.due_on or on,
            days_late=task.days_late(on=on),
        )
        for task in found
    )
