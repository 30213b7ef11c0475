"""Naming leads, setting days, giving out one or many, cancelling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.commands.task_assigning import (
    Arrangement,
    arrange_task,
    assign_task,
    assign_tasks,
    cancel_task,
)
from silian.governance.policy_tasks.commands.task_drafting import TaskPlan, add_part, add_task
from silian.governance.policy_tasks.models import PolicyTask
from silian.registers.accounts.models import Notification
from silian.registers.policies.models import PolicyBody
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, Person, World


def plan_for(task: PolicyTask, **values: object) -> Arrangement:
    return Arrangement(**{"lead": task.lead, "due_on": stage.DUE, **values})  # type: ignore[arg-type]


def test_a_task_without_lead_is_not_given_out(world: World) -> None:
    task = stage.draft(world)
    with pytest.raises(DomainError, match="原文未写明牵头单位，请先指定牵头单位"):
        assign_task(task_id=task.pk, actor=world.coordinator.actor, now=stage.NOW)


def test_a_named_lead_is_noted_as_named_by_hand(world: World, industry: Person) -> None:
    task = stage.draft(world)
    lead = stage.body_of(industry, name="市工业和信息化局")
    arrange_task(
        task_id=task.pk,
        plan=plan_for(task, lead=lead),
        actor=world.coordinator.actor,
        today=stage.TODAY,
    )
    change = task.changes.get(kind="lead")
    assert (change.before, change.after) == ("原文未写明", "市工业和信息化局")


def test_giving_out_tells_the_members_of_the_lead(
    world: World, industry: Person, run_jobs: Callable[[], None]
) -> None:
    stage.assigned(world, industry)
    run_jobs()
    assert Notification.objects.filter(user=industry.user, title__contains="请签收").count() == 1


def test_of_many_those_that_can_be_are_given_out(world: World, industry: Person) -> None:
    document = stage.make_document(world)
    first = stage.draft(world, industry, document=document)
    second = stage.draft(world, document=document)
    given, refused = assign_tasks(
        task_ids=[first.pk, second.pk], actor=world.coordinator.actor, now=stage.NOW
    )
    assert [task.pk for task in given] == [first.pk]
    assert [row.task.pk for row in refused] == [second.pk]


@pytest.mark.parametrize("person", ["supervisor", "leader"])
def test_others_do_not_arrange(world: World, industry: Person, person: str) -> None:
    task = stage.assigned(world, industry)
    with pytest.raises(NotAllowed, match="统筹单位办理"):
        arrange_task(
            task_id=task.pk,
            plan=plan_for(task),
            actor=world.people[person].actor,
            today=stage.TODAY,
        )


def test_a_given_task_is_moved_only_with_a_reason(world: World, industry: Person) -> None:
    task = stage.assigned(world, industry)
    later = plan_for(task, due_on=stage.DUE + stage.DAY)
    with pytest.raises(DomainError, match="须写明原因"):
        arrange_task(task_id=task.pk, plan=later, actor=world.coordinator.actor, today=stage.TODAY)


def test_the_owner_is_a_member_of_the_lead(world: World, industry: Person) -> None:
    task = stage.draft(world, industry)
    plan = plan_for(task, owner_id=world.supervisor.user.pk)
    with pytest.raises(DomainError, match="责任人须是牵头单位的成员"):
        arrange_task(task_id=task.pk, plan=plan, actor=world.coordinator.actor, today=stage.TODAY)


def test_cancelling_needs_a_reason_and_stays_to_be_read(world: World, industry: Person) -> None:
    task = stage.assigned(world, industry)
    with pytest.raises(DomainError, match="请写明取消任务的原因"):
        cancel_task(task_id=task.pk, reason=" ", actor=world.coordinator.actor)
    cancel_task(task_id=task.pk, reason="并入另一任务", actor=world.coordinator.actor)
    assert industry.client.get(task.get_absolute_url()).status_code == 200


def test_a_part_ends_no_later_than_the_whole(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    lead = stage.body_of(world.coordinator, name="市教育局")
    given = {"task_id": task.pk, "actor": industry.actor, "today": stage.TODAY, "now": stage.NOW}
    late = TaskPlan(title="选址", lead=lead, due_on=stage.DUE + stage.DAY)
    with pytest.raises(DomainError, match="不能晚于上级任务期限"):
        add_part(plan=late, **given)
    part = add_part(plan=TaskPlan(title="选址", lead=lead), **given)
    assert (part.state, part.due_on, part.number) == ("assigned", stage.DUE, f"{task.number}.1")


def test_a_draft_is_not_divided(world: World, industry: Person) -> None:
    task = stage.draft(world, industry)
    plan = TaskPlan(title="选址", lead=task.lead)
    with pytest.raises(WrongState, match="不能分解子任务"):
        add_part(
            task_id=task.pk,
            plan=plan,
            actor=world.coordinator.actor,
            today=stage.TODAY,
            now=stage.NOW,
        )


def test_a_coordinator_adds_a_task_by_hand(world: World, industry: Person) -> None:
    lead = stage.body_of(industry, name="市工业和信息化局")
    task = add_task(
        division=CITY,
        plan=TaskPlan(title="摸清用工缺口", lead=lead, due_on=stage.DUE),
        actor=world.coordinator.actor,
        today=stage.TODAY,
    )
    assert (task.state, task.number) == (TaskState.DRAFT, "2026自-001")
    with pytest.raises(NotAllowed, match="牵头部门的统筹人员"):
        add_task(
            division=CITY,
            plan=TaskPlan(title="同上"),
            actor=industry.actor,
            today=stage.TODAY,
        )
    assert PolicyBody.objects.count() == 1
