"""Issuing an order from a late task (签发督办单)."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.policy_tasks.choices import FindingState, TaskState
from silian.governance.policy_tasks.commands.supervision_findings import issue_finding
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.supervision import findings_visible_to
from silian.registers.policies.choices import Force
from silian.registers.policies.models import PolicyBody
from tests.governance.policy_tasks.supervision.stage import (
    NOW,
    issued,
    make_order,
    make_task,
    other_department,
)
from tests.world import OTHER_CITY, World


def test_an_order_about_a_late_task_is_due_after_working_days(world: World) -> None:
    task = make_task(world)
    finding = issued(world, task_id=task.pk)
    assert finding.state == FindingState.ISSUED
    assert finding.task == task
    assert finding.number == "督办〔2026〕1号"
    assert finding.due_on == datetime.date(2026, 3, 25)
    assert issued(world).number == "督办〔2026〕2号"


def test_an_order_about_an_encouraged_task_is_a_gap(world: World) -> None:
    task = make_task(world, force=Force.ENCOURAGED)
    finding = issued(world, task_id=task.pk)
    assert finding.is_soft
    assert finding.word == "差距"


def test_only_a_supervisor_issues(world: World) -> None:
    for role in ("coordinator", "leader", "reviewer", "enterprise"):
        with pytest.raises(NotAllowed):
            issue_finding(order=make_order(world), actor=world.people[role].actor, now=NOW)


def test_a_task_of_another_city_is_out_of_reach(world: World) -> None:
    task = make_task(world, division_id=OTHER_CITY)
    with pytest.raises(PolicyTask.DoesNotExist):
        issued(world, task_id=task.pk)


def test_a_draft_that_is_not_assigned_is_out_of_reach(world: World) -> None:
    task = make_task(world, state=TaskState.DRAFT, assigned_at=None)
    with pytest.raises(PolicyTask.DoesNotExist):
        issued(world, task_id=task.pk)


def test_a_body_of_another_city_is_refused(world: World) -> None:
    body = PolicyBody.objects.create(division_id=OTHER_CITY, name="外市教育局")
    with pytest.raises(DomainError, match="本地区现有的责任单位"):
        issued(world, body_id=body.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "  "), ("text", "无"), ("demand", ""), ("working_days", 0), ("working_days", 61)],
)
def test_an_incomplete_order_is_refused(world: World, field: str, value: object) -> None:
    with pytest.raises(DomainError) as refusal:
        issued(world, **{field: value})
    assert refusal.value.field == field


def test_a_department_sees_only_orders_about_itself(world: World) -> None:
    finding = issued(world)
    assert finding in findings_visible_to(world.reviewer.actor)
    for role in ("supervisor", "coordinator", "leader"):
        assert finding in findings_visible_to(world.people[role].actor)
    assert not findings_visible_to(other_department().actor).exists()
    assert not findings_visible_to(world.enterprise.actor).exists()
