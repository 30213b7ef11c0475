"""Register projects, change them, link and publish what belongs to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Industry
from silian.governance.accreditation.choices.projects import (
    EARLY_STAGES,
    ENDED_STAGES,
    ProjectStage,
)
from silian.governance.accreditation.events.projects import (
    ProjectMoneyMoved,
    ProjectStageChanged,
)
from silian.governance.accreditation.models.project_progress import InvestmentReport
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.permissions.projects import (
    is_applicant,
    projects_visible_to,
    require_decider,
    require_owner,
)
from silian.governance.accreditation.workflow.project import project as life


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """What is typed about a project (项目情况)."""

    name: str
    kind: str
    division_id: str
    site: str
    content: str
    total: Decimal
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    responsible: str = ""


def locked_project(*, project_id: int, actor: Actor) -> IntegrationProject:
    """The project, locked, when the actor may see it."""
    return projects_visible_to(actor).select_for_update(of=("self",)).get(pk=project_id)


def refuse_taken_name(*, owner_id: int, name: str, but: int = 0) -> None:
    rows = IntegrationProject.objects.filter(owner_id=owner_id, name=name).exclude(pk=but)
    if rows.exists():
        raise DomainError(f"本单位已有“{name}”。请改名，或在原项目里办理。", field="name")


def refuse_ended(project: IntegrationProject) -> None:
    if project.stage in ENDED_STAGES:
        raise DomainError(f"项目{project.get_stage_display()}，不能再修改。")


@transaction.atomic
def register_project(
    *,
    facts: ProjectFacts,
    industries: Sequence[Industry],
    actor: Actor,
    today: datetime.date,
) -> IntegrationProject:
    """Write down the idea of a project of one's own organisation (登记项目谋划)."""
    if not is_applicant(actor):
        raise NotAllowed("项目由已核验单位的管理员或经办人登记，请联系贵单位管理员。")
    owner_id = actor.organisation_id or 0
    refuse_taken_name(owner_id=owner_id, name=facts.name)
    project = IntegrationProject.objects.create(
        owner_id=owner_id, stage_since=today, registered_on=today, **asdict(facts)
    )
    project.industries.set(industries)
    record(actor, "accreditation.project.registered", project)
    publish(ProjectStageChanged(project_id=project.pk))
    return project


@transaction.atomic
def change_project(
    *, project_id: int, facts: ProjectFacts, industries: Sequence[Industry], actor: Actor
) -> IntegrationProject:
    """Change what is known of a project; after the library only site, days and who answers."""
    project = locked_project(project_id=project_id, actor=actor)
    require_owner(actor, project)
    refuse_ended(project)
    refuse_taken_name(owner_id=project.owner_id, name=facts.name, but=project.pk)
    refuse_approved_changes(project, facts=facts)
    values = asdict(facts)
    for name, value in values.items():
        setattr(project, name, value)
    project.save(update_fields=list(values))
    project.industries.set(industries)
    record(actor, "accreditation.project.changed", project)
    publish(ProjectStageChanged(project_id=project.pk))
    return project


def refuse_approved_changes(project: IntegrationProject, *, facts: ProjectFacts) -> None:
    """What the library took in is built as approved; the total never falls below what is done.

    Basis: 《政府投资条例》: 按照批准的建设地点、建设规模和建设内容实施.
    """
    done = (
        InvestmentReport.objects.current()  # type: ignore[attr-defined]
        .filter(project=project)
        .order_by("-month")
        .first()
    )
    if done is not None and facts.total < done.completed:
        raise DomainError(f"总投资不能少于已完成投资 {done.completed:,.2f} 元。", field="total")
    if project.stage in EARLY_STAGES:
        return
    for name in ("kind", "division_id", "total"):
        if getattr(facts, name) != getattr(project, name):
            raise DomainError(
                "项目已入库，类别、地区和总投资按批复执行，不能直接修改。"
                "确需调整请先取得批准调整的文件，由牵头部门终止后重新申报。",
                field=name.removesuffix("_id"),
            )


@transaction.atomic
def stop_project(
    *, project_id: int, reason: str, actor: Actor, today: datetime.date
) -> IntegrationProject:
    """End a project that will not be built (终止项目)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_decider(actor, project)
    if not reason.strip():
        raise DomainError("请写明终止理由和文件依据。", field="reason")
    project.stage = life.target("stop", state=ProjectStage(project.stage))
    project.stage_since, project.stop_reason = today, reason.strip()[:300]
    project.save(update_fields=["stage", "stage_since", "stop_reason"])
    record(actor, "accreditation.project.stopped", project, reason=reason.strip())
    publish(ProjectStageChanged(project_id=project.pk))
    return project


@transaction.atomic
def show_total(*, project_id: int, shown: bool, actor: Actor) -> IntegrationProject:
    """Let the public page tell the total investment, or not (公开总投资)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_decider(actor, project)
    project.total_is_public = shown
    project.save(update_fields=["total_is_public"])
    publish(ProjectMoneyMoved(project_id=project.pk))
    if shown:
        record(actor, "accreditation.project.total_published", project)
    else:
        record(actor, "accreditation.project.total_hidden", project)
    return project


@transaction.atomic
def link_recognition(*, project_id: int, reference: str, actor: Actor) -> IntegrationProject:
    """Note which recognition a project carries, as a plain reference (关联认定)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_decider(actor, project)
    project.recognition = reference.strip()[:60]
    project.save(update_fields=["recognition"])
    record(actor, "accreditation.project.recognised", project)
    return project
