"""Draft a plan, send it to hosts, sign it together (实习方案)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    HELD_STATES,
)
from silian.operations.placements.events.hosts import PlanApproved, PlanSent
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.permissions.hosts import hosts_kept_by
from silian.operations.placements.permissions.plans import plans_kept_by, require_plan_writer
from silian.operations.placements.queries.plans import answer_counts, plan_findings
from silian.operations.placements.rules.plan_agreement import PlanContent, fault_of_plan
from silian.operations.placements.workflow.plan import plan as steps
from silian.registers.programmes.models import Cohort

SENDABLE = (HostState.PUBLISHED,)


def locked_plan(*, plan_id: int, actor: Actor) -> InternshipPlan:
    """The plan of the actor's own school, locked."""
    require_plan_writer(actor)
    return plans_kept_by(actor).select_for_update(of=("self",)).get(pk=plan_id)


def columns_of(content: PlanContent, *, cohort: Cohort) -> dict[str, Any]:
    """The content as columns; refuses what does not fit together."""
    fault = fault_of_plan(content, cohort_ends_on=cohort.ends_on)
    if fault:
        raise DomainError(fault[1], field=fault[0])
    return {**asdict(content), "tasks": list(content.tasks)}


@transaction.atomic
def draft_plan(*, cohort_id: int, content: PlanContent, actor: Actor) -> InternshipPlan:
    """Begin the plan of a cohort of one's own school (起草方案)."""
    school_id = require_plan_writer(actor)
    cohort = Cohort.objects.filter(pk=cohort_id, programme__school_id=school_id).first()
    if cohort is None:
        raise DomainError("请选择贵校的年级。", field="cohort")
    plan = InternshipPlan.objects.create(
        school_id=school_id, cohort=cohort, **columns_of(content, cohort=cohort)
    )
    record(actor, "placements.plan.drafted", plan)
    return plan


@transaction.atomic
def edit_plan(*, plan_id: int, content: PlanContent, actor: Actor) -> InternshipPlan:
    """Change a draft (修改方案); what is sent or signed is changed after it was reopened."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    if plan.state != PlanState.DRAFT:
        raise DomainError("方案已发给实习单位，先退回修改再编辑。")
    values = columns_of(content, cohort=plan.cohort)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(values))
    record(actor, "placements.plan.edited", plan)
    return plan


@transaction.atomic
def send_plan(*, plan_id: int, host_ids: Sequence[int], actor: Actor) -> InternshipPlan:
    """Ask published hosts for their agreement; more may be added later (发送方案)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    hosts = list(hosts_kept_by(actor).filter(pk__in=host_ids, state__in=SENDABLE).order_by("pk"))
    if len(hosts) != len(set(host_ids)):
        raise DomainError("所选单位中有尚未公布的，请只选已公布的实习单位。", field="hosts")
    step = {PlanState.DRAFT: "send", PlanState.SENT: "add_hosts"}.get(
        PlanState(plan.state), "add_hosts_later"
    )
    plan.state = steps.target(step, state=PlanState(plan.state), hosts=len(hosts))
    plan.save(update_fields=["state"])
    ask(plan, hosts)
    record(actor, "placements.plan.sent", plan, detail={"hosts": [host.pk for host in hosts]})
    publish(PlanSent(plan_id=plan.pk))
    return plan


def ask(plan: InternshipPlan, hosts: Sequence[Host]) -> None:
    """One waiting answer for each host that has none."""
    known = set(plan.answers.values_list("host_id", flat=True))
    HostAnswer.objects.bulk_create(
        HostAnswer(plan=plan, host=host) for host in hosts if host.pk not in known
    )


@transaction.atomic
def drop_host(*, plan_id: int, host_id: int, actor: Actor) -> InternshipPlan:
    """Take a host out of a plan under which nobody of it works (撤下单位)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    if plan.internships.filter(host_id=host_id, state__in=sorted(HELD_STATES)).exists():
        raise DomainError("已有学生按这份方案在该单位实习，不能撤下。")
    deleted, _ = plan.answers.filter(host_id=host_id).delete()
    if not deleted:
        raise DomainError("方案中没有这家单位。")
    record(actor, "placements.plan.host_dropped", plan, detail={"host": host_id})
    return plan


@transaction.atomic
def reopen_plan(*, plan_id: int, actor: Actor) -> InternshipPlan:
    """Take a sent plan back to the desk; every host is asked again afterwards (退回修改)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    plan.state = steps.target("reopen", state=PlanState(plan.state))
    plan.save(update_fields=["state"])
    plan.answers.all().delete()
    record(actor, "placements.plan.reopened", plan)
    return plan


@transaction.atomic
def sign_plan(*, plan_id: int, actor: Actor, now: datetime.datetime) -> InternshipPlan:
    """Sign for the school after the hosts agreed: the plan is now both sides' (学校签署).

    Basis: 教职成〔2021〕4号第八条.
    """
    plan = locked_plan(plan_id=plan_id, actor=actor)
    counts = answer_counts(plan)
    blocking = [each for each in plan_findings(plan, on=now.date()) if each.blocks]
    plan.state = steps.target(
        "sign",
        state=PlanState(plan.state),
        confirmed=counts.confirmed,
        waiting=counts.waiting,
        refusals=[each.sentence for each in blocking],
    )
    plan.approved_by_id, plan.approved_at = actor.user_id, now
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    record(actor, "placements.plan.signed", plan)
    publish(PlanApproved(plan_id=plan.pk))
    return plan


@transaction.atomic
def withdraw_plan(*, plan_id: int, actor: Actor) -> InternshipPlan:
    """Give up a plan under which nobody is (撤回方案)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    held = plan.internships.filter(state__in=sorted(HELD_STATES)).count()
    plan.state = steps.target("withdraw", state=PlanState(plan.state), internships=held)
    plan.save(update_fields=["state"])
    record(actor, "placements.plan.withdrawn", plan)
    return plan
