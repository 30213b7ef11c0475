"""Drafts of clauses and decisions: who leads is only who the text prints as leading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.registers.accounts.models import Notification
from silian.registers.policies.choices import BodyRole
from silian.registers.policies.events import PolicyIssued
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, Person, World


def test_the_first_listed_body_is_not_taken_for_the_lead(world: World, industry: Person) -> None:
    education = stage.body_of(world.coordinator, name="市教育局")
    other = stage.body_of(industry, name="市工业和信息化局")
    document = stage.make_document(world)
    share = BodyRole.RESPONSIBLE.value
    stage.add_clause(document, bodies=[(education, share), (other, share)])
    (task,) = stage.drafted(document)
    assert task.lead is None
    assert [row.body for row in task.bodies.all()] == [education, other]


def test_a_printed_lead_leads_and_the_others_share(world: World, industry: Person) -> None:
    education = stage.body_of(world.coordinator, name="市教育局")
    other = stage.body_of(industry, name="市工业和信息化局")
    document = stage.make_document(world)
    stage.add_clause(
        document, bodies=[(other, BodyRole.COOPERATE.value), (education, BodyRole.LEAD.value)]
    )
    (task,) = stage.drafted(document)
    assert task.lead == education
    assert [(row.body, row.role) for row in task.bodies.all()] == [(other, "cooperate")]
    assert task.number == f"{stage.NUMBER}-01"
    assert task.state == TaskState.DRAFT
    assert task.keeper == world.coordinator.organisation


def test_a_second_drafting_makes_nothing(world: World, industry: Person) -> None:
    task = stage.draft(world, industry)
    assert stage.drafted(task.document) == []
    assert PolicyTask.objects.count() == 1


def test_only_clauses_that_ask_somebody_become_tasks(world: World) -> None:
    document = stage.make_document(world)
    stage.add_clause(document, bodies=[], is_task=False)
    assert stage.drafted(document) == []


def test_a_restated_target_points_at_the_one_that_counts(world: World) -> None:
    document = stage.make_document(world)
    clause = stage.add_clause(document, bodies=[])
    first = stage.add_target(clause, rule="N32")
    stage.add_target(clause, rule="N39", repeats=first, order=1)
    stage.drafted(document)
    counted, repeated = Target.objects.order_by("number")
    assert (counted.is_counted, repeated.is_counted) == (True, False)
    assert repeated.repeats == counted


def test_a_dated_goal_becomes_a_step_of_its_task_or_of_the_document(world: World) -> None:
    document = stage.make_document(world)
    stage.add_goal(stage.add_clause(document, bodies=[]))
    stage.add_goal(stage.add_clause(document, bodies=[], is_task=False), title="思路")
    stage.drafted(document)
    assert Milestone.objects.get(title="五项制度运行").task is not None
    assert Milestone.objects.get(title="思路").task is None


def test_an_issued_document_makes_its_ledger_and_tells_its_keeper(
    world: World, run_jobs: Callable[[], None]
) -> None:
    document = stage.make_document(world)
    stage.add_clause(document, bodies=[])
    for _ in range(2):  # a handler may run twice
        publish(PolicyIssued(document_id=document.pk, division=CITY))
        run_jobs()
    assert PolicyTask.objects.count() == 1
    notices = Notification.objects.filter(user=world.coordinator.user, title__contains="待下达")
    assert notices.count() == 1
    assert "1 项原文未写明牵头单位" in notices.get().detail


@pytest.mark.parametrize("person", ["reviewer", "supervisor", "leader", "enterprise", "expert"])
def test_drafts_are_seen_by_the_keeper_alone(world: World, person: str, industry: Person) -> None:
    task = stage.draft(world, industry)
    assert world.coordinator.client.get(task.get_absolute_url()).status_code == 200
    assert world.people[person].client.get(task.get_absolute_url()).status_code == 404
    assert industry.client.get(task.get_absolute_url()).status_code == 404


def test_another_coordinator_does_not_see_the_drafts(world: World, industry: Person) -> None:
    task = stage.draft(world, industry)
    other = stage.make_member(
        username="other-coordinator",
        organisation=stage.make_organisation(
            name="青澜市发展和改革委员会（演示）", kind="government", division_id=CITY
        ),
        role=stage.Role.COORDINATOR,
        jurisdiction_id=CITY,
    )
    assert other.client.get(task.get_absolute_url()).status_code == 404
