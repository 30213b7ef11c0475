"""Programmes: opened, changed, paused, closed; and what builds them up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.search import feed
from silian.foundation.reference.models import Major, Occupation
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import ConstructionStage, MemberState, ProgrammeStage
from silian.registers.programmes.events import (
    ConstructionChanged,
    ProgrammeOpened,
    ProgrammeStageChanged,
)
from silian.registers.programmes.models.classes import ClassMember
from silian.registers.programmes.models.programmes import Construction, Programme
from silian.registers.programmes.permissions.programmes import (
    require_manager,
    require_school_staff,
)
from silian.registers.programmes.queries.search_documents import SUBJECT
from silian.registers.programmes.workflow.programme import construction as construction_steps
from silian.registers.programmes.workflow.programme import programme as steps


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacts:
    """What a school says of a programme (专业点资料)."""

    name: str
    years: Decimal
    group: str = ""
    industry_chain: str = ""
    integration_form: str = ""
    joint_enterprise_id: int | None = None
    is_cross_disciplinary: bool = False
    is_new_engineering: bool = False
    is_applied_undergraduate: bool = False
    is_in_joint_plan: bool = False


@transaction.atomic
def open_programme(
    *,
    actor: Actor,
    major_id: str,
    facts: ProgrammeFacts,
    opened_on: datetime.date,
    is_planned: bool = False,
    occupation_ids: Sequence[str] = (),
) -> Programme:
    """Enter a programme of the actor's school (登记专业点)."""
    require_school_staff(actor)
    school = Organisation.objects.get(pk=actor.organisation_id or 0)
    try:
        with transaction.atomic():
            made = Programme.objects.create(
                school=school,
                division_id=school.division_id,
                major=Major.objects.get(pk=major_id),
                stage=ProgrammeStage.PLANNED if is_planned else ProgrammeStage.RUNNING,
                opened_on=opened_on,
                **asdict(facts),
            )
    except IntegrityError:
        raise DomainError(
            "贵校已登记这个专业，一个专业只能有一个未撤销的专业点。请在名录里修改原有的专业点。",
            field="major",
        ) from None
    made.occupations.set(Occupation.objects.filter(pk__in=occupation_ids))
    feed.changed(SUBJECT, [made.pk])
    record(actor, "programmes.programme.opened", made)
    publish(ProgrammeOpened(programme_id=made.pk))
    return made


@transaction.atomic
def change_programme(
    *, programme_id: int, actor: Actor, facts: ProgrammeFacts, occupation_ids: Sequence[str] = ()
) -> Programme:
    """Put the facts of a programme right (修改专业点)."""
    programme = locked(programme_id, actor)
    if programme.stage == ProgrammeStage.CLOSED:
        raise DomainError("专业点已撤销，资料不再修改。")
    for name, value in asdict(facts).items():
        setattr(programme, name, value)
    programme.save(update_fields=list(asdict(facts)))
    programme.occupations.set(Occupation.objects.filter(pk__in=occupation_ids))
    feed.changed(SUBJECT, [programme.pk])
    record(actor, "programmes.programme.changed", programme)
    return programme


@transaction.atomic
def move_programme(
    *, programme_id: int, actor: Actor, step: str, on: datetime.date, reason: str = ""
) -> Programme:
    """Open, pause, resume or close a programme (办理专业点阶段)."""
    programme = locked(programme_id, actor)
    state = ProgrammeStage(programme.stage)
    programme.stage = steps.target(step, state=state, **facts_of(programme, step, reason))
    programme.stage_reason = reason.strip()
    if step == "close":
        programme.closed_on = max(on, programme.opened_on)
    if step == "open":
        programme.opened_on = on
    programme.save(update_fields=["stage", "stage_reason", "closed_on", "opened_on"])
    feed.changed(SUBJECT, [programme.pk])
    record(actor, f"programmes.programme.{step}", programme, reason=programme.stage_reason)
    publish(ProgrammeStageChanged(programme_id=programme.pk, stage=programme.stage))
    return programme


def facts_of(programme: Programme, step: str, reason: str) -> dict[str, object]:
    """What the guard of a step asks for."""
    if step == "pause":
        return {"reason": reason}
    if step != "close":
        return {}
    studying = ClassMember.objects.filter(
        school_class__cohort__programme=programme,
        state__in=[MemberState.STUDYING, MemberState.ON_LEAVE],
        ends_on__isnull=True,
    ).count()
    return {"reason": reason, "studying": studying}


def locked(programme_id: int, actor: Actor) -> Programme:
    """The programme, locked for its own school."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    require_manager(actor, programme)
    return programme


@transaction.atomic
def add_construction(
    *,
    programme_id: int,
    actor: Actor,
    category: str,
    level: str,
    approved_on: datetime.date,
    document_number: str = "",
    due_on: datetime.date | None = None,
) -> Construction:
    """Enter a construction project that was approved for the programme (登记专业建设项目)."""
    programme = locked(programme_id, actor)
    try:
        with transaction.atomic():
            made = Construction.objects.create(
                programme=programme,
                category=category,
                level=level,
                approved_on=approved_on,
                document_number=document_number,
                due_on=due_on,
            )
    except IntegrityError:
        raise DomainError(
            "这个专业点已有同一类别、同一级别的建设项目。请在原项目里办理。", field="category"
        ) from None
    record(actor, "programmes.construction.added", made)
    publish(ConstructionChanged(construction_id=made.pk))
    return made


@transaction.atomic
def move_construction(
    *, construction_id: int, actor: Actor, step: str, on: datetime.date, reason: str = ""
) -> Construction:
    """Build, accept or end a construction project (办理专业建设阶段)."""
    project = (
        Construction.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=construction_id)
    )
    require_manager(actor, project.programme)
    given = {"reason": reason} if step == "end" else {}
    project.stage = construction_steps.target(step, state=ConstructionStage(project.stage), **given)
    if on < project.approved_on:
        raise DomainError("日期不能早于立项日，请核对。", field="on")
    if step == "accept":
        project.accepted_on = on
    if step == "end":
        project.ended_on, project.note = on, reason.strip()
    project.save(update_fields=["stage", "accepted_on", "ended_on", "note"])
    record(actor, f"programmes.construction.{step}", project, reason=reason.strip())
    publish(ConstructionChanged(construction_id=project.pk))
    return project
