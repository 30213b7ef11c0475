"""Who gets what from the addresses of projects, school projects and approvals."""

from __future__ import annotations

from typing import Any

from silian.governance.accreditation.commands.project_funds import record_fund
from silian.governance.accreditation.commands.schools import raise_block
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.models.guide import GuideMatter
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.models.project_money import FundEntry
from silian.governance.accreditation.models.project_progress import (
    AcceptanceFinding,
    ProjectMilestone,
)
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.governance.accreditation.models.schools import (
    SchoolBlock,
    SchoolMilestone,
    SchoolProject,
)
from silian.registers.organisations.models import Organisation
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.governance.accreditation import stage
from tests.world import ROLES, Person, World

DONE, INVALID = 302, 422
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
INSIDERS = ("enterprise", "rival", "school", *OFFICIALS)
OWNERS = ("enterprise", "rival", "school", "reviewer", "coordinator")


def table(default: int, **statuses: int) -> dict[str, int]:
    return {**dict.fromkeys(ROLES, default), "anonymous": LOGIN, **statuses}


def officials(status: int) -> dict[str, int]:
    return dict.fromkeys(OFFICIALS, status)


BROUGHT = table(REFUSED, **{**dict.fromkeys(OWNERS, HIDDEN), "school": OK})


def project_of(world: World) -> IntegrationProject:
    return IntegrationProject.objects.first() or stage.idea(world)


def project(world: World) -> dict[str, Any]:
    return {"project_id": project_of(world).pk}


def step(world: World) -> dict[str, Any]:
    found = ProjectStep.objects.first() or stage.proposed(world, project_of(world))
    return {"step_id": found.pk, "name": "agree"}


def milestone(world: World) -> dict[str, Any]:
    found = ProjectMilestone.objects.first() or stage.milestone(project_of(world))
    return {"milestone_id": found.pk, "name": "done"}


def finding(world: World) -> dict[str, Any]:
    found = AcceptanceFinding.objects.first() or AcceptanceFinding.objects.create(
        project=project_of(world), text="标识不全", cure_by=stage.TODAY,
        found_by=world.coordinator.user, found_at=stage.NOW,
    )  # fmt: skip
    return {"finding_id": found.pk}


def fund(world: World) -> dict[str, Any]:
    found = FundEntry.objects.first() or record_fund(
        project_id=project_of(world).pk, movement=stage.money(),
        actor=world.coordinator.actor, now=stage.NOW,
    )  # fmt: skip
    return {"entry_id": found.pk}


def brought(world: World) -> dict[str, Any]:
    found = ProjectImport.objects.first() or ProjectImport.objects.create(
        organisation=unit(world.school), file_name="p.xlsx", mode="good", rows=0, good_rows=0
    )
    return {"import_id": found.pk}


def unit(person: Person) -> Organisation:
    assert person.organisation is not None
    return person.organisation


def school_of(world: World) -> SchoolProject:
    return SchoolProject.objects.first() or stage.school_project(world)


def school(world: World) -> dict[str, Any]:
    return {"project_id": school_of(world).pk}


def condition(world: World) -> dict[str, Any]:
    return {"condition_id": school_of(world).conditions.all()[0].pk, "name": "check"}


def school_milestone(world: World) -> dict[str, Any]:
    found = SchoolMilestone.objects.first() or SchoolMilestone.objects.create(
        project=school_of(world), title="立项", planned_on=stage.TODAY
    )
    return {"milestone_id": found.pk}


def block(world: World) -> dict[str, Any]:
    found = SchoolBlock.objects.first() or raise_block(
        project_id=school_of(world).pk, text="用地", owner=world.reviewer.organisation,
        since=stage.TODAY, actor=world.coordinator.actor, today=stage.TODAY,
    )  # fmt: skip
    return {"block_id": found.pk}


def matter_of(world: World) -> GuideMatter:
    return GuideMatter.objects.first() or stage.matter(world)


def matter(world: World) -> dict[str, Any]:
    return {"matter_id": matter_of(world).pk}


def case_of(world: World) -> ApprovalCase:
    return ApprovalCase.objects.first() or stage.case(world, matter_of(world))


def named(kwargs: Any, name: str) -> Any:
    return lambda world: {**kwargs(world), "name": name}


def case(world: World) -> dict[str, Any]:
    return {"case_id": case_of(world).pk}


OWNED = table(HIDDEN, school=OK, **officials(REFUSED))
LED = table(HIDDEN, school=REFUSED, **{**officials(REFUSED), "coordinator": OK})
KEPT_MATTER = table(REFUSED, reviewer=OK, coordinator=OK)
CASE = table(HIDDEN, school=OK, reviewer=OK, coordinator=OK)
SCHOOL_READ = table(HIDDEN, school=OK, **officials(OK))
CHECKED = {**LED, "reviewer": OK}
ACCESS: dict[str, Row] = {
    "accreditation:project_list": only(*INSIDERS),
    "accreditation:project_new": only(*OWNERS),
    "accreditation:project_board": only(*OFFICIALS),
    "accreditation:project_report": only(*INSIDERS),
    "accreditation:project_import": only(*OWNERS),
    "accreditation:import_template": Row(statuses=table(DONE, **dict.fromkeys(OWNERS, OK))),
    "accreditation:import_detail": Row(statuses=BROUGHT, kwargs=brought),
    "accreditation:import_faults": Row(statuses=BROUGHT, kwargs=brought),
    "accreditation:import_confirm": Row(
        statuses={**BROUGHT, "school": DONE}, kwargs=brought, method="post"
    ),
    "accreditation:import_drop": Row(
        statuses={**BROUGHT, "school": DONE}, kwargs=brought, method="post"
    ),
    "accreditation:project_public": public(),
    "accreditation:project_detail": Row(
        statuses=table(HIDDEN, school=OK, **officials(OK)), kwargs=project
    ),
    "accreditation:project_edit": Row(statuses=OWNED, kwargs=project),
    "accreditation:project_total": Row(
        statuses={**LED, "coordinator": DONE}, kwargs=project, method="post"
    ),
    "accreditation:project_act": Row(statuses=OWNED, kwargs=named(project, "milestone")),
    "accreditation:step_act": Row(statuses=LED, kwargs=step),
    "accreditation:milestone_act": Row(statuses=OWNED, kwargs=milestone),
    "accreditation:finding_cure": Row(statuses=LED, kwargs=finding),
    "accreditation:fund_void": Row(statuses={**LED, "school": OK}, kwargs=fund),
    "accreditation:school_list": only("school", *OFFICIALS),
    "accreditation:school_new": only("coordinator"),
    "accreditation:school_detail": Row(statuses=SCHOOL_READ, kwargs=school),
    "accreditation:school_act": Row(
        statuses={**CHECKED, "school": OK}, kwargs=named(school, "milestone")
    ),
    "accreditation:condition_act": Row(statuses=CHECKED, kwargs=condition),
    "accreditation:school_milestone_done": Row(
        statuses={**CHECKED, "school": OK}, kwargs=school_milestone
    ),
    "accreditation:block_solve": Row(statuses=CHECKED, kwargs=block),
    "accreditation:matter_list": public(),
    "accreditation:matter_detail": public(kwargs=matter),
    "accreditation:matters_kept": only("reviewer", "coordinator"),
    "accreditation:matter_new": only("reviewer", "coordinator"),
    "accreditation:matter_edit": Row(statuses=KEPT_MATTER, kwargs=matter),
    "accreditation:matter_publish": Row(
        statuses={**KEPT_MATTER, "reviewer": 409, "coordinator": 409},
        kwargs=matter,
        method="post",
    ),
    "accreditation:matter_withdraw": Row(statuses=KEPT_MATTER, kwargs=matter),
    "accreditation:matter_form": Row(statuses=KEPT_MATTER, kwargs=matter),
    "accreditation:case_new": only("enterprise", "rival", "school", kwargs=matter),
    "accreditation:case_list": only("enterprise", "rival", "school", "reviewer", "coordinator"),
    "accreditation:case_detail": Row(statuses=CASE, kwargs=case),
    "accreditation:case_act": Row(
        statuses={**CASE, "school": REFUSED}, kwargs=named(case, "accept")
    ),
}
