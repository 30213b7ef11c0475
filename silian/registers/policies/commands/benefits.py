"""Register, submit, review, publish and end a preferential policy."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import BenefitState
from silian.registers.policies.models.benefits import (
    Benefit,
    BenefitCondition,
    BenefitMaterial,
    BenefitStep,
)
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.permissions.benefits import (
    benefits_visible_to,
    require_judge,
    require_publisher,
    require_writer,
)
from silian.registers.policies.permissions.parameters import parameters_visible_to
from silian.registers.policies.queries.clause_choices import citable_clause
from silian.registers.policies.rules.benefit_lines import BenefitPlan
from silian.registers.policies.workflow.benefits import benefit as steps

COPIED = (
    "kind", "title", "audiences", "given", "parameter_id", "authority", "authority_body_id",
    "clause_id", "basis", "contact", "valid_from", "valid_to", "division_id",
)  # fmt: skip


@transaction.atomic
def create_benefit(*, plan: BenefitPlan, actor: Actor) -> Benefit:
    """Register a benefit of one's own department as a draft (登记优惠政策)."""
    require_writer(actor)
    owner = Organisation.objects.get(pk=actor.organisation_id or 0)
    benefit = Benefit.objects.create(
        division_id=owner.division_id,
        owner=owner,
        edited_by_id=actor.user_id,
        **columns_of(plan, actor=actor),
    )
    write_lines(benefit, plan)
    record(actor, "policies.benefit.created", benefit)
    return benefit


@transaction.atomic
def change_benefit(*, benefit_id: int, plan: BenefitPlan, actor: Actor) -> Benefit:
    """Change a draft (修改优惠政策)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_writer(actor, benefit)
    if benefit.state != BenefitState.DRAFT:
        raise WrongState(
            f"当前为“{benefit.get_state_display()}”，不能修改。已公布的请先复制一份，"
            "公布新的之后再停止原来的。"
        )
    values = columns_of(plan, actor=actor)
    for name, value in values.items():
        setattr(benefit, name, value)
    benefit.edited_by_id = actor.user_id
    benefit.save(update_fields=[*values, "edited_by"])
    write_lines(benefit, plan)
    record(actor, "policies.benefit.changed", benefit)
    return benefit


def locked_benefit(*, benefit_id: int, actor: Actor) -> Benefit:
    return benefits_visible_to(actor).select_for_update(of=("self",)).get(pk=benefit_id)


def columns_of(plan: BenefitPlan, *, actor: Actor) -> dict[str, Any]:
    """The plan as columns, with clause and parameter only where everybody may read them."""
    if plan.valid_to is not None and plan.valid_to <= plan.valid_from:
        raise DomainError("停用日应晚于起用日，请改正日期。", field="valid_to")
    clause = citable_clause(clause_id=plan.clause_id, actor=actor)
    if plan.clause_id is not None and clause is None:
        raise DomainError("所选条款不在已发布的文件里，请重新选择。", field="clause")
    return {
        "kind": plan.kind,
        "title": plan.title,
        "audiences": list(plan.audiences),
        "given": plan.given,
        "parameter": readable_parameter(plan.parameter_id, actor=actor),
        "authority": plan.authority,
        "clause": clause,
        "basis": plan.basis,
        "contact": plan.contact,
        "valid_from": plan.valid_from,
        "valid_to": plan.valid_to,
    }


def readable_parameter(parameter_id: int | None, *, actor: Actor) -> Parameter | None:
    if parameter_id is None:
        return None
    return parameters_visible_to(actor).filter(pk=parameter_id).first()


def write_lines(benefit: Benefit, plan: BenefitPlan) -> None:
    """Conditions, papers and steps as the plan has them, in place of earlier ones."""
    for lines in (benefit.conditions, benefit.materials, benefit.steps):
        lines.all().delete()
    BenefitCondition.objects.bulk_create(
        BenefitCondition(
            benefit=benefit,
            order=order,
            fact=line.fact,
            values=list(line.values),
            text=line.text,
            cure=line.cure,
        )
        for order, line in enumerate(plan.conditions, start=1)
    )
    BenefitMaterial.objects.bulk_create(
        BenefitMaterial(benefit=benefit, order=order, name=name)
        for order, name in enumerate(plan.materials, start=1)
    )
    BenefitStep.objects.bulk_create(
        BenefitStep(
            benefit=benefit,
            order=order,
            actor=line.actor,
            text=line.text,
            working_days=line.working_days,
        )
        for order, line in enumerate(plan.steps, start=1)
    )


@transaction.atomic
def copy_benefit(*, benefit_id: int, actor: Actor) -> Benefit:
    """A draft with the content of a benefit, to publish a changed one (复制优惠政策)."""
    like = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_writer(actor, like)
    copy = Benefit.objects.create(
        owner_id=like.owner_id,
        edited_by_id=actor.user_id,
        is_demo=like.is_demo,
        **{name: getattr(like, name) for name in COPIED},
    )
    for model, rows in (
        (BenefitCondition, like.conditions.all()),
        (BenefitMaterial, like.materials.all()),
        (BenefitStep, like.steps.all()),
    ):
        model.objects.bulk_create(moved(row, benefit=copy) for row in rows)
    record(actor, "policies.benefit.copied", copy, detail={"from": like.pk})
    return copy


def moved(row: Any, *, benefit: Benefit) -> Any:
    row.pk, row.benefit = None, benefit
    return row


@transaction.atomic
def submit_benefit(*, benefit_id: int, actor: Actor) -> Benefit:
    """Hand a draft over for review (送审)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_writer(actor, benefit)
    benefit.state = steps.target(
        "submit",
        state=BenefitState(benefit.state),
        has_basis=benefit.clause_id is not None or bool(benefit.basis),
        has_steps=benefit.steps.exists(),
    )
    benefit.return_reason = ""
    benefit.save(update_fields=["state", "return_reason"])
    record(actor, "policies.benefit.submitted", benefit)
    return benefit


@transaction.atomic
def review_benefit(*, benefit_id: int, actor: Actor) -> Benefit:
    """Find a submitted benefit in order (审核通过)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_judge(actor, benefit)
    benefit.state = steps.target(
        "review",
        state=BenefitState(benefit.state),
        same_person=benefit.edited_by_id == actor.user_id,
    )
    benefit.reviewed_by_id = actor.user_id
    benefit.save(update_fields=["state", "reviewed_by"])
    record(actor, "policies.benefit.reviewed", benefit)
    return benefit


@transaction.atomic
def return_benefit(*, benefit_id: int, reason: str, actor: Actor) -> Benefit:
    """Give a benefit back to its department, with the reason (退回修改)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_judge(actor, benefit)
    if not reason.strip():
        raise DomainError("请写明退回理由，登记单位会看到。", field="reason")
    benefit.state = steps.target("return", state=BenefitState(benefit.state))
    benefit.return_reason = reason.strip()[:300]
    benefit.save(update_fields=["state", "return_reason"])
    record(actor, "policies.benefit.returned", benefit, reason=benefit.return_reason)
    return benefit


@transaction.atomic
def publish_benefit(*, benefit_id: int, actor: Actor, now: datetime.datetime) -> Benefit:
    """Put a reviewed benefit on the public list (公布优惠政策)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_publisher(actor, benefit)
    benefit.state = steps.target(
        "publish",
        state=BenefitState(benefit.state),
        valid_to=benefit.valid_to,
        today=now.date(),
    )
    benefit.published_at = now
    benefit.save(update_fields=["state", "published_at"])
    record(actor, "policies.benefit.published", benefit)
    return benefit


@transaction.atomic
def end_benefit(*, benefit_id: int, reason: str, actor: Actor) -> Benefit:
    """Stop a published benefit; it stays readable with the reason (停止优惠政策)."""
    benefit = locked_benefit(benefit_id=benefit_id, actor=actor)
    require_publisher(actor, benefit)
    if not reason.strip():
        raise DomainError("请写明停止理由，例如文号和废止日期，公众会看到。", field="reason")
    benefit.state = steps.target("end", state=BenefitState(benefit.state))
    benefit.end_reason = reason.strip()[:300]
    benefit.save(update_fields=["state", "end_reason"])
    record(actor, "policies.benefit.ended", benefit, reason=benefit.end_reason)
    return benefit
