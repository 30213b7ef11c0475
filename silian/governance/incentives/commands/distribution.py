"""A school's distribution plan: draft, notice inside the school, objections, into force."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.governance.incentives.choices.income import PlanState
from silian.governance.incentives.gateways.income import notice_days
from silian.governance.incentives.models.distribution import DistributionPlan, PlanObjection
from silian.governance.incentives.permissions.income import (
    plans_visible_to,
    require_plan_reader,
    require_registrar,
)
from silian.governance.incentives.workflow.income import distribution_plan as steps
from silian.registers.organisations.models import Organisation

MOST_DAYS = 60


@transaction.atomic
def draft_plan(*, title: str, text: str, actor: Actor) -> DistributionPlan:
    """Begin another version of the school's plan (起草分配方案)."""
    require_registrar(actor)
    school = Organisation.objects.select_for_update(of=("self",)).get(pk=actor.organisation_id or 0)
    newest = DistributionPlan.objects.filter(school=school).order_by("-version").first()
    if newest and newest.state in (PlanState.DRAFT, PlanState.NOTICED):
        raise DomainError("已有一版正在起草或公示，请接着办。")
    plan = DistributionPlan.objects.create(
        school=school, version=(newest.version if newest else 0) + 1, title=title, text=text,
        drafted_by_id=actor.user_id,
    )  # fmt: skip
    record(actor, "incentives.distribution.drafted", plan)
    return plan


def locked_plan(*, plan_id: int, actor: Actor) -> DistributionPlan:
    require_registrar(actor)
    rows = plans_visible_to(actor).select_related("school")
    return rows.select_for_update(of=("self",)).get(pk=plan_id)


@transaction.atomic
def change_plan(*, plan_id: int, title: str, text: str, actor: Actor) -> DistributionPlan:
    """Change a draft (修改分配方案)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    if plan.state != PlanState.DRAFT:
        raise WrongState("公示后不能修改；要改的请撤下，另立一版。")
    plan.title, plan.text = title, text
    plan.save(update_fields=["title", "text"])
    record(actor, "incentives.distribution.changed", plan)
    return plan


@transaction.atomic
def notice_plan(
    *, plan_id: int, days: int, basis: str, actor: Actor, today: datetime.date
) -> DistributionPlan:
    """Show the plan inside the school for some days, counted from tomorrow (校内公示)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    least = notice_days(division=plan.division_id, on=today)
    if least.value is not None and days < least.value:
        raise DomainError(
            f"本地区规定公示不少于 {least.value.normalize():f} 日（{least.source}）。", field="days"
        )
    if not 1 <= days <= MOST_DAYS:
        raise DomainError(f"公示天数填 1 到 {MOST_DAYS} 日。", field="days")
    plan.state = steps.target("notice", state=PlanState(plan.state))
    plan.notice_starts_on, plan.notice_ends_on = today, today + datetime.timedelta(days=days)
    plan.notice_basis = (least.source or basis)[:160]
    plan.save(update_fields=["state", "notice_starts_on", "notice_ends_on", "notice_basis"])
    record(actor, "incentives.distribution.notice", plan)
    return plan


@transaction.atomic
def step_plan(*, plan_id: int, step: str, actor: Actor, today: datetime.date) -> DistributionPlan:
    """Bring a noticed plan into force, or take it down (施行、撤下)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    facts = {
        "ends_on": plan.notice_ends_on, "today": today,
        "unanswered": plan.objections.filter(answered_at__isnull=True).count(),
    }  # fmt: skip
    plan.state = steps.target(
        step, state=PlanState(plan.state), **(facts if step == "adopt" else {})
    )
    if step == "adopt":
        plan.in_force_on = today
        replace_former(plan, actor=actor)
    plan.save(update_fields=["state", "in_force_on"])
    record(actor, f"incentives.distribution.{step}", plan)
    return plan


def replace_former(plan: DistributionPlan, *, actor: Actor) -> None:
    for former in DistributionPlan.objects.filter(
        school_id=plan.school_id, state=PlanState.IN_FORCE
    ).select_for_update(of=("self",)):
        former.state = steps.target("replace", state=PlanState(former.state))
        former.save(update_fields=["state"])
        record(actor, "incentives.distribution.replace", former)


@transaction.atomic
def object_to_plan(
    *, plan_id: int, text: str, actor: Actor, now: datetime.datetime, today: datetime.date
) -> PlanObjection:
    """A member of the school objects while the plan is shown (提意见)."""
    require_plan_reader(actor)
    plan = plans_visible_to(actor).select_for_update(of=("self",)).get(pk=plan_id)
    shown = plan.state == PlanState.NOTICED and plan.notice_ends_on is not None
    if not (shown and plan.notice_ends_on is not None and today <= plan.notice_ends_on):
        raise WrongState("只有公示期内可以提意见。")
    objection = PlanObjection.objects.create(
        plan=plan, raised_by_id=actor.user_id or 0, text=text, raised_at=now
    )
    record(actor, "incentives.distribution.objected", objection)
    return objection


@transaction.atomic
def answer_objection(
    *, objection_id: int, answer: str, actor: Actor, now: datetime.datetime
) -> PlanObjection:
    """Answer an objection in words (答复意见)."""
    require_registrar(actor)
    rows = PlanObjection.objects.filter(plan__in=plans_visible_to(actor))
    objection = rows.select_for_update(of=("self",)).get(pk=objection_id)
    if objection.answered_at is not None:
        raise WrongState("这条意见已经答复。")
    if objection.raised_by_id == actor.user_id:
        raise DomainError("自己提的意见请由另一位同事答复。", field="answer")
    objection.answer, objection.answered_at = answer, now
    objection.answered_by_id = actor.user_id
    objection.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor, "incentives.distribution.answered", objection)
    return objection
