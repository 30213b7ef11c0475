"""Who may see and keep school building and upgrade projects."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.accreditation.models.schools import (
    SchoolBlock,
    SchoolCondition,
    SchoolMilestone,
    SchoolProject,
)
from silian.governance.accreditation.permissions.projects import INSIDE_ROLES, is_overseer
from silian.registers.organisations.choices import OrganisationKind, Role


def in_reach(actor: Actor, *, project: str = "") -> Q:
    """One's own school's projects, those one keeps or holds up; for officials the region's."""
    seen = Q(pk__in=[])
    if actor.organisation_id and actor.has_role(*INSIDE_ROLES):
        seen |= Q(**{f"{project}school_id": actor.organisation_id})
        seen |= Q(**{f"{project}keeper_id": actor.organisation_id})
        blocked = SchoolBlock.objects.filter(owner_id=actor.organisation_id)
        seen |= Q(**{f"{project}pk__in": blocked.values("project_id")})
    if is_overseer(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(**{f"{project}division__code__startswith": prefix})
    return seen


def school_projects_visible_to(actor: Actor) -> QuerySet[SchoolProject]:
    return SchoolProject.objects.filter(in_reach(actor))


def conditions_visible_to(actor: Actor) -> QuerySet[SchoolCondition]:
    return SchoolCondition.objects.filter(in_reach(actor, project="project__"))


def school_milestones_visible_to(actor: Actor) -> QuerySet[SchoolMilestone]:
    return SchoolMilestone.objects.filter(in_reach(actor, project="project__"))


def blocks_visible_to(actor: Actor) -> QuerySet[SchoolBlock]:
    return SchoolBlock.objects.filter(in_reach(actor, project="project__"))


def may_read_school_projects(actor: Actor) -> bool:
    inside = actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*INSIDE_ROLES)
    return is_overseer(actor) or inside


def may_open_school_project(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def may_report_school(actor: Actor, project: SchoolProject) -> bool:
    """Whether the actor tells figures and progress: the school itself, or who keeps the project."""
    own = actor.organisation_id == project.school_id and actor.has_role(Role.MANAGER, Role.AGENT)
    return own or may_check_school(actor, project)


def may_check_school(actor: Actor, project: SchoolProject) -> bool:
    """Whether the actor finds that a condition is met: an official, never the school itself."""
    official = actor.has_role(Role.COORDINATOR) and actor.covers(project.division_id)
    keeper = actor.organisation_id == project.keeper_id and actor.has_role(
        Role.REVIEWER, Role.COORDINATOR
    )
    return (official or keeper) and actor.organisation_id != project.school_id


def require_reporter(actor: Actor, project: SchoolProject) -> None:
    if not may_report_school(actor, project):
        raise NotAllowed("进展由学校经办人员或责任单位登记，请联系学校。")


def require_checker(actor: Actor, project: SchoolProject) -> None:
    if not may_check_school(actor, project):
        raise NotAllowed("核对由牵头部门统筹人员或责任单位办理，学校不能核对自己的项目。")


def require_opener(actor: Actor) -> None:
    if not may_open_school_project(actor):
        raise NotAllowed("学校项目由本地区牵头部门统筹人员登记，请联系牵头部门。")
