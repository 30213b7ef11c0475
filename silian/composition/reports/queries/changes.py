"""What has changed since a day: lights, tasks, what is out, and the numbers that moved."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from silian.casework.publications.models import Edition
from silian.casework.publications.permissions import editions_visible_to
from silian.composition.reports.choices import Span, Standing
from silian.composition.reports.queries.numbers import Number
from silian.composition.reports.queries.standing import STANDINGS
from silian.foundation.kernel.actors import Actor
from silian.governance.policy_tasks.choices import Light, TaskState
from silian.governance.policy_tasks.models.targets import LightChange
from silian.governance.policy_tasks.models.tasks import PolicyTask

MOST = 200  # a page of changes, not an archive
ICONS = {
    Standing.ON_TIME: ("check-circle-fill", "ok"),
    Standing.BEHIND: ("exclamation-triangle-fill", "watch"),
    Standing.OVERDUE: ("x-octagon-fill", "late"),
    Standing.GAP: ("info-circle", "info"),
    Standing.UNMEASURED: ("dash-circle-dotted", "unset"),
    Standing.UNSET: ("dash-circle-dotted", "unset"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changed (变化)."""

    on: datetime.date
    title: str
    detail: str
    icon: str
    tone: str
    url: str = ""


def since_of(span: Span, *, on: datetime.date) -> datetime.date:
    """The first day of the span: Monday, or the first of the month.

    >>> since_of(Span.WEEK, on=datetime.date(2026, 3, 18)).isoformat()
    '2026-03-16'
    """
    if span == Span.WEEK:
        return on - datetime.timedelta(days=on.weekday())
    return on.replace(day=1)


def changes_since(
    *, division: str, since: datetime.date, on: datetime.date, actor: Actor
) -> list[Change]:
    """What changed from ``since`` to the day, newest first; four queries (变化)."""
    found = [
        *light_changes(division=division, since=since, on=on),
        *tasks_done(division=division, since=since, on=on),
        *tasks_late(division=division, since=since, on=on),
        *editions_out(division=division, since=since, on=on, actor=actor),
    ]
    return sorted(found, key=lambda change: change.on, reverse=True)


def light_changes(*, division: str, since: datetime.date, on: datetime.date) -> list[Change]:
    rows = LightChange.objects.filter(
        target__division_id=division, changed_on__gte=since, changed_on__lte=on
    ).exclude(before="")
    changes = []
    for row in rows.select_related("target")[:MOST]:
        after = Light(row.after)
        icon, tone = ICONS[STANDINGS[after]]
        changes.append(
            Change(
                on=row.changed_on,
                title=f"{row.target.title}转为{after.label}",
                detail=f"原为{Light(row.before).label}，{row.reason or '随现值变化'}",
                icon=icon,
                tone=tone,
                url=reverse("policy_tasks:target_detail", kwargs={"target_id": row.target_id}),
            )
        )
    return changes


def tasks_done(*, division: str, since: datetime.date, on: datetime.date) -> list[Change]:
    rows = PolicyTask.objects.filter(
        division_id=division, state=TaskState.DONE, done_on__gte=since, done_on__lte=on
    ).select_related("lead")
    return [
        Change(
            on=task.done_on or on,
            title=f"办结：{task.title}",
            detail=f"{lead_of(task)}，{day(task.done_on or on)}确认",
            icon="check2-square",
            tone="info",
            url=reverse("policy_tasks:task_detail", kwargs={"task_id": task.pk}),
        )
        for task in rows[:MOST]
    ]


def tasks_late(*, division: str, since: datetime.date, on: datetime.date) -> list[Change]:
    """Tasks whose day passed within the span and that are still open."""
    rows = (
        PolicyTask.objects.open()
        .filter(division_id=division, due_on__gte=since - ONE_DAY, due_on__lt=on)
        .select_related("lead")
    )
    return [
        Change(
            on=task.due_on + ONE_DAY if task.due_on else on,
            title=f"{task.title}转为逾期",
            detail=f"{lead_of(task)}，期限 {day(task.due_on or on)}",
            icon="x-octagon-fill",
            tone="late",
            url=reverse("policy_tasks:task_detail", kwargs={"task_id": task.pk}),
        )
        for task in rows.order_by("-due_on")[:MOST]
    ]


ONE_DAY = datetime.timedelta(days=1)


def lead_of(task: PolicyTask) -> str:
    return task.lead.name if task.lead else "未指定牵头单位"


def day(on: datetime.date) -> str:
    """
    >>> day(datetime.date(2026, 3, 5))
    '3月5日'
    """
    return f"{on.month}月{on.day}日"


def editions_out(
    *, division: str, since: datetime.date, on: datetime.date, actor: Actor
) -> list[Change]:
    rows = (
        editions_visible_to(actor)
        .filter(division_id=division, published_at__date__gte=since, published_at__date__lte=on)
        .select_related("organisation")
        .defer("snapshot")
    )
    return [edition_change(edition) for edition in rows[:MOST]]


def edition_change(edition: Edition) -> Change:
    return Change(
        on=edition.published_at.date() if edition.published_at else datetime.date.min,
        title=f"发布{edition.declaration.title}：{edition.title}",
        detail=f"{edition.label}，{edition.organisation.name}",
        icon="journal-text",
        tone="info",
        url=edition.get_absolute_url(),
    )


def moved_numbers(numbers: Sequence[Number], *, on: datetime.date) -> list[Change]:
    """The numbers that moved this month, as changes."""
    return [
        Change(
            on=on,
            title=f"{number.title}本月 {number.change_text}",
            detail=f"{number.basis} {number.text} {number.unit}",
            icon="arrow-up" if number.change > 0 else "arrow-down",
            tone="open" if number.is_good is None else ("ok" if number.is_good else "watch"),
            url=number.url,
        )
        for number in numbers
        if number.change
    ]
