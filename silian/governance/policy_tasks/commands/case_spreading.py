"""Adoption elsewhere, rollout in the province, and publicity (复制推广与宣传)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import CaseState, RolloutState
from silian.governance.policy_tasks.commands.cases import locked_case
from silian.governance.policy_tasks.events.cases import (
    CaseAdopted,
    RolloutDecided,
    RolloutProposed,
)
from silian.governance.policy_tasks.models.cases import (
    Adoption,
    ExperienceCase,
    PublicityItem,
    Rollout,
)
from silian.governance.policy_tasks.permissions.cases import (
    may_edit_case,
    may_review_case,
    require_case_reviewer,
    require_case_writer,
    require_rollout_decider,
    rollouts_visible_to,
)
from silian.governance.policy_tasks.permissions.supervision_scope import unit_id
from silian.governance.policy_tasks.workflow.case_rollouts import rollout as steps
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations.models import Organisation


def require_published(case: ExperienceCase) -> None:
    if case.state != CaseState.PUBLISHED:
        raise WrongState(f"案例当前为“{case.get_state_display()}”，发布后才能办理。")


@transaction.atomic
def adopt_case(
    *,
    case_id: int,
    starts_on: datetime.date,
    changed: str,
    actor: Actor,
    now: datetime.datetime,
) -> Adoption:
    """Register that one's own unit takes a case over (登记采用)."""
    require_case_writer(actor)
    case = locked_case(case_id=case_id, actor=actor)
    require_published(case)
    if case.organisation_id == actor.organisation_id:
        raise DomainError("这是贵单位自己的案例，不能登记为采用。")
    if starts_on > timezone.localdate(now):
        raise DomainError("采用日不能晚于今天，开始后再登记。", field="starts_on")
    if case.adoptions.filter(organisation_id=unit_id(actor)).exists():
        raise WrongState("贵单位已登记采用这个案例，可以补登效果。")
    unit = Organisation.objects.get(pk=unit_id(actor))
    adoption = Adoption.objects.create(
        case=case,
        organisation=unit,
        division_id=unit.division_id,
        starts_on=starts_on,
        changed=changed.strip(),
        recorded_by_id=signed_in_id(actor),
        recorded_at=now,
    )
    record(actor, "policy_tasks.case.adopted", case, detail={"adoption": adoption.pk})
    publish(CaseAdopted(adoption_id=adoption.pk))
    return adoption


@transaction.atomic
def tell_adoption_result(
    *, case_id: int, result: str, actor: Actor, now: datetime.datetime
) -> Adoption:
    """Say what came of an adoption (登记采用效果)."""
    require_case_writer(actor)
    case = locked_case(case_id=case_id, actor=actor)
    rows = case.adoptions.select_for_update(of=("self",))
    adoption = rows.filter(organisation_id=unit_id(actor)).first()
    if adoption is None:
        raise DomainError("贵单位没有登记采用这个案例，请先登记。")
    if not result.strip():
        raise DomainError("请写明效果，有数据的写数据和来源。", field="result")
    adoption.result, adoption.result_on = result.strip(), timezone.localdate(now)
    adoption.save(update_fields=["result", "result_on"])
    record(actor, "policy_tasks.case.adoption_result", case, detail={"adoption": adoption.pk})
    return adoption


@transaction.atomic
def propose_rollout(*, case_id: int, grounds: str, actor: Actor, now: datetime.datetime) -> Rollout:
    """Ask the province to roll a case out (申请全省推广).

    Basis: 002·六(三).
    """
    case = locked_case(case_id=case_id, actor=actor)
    require_case_reviewer(actor, case)
    require_published(case)
    if not grounds.strip():
        raise DomainError("请写明推广理由：成效、适用范围、推广条件。", field="grounds")
    province = Division.objects.get(pk=f"{case.division_id[:2]}0000")
    if case.rollouts.filter(state__in=[RolloutState.PROPOSED, RolloutState.APPROVED]).exists():
        raise WrongState("这个案例已申请或已同意全省推广。")
    rollout = Rollout.objects.create(
        case=case,
        division=province,
        grounds=grounds.strip(),
        proposed_by_id=signed_in_id(actor),
        proposed_at=now,
    )
    record(actor, "policy_tasks.rollout.proposed", case, detail={"rollout": rollout.pk})
    publish(RolloutProposed(rollout_id=rollout.pk))
    return rollout


@transaction.atomic
def decide_rollout(
    *,
    rollout_id: int,
    approved: bool,
    opinion: str,
    document: str,
    actor: Actor,
    now: datetime.datetime,
) -> Rollout:
    """Approve or decline a rollout for the province (审批全省推广)."""
    rows = rollouts_visible_to(actor).select_related("division")
    rollout = rows.select_for_update(of=("self",)).get(pk=rollout_id)
    require_rollout_decider(actor, rollout)
    if rollout.proposed_by_id == actor.user_id:
        raise NotAllowed("申请由您本人提出，请由另一位省级统筹人员审批。")
    if not opinion.strip():
        raise DomainError("请写明审批意见，申请地区会看到。", field="opinion")
    if approved and not document.strip():
        raise DomainError("同意推广的请填写推广文件名称和文号。", field="document")
    step = "approve" if approved else "decline"
    rollout.state = steps.target(step, state=RolloutState(rollout.state))
    rollout.opinion, rollout.document = opinion.strip()[:500], document.strip()
    rollout.decided_by_id, rollout.decided_at = actor.user_id, now
    rollout.save(update_fields=["state", "opinion", "document", "decided_by", "decided_at"])
    record(actor, "policy_tasks.rollout.decided", rollout.case, reason=opinion)
    publish(RolloutDecided(rollout_id=rollout.pk))
    return rollout


@transaction.atomic
def plan_publicity(
    *, case_id: int, outlet: str, title: str, planned_on: datetime.date, actor: Actor
) -> PublicityItem:
    """Plan a report about a published case (登记宣传计划)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_publicist(actor, case)
    require_published(case)
    if not outlet.strip() or not title.strip():
        raise DomainError("请填写媒体和题目。", field="outlet")
    item = PublicityItem.objects.create(
        case=case,
        outlet=outlet.strip(),
        title=title.strip(),
        planned_on=planned_on,
        entered_by_id=signed_in_id(actor),
    )
    record(actor, "policy_tasks.case.publicity_planned", case, detail={"item": item.pk})
    return item


def require_publicist(actor: Actor, case: ExperienceCase) -> None:
    if not (may_edit_case(actor, case) or may_review_case(actor, case)):
        raise NotAllowed("宣传由报送单位或所在地区统筹人员登记。")


@transaction.atomic
def count_publicity(
    *,
    item_id: int,
    published_on: datetime.date,
    link: str,
    reach: int | None,
    actor: Actor,
    now: datetime.datetime,
) -> PublicityItem:
    """Register where a report came out and how many it reached (登记刊发和到达)."""
    item = PublicityItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    case = locked_case(case_id=item.case_id, actor=actor)
    require_publicist(actor, case)
    today = timezone.localdate(now)
    if published_on > today:
        raise DomainError("刊发日不能晚于今天。", field="published_on")
    item.published_on, item.link, item.reach = published_on, link.strip(), reach
    item.reach_on = today if reach is not None else None
    item.save(update_fields=["published_on", "link", "reach", "reach_on"])
    record(actor, "policy_tasks.case.publicity_counted", case, detail={"item": item.pk})
    return item
