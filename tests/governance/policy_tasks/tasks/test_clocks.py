"""Reminders, requests for reports, and bringing late tasks before leaders."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.governance.policy_tasks.commands.task_clocks import remind_of_task
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.queries.task_clocks import task_ids_on_the_clock
from silian.governance.policy_tasks.tasks.clocks import remind
from silian.registers.accounts.models import Notification
from tests.governance.policy_tasks.tasks import stage
from tests.world import Person, World

CALENDAR = WorkingCalendar()


def remind_on(task: PolicyTask, day: datetime.date) -> None:
    remind_of_task(task_id=task.pk, actor=system_actor(), today=day, calendar=CALENDAR)


def told(person: Person, words: str) -> int:
    return Notification.objects.filter(user=person.user, title__contains=words).count()


@pytest.mark.parametrize(("days", "notices"), [(8, 0), (7, 1), (5, 1), (1, 2), (0, 2)])
def test_a_week_and_a_day_ahead_the_unit_is_reminded_once_each(
    world: World, industry: Person, days: int, notices: int
) -> None:
    task = stage.running(world, industry)
    for left in range(20, days - 1, -1):
        remind_on(task, stage.DUE - left * stage.DAY)
        remind_on(task, stage.DUE - left * stage.DAY)
    assert told(industry, "到期") == notices


def test_a_late_task_climbs_to_the_keeper_and_then_to_the_leaders(
    world: World, industry: Person
) -> None:
    task = stage.running(world, industry)
    remind_on(task, stage.DUE + stage.DAY)
    assert (told(industry, "逾期"), told(world.coordinator, "逾期")) == (1, 0)
    remind_on(task, CALENDAR.add(stage.DUE, days=3))
    assert (told(world.coordinator, "逾期"), told(world.leader, "逾期")) == (1, 0)
    remind_on(task, CALENDAR.add(stage.DUE, days=10))
    assert (told(world.leader, "逾期"), told(world.supervisor, "逾期")) == (1, 1)
    task.refresh_from_db()
    assert task.escalated_on == CALENDAR.add(stage.DUE, days=10)


def test_an_encouraged_task_never_comes_before_leaders(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    PolicyTask.objects.filter(pk=task.pk).update(force="encouraged")
    remind_on(task, CALENDAR.add(stage.DUE, days=30))
    assert told(world.leader, "") == 0
    assert told(industry, "逾期") == 0
    assert told(industry, "超过期望期限") == 1


def test_a_month_without_report_is_asked_about(world: World, industry: Person) -> None:
    task = stage.running(world, industry, due_on=None)
    late = CALENDAR.add(stage.TODAY, days=23)
    assert task_ids_on_the_clock(on=stage.TODAY, calendar=CALENDAR) == []
    assert task_ids_on_the_clock(on=late, calendar=CALENDAR) == [task.pk]
    remind_on(task, late)
    assert told(industry, "未报送进展") == 1


def test_the_daily_job_looks_at_every_task_on_the_clock(world: World, industry: Person) -> None:
    stage.running(world, industry, due_on=stage.TODAY + 7 * stage.DAY)
    remind(timestamp=0)
    assert told(industry, "7 天到期") == 1
