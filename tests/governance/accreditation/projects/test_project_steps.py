"""A project goes from idea to use: the owner proposes, the leading department decides."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.accreditation.choices.projects import ProjectStage, StepState
from silian.governance.accreditation.commands.project_progress import (
    cure_finding,
    note_finding,
    report_investment,
)
from silian.governance.accreditation.commands.project_steps import (
    Decision,
    agree_step,
    propose_step,
    return_step,
)
from silian.governance.accreditation.commands.projects import change_project, stop_project
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.governance.accreditation.permissions.projects import projects_visible_to
from silian.registers.accounts.models import Notification
from tests.governance.accreditation import stage
from tests.world import OTHER_CITY, World, make_member, make_organisation


def test_a_proposal_waits_with_its_clock_and_tells_the_coordinator(
    world: World, run_jobs: Callable[[], None]
) -> None:
    step = stage.proposed(world, stage.idea(world))
    run_jobs()
    tenth = datetime.date(2026, 4, 1)  # ten working days after 18 March
    assert step.due_at.date() == tenth + datetime.timedelta(days=1)
    assert step.checks.filter(says_met=True).count() == 3
    assert Notification.objects.filter(
        user=world.coordinator.user, title__contains="待审定"
    ).exists()


def test_agreeing_moves_the_project_and_returning_does_not(world: World) -> None:
    project = stage.idea(world)
    back = return_step(
        step_id=stage.proposed(world, project).pk,
        opinion="缺选址意见",
        actor=world.coordinator.actor,
        now=stage.NOW,
    )
    assert (back.state, IntegrationProject.objects.get().stage) == ("returned", "idea")
    assert stage.agreed(world, stage.proposed(world, project)).stage == ProjectStage.RESERVE


def test_a_return_needs_its_reason(world: World) -> None:
    step = stage.proposed(world, stage.idea(world))
    with pytest.raises(DomainError, match="退回理由"):
        return_step(step_id=step.pk, opinion=" ", actor=world.coordinator.actor, now=stage.NOW)


def test_an_unmet_checklist_cannot_be_agreed_to(world: World) -> None:
    step = stage.proposed(world, stage.idea(world), all_met=False)
    with pytest.raises(DomainError, match="1 项未满足"):
        stage.agreed(world, step)
    assert ProjectStep.objects.get().state == StepState.PROPOSED


def test_a_line_that_is_met_names_its_proof(world: World) -> None:
    project = stage.idea(world)
    with pytest.raises(DomainError, match="证明材料"):
        propose_step(
            project_id=project.pk,
            statement="已具备",
            checks={0: (True, " ")},
            files=[],
            actor=world.school.actor,
            now=stage.NOW,
        )


def test_only_one_proposal_waits(world: World) -> None:
    project = stage.idea(world)
    stage.proposed(world, project)
    with pytest.raises(DomainError, match="还在审定"):
        stage.proposed(world, project)


def test_nobody_decides_on_the_project_of_the_own_organisation(world: World) -> None:
    project = stage.idea(world)
    step = stage.proposed(world, project)
    IntegrationProject.objects.update(owner_id=world.coordinator.organisation.pk)
    with pytest.raises(NotAllowed, match="回避"):
        stage.agreed(world, step)
    with pytest.raises(NotAllowed, match="回避"):
        stop_project(
            project_id=project.pk, reason="撤", actor=world.coordinator.actor, today=stage.TODAY
        )


@pytest.mark.parametrize("person", ["school", "reviewer", "supervisor", "leader"])
def test_only_the_leading_department_decides(world: World, person: str) -> None:
    step = stage.proposed(world, stage.idea(world))
    with pytest.raises(NotAllowed):
        agree_step(
            step_id=step.pk,
            decision=Decision(),
            actor=world.people[person].actor,
            now=stage.NOW,
            today=stage.TODAY,
        )


def test_a_coordinator_of_another_city_sees_nothing(world: World) -> None:
    bureau = make_organisation(name="曲靖市教育局", kind="government", division_id=OTHER_CITY)
    other = make_member(
        username="far", organisation=bureau, role="coordinator", jurisdiction_id=OTHER_CITY
    )
    stage.idea(world)
    assert not projects_visible_to(other.actor).exists()


def test_the_library_needs_level_number_and_day(world: World) -> None:
    project = stage.at(world, ProjectStage.APPLICATION)
    step = stage.proposed(world, project)
    with pytest.raises(DomainError, match="层级、编号和日期"):
        agree_step(
            step_id=step.pk,
            decision=Decision(library_level="national"),
            actor=world.coordinator.actor,
            now=stage.NOW,
            today=stage.TODAY,
        )
    project = stage.agreed(world, step)
    assert (project.stage, project.library_number) == ("library", "SK-2026-018")


def test_what_the_library_took_in_is_built_as_approved(world: World) -> None:
    project = stage.at(world, ProjectStage.LIBRARY)
    with pytest.raises(DomainError, match="按批复执行"):
        change_project(
            project_id=project.pk,
            facts=stage.project_facts(total=Decimal("99000000.00")),
            industries=[],
            actor=world.school.actor,
        )
    facts = stage.project_facts(site="高新区创业路 10 号")
    changed = change_project(
        project_id=project.pk, facts=facts, industries=[], actor=world.school.actor
    )
    assert changed.site == "高新区创业路 10 号"


def test_open_findings_keep_a_project_out_of_use_until_they_are_cured(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    report_investment(
        project_id=project.pk,
        month=stage.TODAY,
        completed=project.total,
        evidence="监理月报",
        reason="",
        files=[],
        actor=world.school.actor,
        now=stage.NOW,
    )
    project = stage.agreed(world, stage.proposed(world, project))
    actor = world.coordinator.actor
    finding = note_finding(
        project_id=project.pk, text="标识不全", cure_by=stage.TODAY, actor=actor, now=stage.NOW
    )
    step = stage.proposed(world, project)
    with pytest.raises(DomainError, match="1 项未整改"):
        stage.agreed(world, step)
    cure_finding(
        finding_id=finding.pk,
        cured_on=stage.TODAY,
        note="已补",
        actor=actor,
        today=stage.TODAY,
    )
    project = stage.agreed(world, step, first_class=True)
    assert (project.stage, project.built_on, project.first_class) == ("in_use", stage.TODAY, True)


def test_a_stopped_project_takes_no_more_steps(world: World) -> None:
    project = stage.idea(world)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="终止理由"):
        stop_project(project_id=project.pk, reason="", actor=actor, today=stage.TODAY)
    stopped = stop_project(project_id=project.pk, reason="校区调整", actor=actor, today=stage.TODAY)
    assert stopped.stage == ProjectStage.STOPPED
    with pytest.raises(DomainError, match="没有下一环节"):
        stage.proposed(world, stopped)
    with pytest.raises(WrongState):
        stop_project(project_id=project.pk, reason="再次", actor=actor, today=stage.TODAY)
