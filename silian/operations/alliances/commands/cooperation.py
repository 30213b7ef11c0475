"""Register projects with other regions and countries, move them on, report their years."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.cooperation import CooperationStage
from silian.operations.alliances.events.cooperation import (
    CooperationMoved,
    CooperationYearReported,
)
from silian.operations.alliances.models.cooperation import CooperationProject, CooperationYear
from silian.operations.alliances.permissions.cooperation import (
    projects_visible_to,
    require_project_keeper,
    require_registrar,
    require_unit,
)
from silian.operations.alliances.queries.partners import partner_named
from silian.operations.alliances.workflow.cooperation import cooperation as steps
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """What is typed about a project (合作项目情况)."""

    title: str
    scope: str
    kind: str
    partner: str
    partner_place: str
    built: str
    summary: str
    agreement_reference: str
    partner_unit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """What a year came to (年度成效)."""

    students_out: int
    teachers_out: int
    students_in: int
    experts_in: int
    result: str


@transaction.atomic
def register_project(
    *, organisation_id: int, facts: ProjectFacts, actor: Actor
) -> CooperationProject:
    """Register a project that is being talked about (登记对外合作项目)."""
    require_registrar(actor)
    unit = Organisation.objects.get(pk=organisation_id)
    require_unit(actor, organisation_id=unit.pk, division=unit.division_id)
    project = CooperationProject.objects.create(
        organisation=unit,
        division_id=unit.division_id,
        **{**asdict(facts), **named_partner(facts, own=unit.pk)},
    )
    record(actor, "alliances.cooperation.registered", project)
    publish(CooperationMoved(project_id=project.pk))
    return project


def named_partner(facts: ProjectFacts, *, own: int) -> dict[str, Any]:
    """The partner as columns: linked when it is in the directory, else by its full name."""
    partner = partner_named(name=facts.partner, unit_id=facts.partner_unit_id)
    if not partner.name:
        raise DomainError("请从名录中选择合作方；名录里没有的写机构全称。", field="partner_unit")
    if partner.unit_id == own:
        raise DomainError("合作方不能是承担单位自己。", field="partner_unit")
    return {"partner": partner.name, "partner_unit_id": partner.unit_id}


def locked_project(*, project_id: int, actor: Actor) -> CooperationProject:
    rows = projects_visible_to(actor).select_related("organisation")
    project = rows.select_for_update(of=("self",)).get(pk=project_id)
    require_project_keeper(actor, project)
    return project


@transaction.atomic
def change_project(*, project_id: int, facts: ProjectFacts, actor: Actor) -> CooperationProject:
    """Change what is known of a project; a signed one keeps an agreement (修改合作项目)."""
    project = locked_project(project_id=project_id, actor=actor)
    if project.ended_on is not None:
        raise DomainError("已结束或中止的项目不能修改。")
    if project.starts_on is not None and not facts.agreement_reference.strip():
        raise DomainError("已签约的项目要保留协议编号。", field="agreement_reference")
    values = {**asdict(facts), **named_partner(facts, own=project.organisation_id)}
    for name, value in values.items():
        setattr(project, name, value)
    project.save(update_fields=list(values))
    record(actor, "alliances.cooperation.changed", project)
    publish(CooperationMoved(project_id=project.pk))
    return project


@transaction.atomic
def move_project(
    *,
    project_id: int,
    name: str,
    on: datetime.date,
    reason: str,
    actor: Actor,
    today: datetime.date,
) -> CooperationProject:
    """Take a step of the project's life: sign, build, run, end, break off (变更阶段)."""
    project = locked_project(project_id=project_id, actor=actor)
    if on > today:
        raise DomainError("日期不能晚于今天，事情发生后再登记。", field="on")
    facts = {"agreement_reference": project.agreement_reference} if name == "sign" else {}
    project.stage = steps.target(name, state=CooperationStage(project.stage), **facts)
    if name == "sign":
        project.starts_on = on
    if name in ("end", "break_off"):
        close(project, on=on, reason=reason)
    project.save(update_fields=["stage", "starts_on", "ended_on", "end_reason"])
    record(actor, "alliances.cooperation.moved", project, reason=reason.strip()[:300])
    publish(CooperationMoved(project_id=project.pk))
    return project


def close(project: CooperationProject, *, on: datetime.date, reason: str) -> None:
    if not reason.strip():
        raise DomainError("请写明结束或中止的理由和后续安排。", field="reason")
    if project.starts_on is not None and on < project.starts_on:
        raise DomainError(f"结束日不能早于签约日 {project.starts_on}。", field="on")
    project.ended_on, project.end_reason = on, reason.strip()[:300]


@transaction.atomic
def report_year(
    *, project_id: int, year: int, facts: YearFacts, actor: Actor, today: datetime.date
) -> CooperationYear:
    """Report a year of a project, or correct the report (报送年度成效)."""
    project = locked_project(project_id=project_id, actor=actor)
    refuse_year(project, year=year, today=today)
    values: dict[str, Any] = {**asdict(facts), "reported_on": today}
    row, _ = CooperationYear.objects.update_or_create(project=project, year=year, defaults=values)
    record(actor, "alliances.cooperation.reported", project, detail={"year": year})
    publish(CooperationYearReported(project_id=project.pk, year=year))
    return row


def refuse_year(project: CooperationProject, *, year: int, today: datetime.date) -> None:
    if project.starts_on is None:
        raise DomainError("签约后才报送年度成效，请先登记签约。", field="year")
    last = project.ended_on.year if project.ended_on else today.year
    if not project.starts_on.year <= year <= min(last, today.year):
        raise DomainError(f"{year} 年不在项目期内，请选签约以后的年度。", field="year")
