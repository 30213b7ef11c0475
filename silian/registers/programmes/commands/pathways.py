"""Pathways between schools, and seats by year."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.programmes.choices import WITH_PARTNER_SCHOOL, PathwayState
from silian.registers.programmes.models.pathways import EnrolmentPlan, Pathway
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import is_school_staff, require_manager
from silian.registers.programmes.workflow.pathway import pathway as steps


@dataclass(frozen=True, kw_only=True)
class PathwayFacts:
    """What two schools agree on (贯通培养约定)."""

    kind: str
    partner_id: int
    first_year: int
    seats: int
    partner_programme_id: int | None = None
    agreement_number: str = ""
    condition: str = ""


@transaction.atomic
def propose_pathway(*, programme_id: int, actor: Actor, facts: PathwayFacts) -> Pathway:
    """Enter a pathway to another school, which then confirms it (登记贯通培养项目)."""
    programme = Programme.objects.get(pk=programme_id)
    require_manager(actor, programme)
    if facts.kind not in WITH_PARTNER_SCHOOL:
        raise DomainError("这种招生方式没有对接学校，请在招生计划里登记。", field="kind")
    if facts.partner_id == programme.school_id:
        raise DomainError("对接学校应是另一所学校，请改选。", field="partner")
    other = Programme.objects.filter(pk=facts.partner_programme_id or 0).first()
    if other is not None and other.school_id != facts.partner_id:
        raise DomainError("对接专业不属于所选的对接学校，请改选。", field="partner_programme")
    try:
        with transaction.atomic():
            made = Pathway.objects.create(programme=programme, **asdict(facts))
    except IntegrityError:
        raise DomainError(
            "与这所学校的同类项目已登记。请在原项目里办理，或先结束原项目。", field="partner"
        ) from None
    record(actor, "programmes.pathway.proposed", made)
    return made


def locked(pathway_id: int) -> Pathway:
    rows = Pathway.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=pathway_id)


@transaction.atomic
def confirm_pathway(*, pathway_id: int, actor: Actor, now: datetime.datetime) -> Pathway:
    """The partner school says yes (确认贯通培养项目)."""
    pathway = locked(pathway_id)
    if not is_school_staff(actor) or actor.organisation_id != pathway.partner_id:
        raise NotAllowed("只有对接学校的管理员和经办人可以确认。")
    pathway.state = steps.target("confirm", state=PathwayState(pathway.state))
    pathway.confirmed_at = now
    pathway.save(update_fields=["state", "confirmed_at"])
    record(actor, "programmes.pathway.confirmed", pathway)
    return pathway


@transaction.atomic
def end_pathway(*, pathway_id: int, actor: Actor, on: datetime.date) -> Pathway:
    """Either school ends the pathway for later years (结束贯通培养项目)."""
    pathway = locked(pathway_id)
    sides = (pathway.partner_id, pathway.programme.school_id)
    if not is_school_staff(actor) or actor.organisation_id not in sides:
        raise NotAllowed("只有项目双方学校的管理员和经办人可以结束。")
    pathway.state = steps.target("end", state=PathwayState(pathway.state))
    pathway.ended_on = on
    pathway.save(update_fields=["state", "ended_on"])
    record(actor, "programmes.pathway.ended", pathway)
    return pathway


@dataclass(frozen=True, kw_only=True)
class EnrolmentFacts:
    """Seats of a year by one way of admission (招生计划资料)."""

    year: int
    kind: str
    planned: int
    adjustment: int = 0
    adjustment_reason: str = ""
    enterprise_id: int | None = None
    culture_weight: int | None = None
    skill_weight: int | None = None
    admitted: int | None = None
    experienced: int | None = None
    registered: int | None = None


@transaction.atomic
def save_enrolment(
    *, programme_id: int, actor: Actor, facts: EnrolmentFacts, enrolment_id: int | None = None
) -> EnrolmentPlan:
    """Enter seats or what became of them (登记招生计划与录取)."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    require_manager(actor, programme)
    check_enrolment(facts)
    rows = programme.enrolments
    same = rows.filter(year=facts.year, kind=facts.kind).exclude(pk=enrolment_id or 0)
    if same.exists():
        raise DomainError("这一年这种招生方式的计划已登记，请修改原有的一行。", field="kind")
    plan = rows.filter(pk=enrolment_id or 0).first() or EnrolmentPlan(programme=programme)
    for name, value in asdict(facts).items():
        setattr(plan, name, value)
    plan.save()
    record(actor, "programmes.enrolment.saved", plan)
    return plan


def check_enrolment(facts: EnrolmentFacts) -> None:
    """What cannot stand together in one line."""
    if facts.adjustment and not facts.adjustment_reason.strip():
        raise DomainError("调整了计划，请写明理由。", field="adjustment_reason")
    if facts.planned + facts.adjustment < 0:
        raise DomainError("调整后的计划数不能小于 0。", field="adjustment")
    weights = (facts.culture_weight, facts.skill_weight)
    if any(each is not None for each in weights) and sum(each or 0 for each in weights) != 100:
        raise DomainError("文化素质与职业技能的权重合计应为 100。", field="skill_weight")
    for name, value in (("experienced", facts.experienced), ("registered", facts.registered)):
        if value is not None and (facts.admitted is None or value > facts.admitted):
            raise DomainError("不能多于实际录取人数，请核对。", field=name)
