"""Who may see, propose and decide on projects of the pipeline."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.accreditation.choices.projects import OBTAINED_SOURCES, FundSource
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.models.project_progress import (
    AcceptanceFinding,
    InvestmentReport,
    ProjectMilestone,
    ProjectPhoto,
)
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.registers.organisations.choices import (
    JURISDICTION_ROLES,
    WRITING_ROLES,
    OrganisationKind,
    Role,
)
from silian.registers.organisations.models import Organisation

OWNER_ROLES = WRITING_ROLES | {Role.REVIEWER}
INSIDE_ROLES = OWNER_ROLES | {Role.READER, Role.LEADER}
PUBLIC_SOURCES = frozenset({*OBTAINED_SOURCES, FundSource.LOCAL})


def is_overseer(actor: Actor) -> bool:
    """Whether the actor looks after a whole region."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def is_applicant(actor: Actor) -> bool:
    """Whether the actor acts for a verified school, enterprise or park (申报单位经办)."""
    is_government = actor.organisation_kind == OrganisationKind.GOVERNMENT
    roles = OWNER_ROLES if is_government else frozenset({Role.MANAGER, Role.AGENT})
    return actor.organisation_verified and actor.has_role(*roles)


def may_read_projects(actor: Actor) -> bool:
    return is_overseer(actor) or is_applicant(actor) or actor.has_role(*INSIDE_ROLES)


def in_reach(actor: Actor, *, project: str = "") -> Q:
    """Rows of the actor's own projects, and for officials those of the region."""
    seen = Q(pk__in=[])
    if actor.organisation_id and actor.has_role(*INSIDE_ROLES):
        seen |= Q(**{f"{project}owner_id": actor.organisation_id})
    if is_overseer(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(**{f"{project}division__code__startswith": prefix})
    return seen


def projects_visible_to(actor: Actor) -> QuerySet[IntegrationProject]:
    """One's own projects; for officials all of the region."""
    return IntegrationProject.objects.filter(in_reach(actor))


def steps_visible_to(actor: Actor) -> QuerySet[ProjectStep]:
    return ProjectStep.objects.filter(in_reach(actor, project="project__"))


def milestones_visible_to(actor: Actor) -> QuerySet[ProjectMilestone]:
    return ProjectMilestone.objects.filter(in_reach(actor, project="project__"))


def findings_visible_to(actor: Actor) -> QuerySet[AcceptanceFinding]:
    return AcceptanceFinding.objects.filter(in_reach(actor, project="project__"))


def may_run_project(actor: Actor, project: IntegrationProject) -> bool:
    """Whether the actor keeps the project for its owner (申报单位)."""
    return is_applicant(actor) and actor.organisation_id == project.owner_id


def may_decide(actor: Actor, project: IntegrationProject) -> bool:
    """Whether the actor decides: the leading department of the region, never the owner (审定)."""
    return (
        actor.has_role(Role.COORDINATOR)
        and actor.covers(project.division_id)
        and actor.organisation_id != project.owner_id
    )


def may_record_funds(actor: Actor, project: IntegrationProject, *, source: str = "") -> bool:
    """Public money by the leading department, one's own money by the owner as well."""
    if may_decide(actor, project):
        return True
    return may_run_project(actor, project) and source not in PUBLIC_SOURCES


def may_import(actor: Actor) -> bool:
    return is_applicant(actor) or actor.has_role(Role.COORDINATOR)


def may_bring(actor: Actor, owner: Organisation) -> bool:
    """Whether the actor registers projects of the unit: its own, or those of the region."""
    if is_applicant(actor) and owner.pk == actor.organisation_id:
        return True
    return actor.has_role(Role.COORDINATOR) and actor.covers(owner.division_id)


def imports_visible_to(actor: Actor) -> QuerySet[ProjectImport]:
    """The files that people of one's own unit brought in."""
    if not (may_import(actor) and actor.organisation_id):
        return ProjectImport.objects.none()
    return ProjectImport.objects.filter(organisation_id=actor.organisation_id)


def require_owner(actor: Actor, project: IntegrationProject) -> None:
    if not may_run_project(actor, project):
        raise NotAllowed("项目由申报单位的管理员或经办人办理，请联系申报单位。")


def require_decider(actor: Actor, project: IntegrationProject) -> None:
    if actor.has_role(Role.COORDINATOR) and actor.organisation_id == project.owner_id:
        raise NotAllowed("项目属于贵单位，按回避要求不能自己审定。请由上一级牵头部门审定。")
    if not may_decide(actor, project):
        raise NotAllowed("项目由建设地区的牵头部门统筹人员审定，请联系当地牵头部门。")


def reads_project_of(model: type) -> object:
    def may_read(actor: Actor, file: StoredFile) -> bool:
        rows = model.objects.filter(in_reach(actor, project="project__"))  # type: ignore[attr-defined]
        return bool(rows.filter(pk=int(file.object_id)).exists())

    return may_read


def may_read_import(actor: Actor, file: StoredFile) -> bool:
    return imports_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("accreditation.projectimport", may_read_import)
for name, kept in (
    ("projectstep", ProjectStep),
    ("investmentreport", InvestmentReport),
    ("projectphoto", ProjectPhoto),
    ("projectmilestone", ProjectMilestone),
):
    register_file_readers(f"accreditation.{name}", reads_project_of(kept))  # type: ignore[arg-type]
