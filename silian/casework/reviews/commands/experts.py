"""Propose, admit, pause and dismiss experts; declare interests."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.judging import ExpertField, ExpertState
from silian.casework.reviews.events.judging import ExpertChanged
from silian.casework.reviews.models import Expert, Interest
from silian.casework.reviews.permissions.experts import (
    experts_kept_by,
    keeps_pool,
    own_expert,
    require_pool_keeper,
    require_proposer,
)
from silian.casework.reviews.queries.experts import terms_over
from silian.casework.reviews.workflow.expert import expert as steps
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.organisations.models import Membership

LONGEST_REASON = 300
MOST_FIELDS = 4  # who knows everything is drawn for everything


@dataclass(frozen=True, kw_only=True)
class ExpertFacts:
    """What is said about a person proposed (专家信息)."""

    user_id: int
    organisation_id: int
    division_id: str
    title: str
    fields: Sequence[str]
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def propose_expert(
    *, facts: ExpertFacts, actor: Actor, proposed_by_id: int | None = None
) -> Expert:
    """Propose a member of an organisation for the pool (推荐评审专家).

    ``proposed_by_id``: the organisation or the seat of the committee in whose name it is done.
    A person who left may be proposed again.
    """
    require_proposer(actor)
    refuse_wrong_facts(facts)
    if not keeps_pool(actor) and facts.organisation_id != actor.organisation_id:
        raise NotAllowed("只能推荐本单位的人员。其他单位的人员请由其所在单位推荐。")
    refuse_strangers(facts)
    row = Expert.objects.select_for_update(of=("self",)).filter(user_id=facts.user_id).first()
    if row is None:
        row = Expert(user_id=facts.user_id)
    elif row.state != ExpertState.LEFT:
        raise DomainError("这个人已经在专家库中或正在待入库，不必重复推荐。", field="user")
    row.state = ExpertState.PROPOSED
    row.organisation_id, row.division_id = facts.organisation_id, facts.division_id
    row.title, row.fields = facts.title.strip(), list(dict.fromkeys(facts.fields))
    row.starts_on, row.ends_on = facts.starts_on, facts.ends_on
    row.proposed_by_id, row.reason = proposed_by_id or actor.organisation_id, ""
    row.save()
    record(actor, "reviews.expert.proposed", row)
    publish(ExpertChanged(expert_id=row.pk, state=row.state))
    return row


def refuse_wrong_facts(facts: ExpertFacts) -> None:
    """Refuse what cannot stand in the pool, beside its box."""
    unknown = set(facts.fields) - set(ExpertField.values)
    if not facts.fields or unknown:
        raise DomainError("请选择专业领域。", field="fields")
    if len(set(facts.fields)) > MOST_FIELDS:
        raise DomainError(f"专业领域最多选 {MOST_FIELDS} 个，请选最熟悉的。", field="fields")
    if not facts.title.strip():
        raise DomainError("请填写职称或职务。", field="title")
    if facts.ends_on <= facts.starts_on:
        raise DomainError("聘期止应晚于聘期起。", field="ends_on")


def refuse_strangers(facts: ExpertFacts) -> None:
    """The organisation vouches for its own people only."""
    rows = Membership.objects.in_force(on=timezone.localdate())
    if not rows.filter(user_id=facts.user_id, organisation_id=facts.organisation_id).exists():
        raise DomainError("这个人不是该单位的现任成员，请核对后再推荐。", field="user")


def locked_expert(*, expert_id: int, actor: Actor) -> Expert:
    rows = experts_kept_by(actor) if not actor.is_system else Expert.objects.all()
    expert = rows.select_for_update(of=("self",)).filter(pk=expert_id).first()
    if expert is None:
        raise NotAllowed("专家入库、暂停和出库由本地区牵头部门的统筹人员办理，请联系牵头部门。")
    require_pool_keeper(actor, division=expert.division_id)
    return expert


def change_state(expert: Expert, *, step: str, reason: str = "") -> None:
    expert.state = steps.target(step, state=ExpertState(expert.state))
    expert.reason = reason.strip()[:LONGEST_REASON]
    expert.save(update_fields=["state", "reason"])
    publish(ExpertChanged(expert_id=expert.pk, state=expert.state))


@transaction.atomic
def admit_expert(*, expert_id: int, actor: Actor) -> Expert:
    """Take a proposed person into the pool (专家入库)."""
    expert = locked_expert(expert_id=expert_id, actor=actor)
    if expert.user_id == actor.user_id:
        raise NotAllowed("不能办理本人的入库，请由其他统筹人员办理。")
    if expert.ends_on <= timezone.localdate():
        raise DomainError("聘期已经结束，请按新的聘期重新推荐。")
    change_state(expert, step="admit")
    record(actor, "reviews.expert.admitted", expert)
    return expert


@transaction.atomic
def pause_expert(*, expert_id: int, reason: str, actor: Actor) -> Expert:
    """Leave an expert out of draws for a while (暂停抽取); also by the expert himself."""
    expert = own_or_kept(expert_id=expert_id, actor=actor)
    require_reason(reason)
    change_state(expert, step="pause", reason=reason)
    record(actor, "reviews.expert.paused", expert, reason=reason)
    return expert


@transaction.atomic
def resume_expert(*, expert_id: int, actor: Actor) -> Expert:
    """Let an expert be drawn again (恢复抽取)."""
    expert = own_or_kept(expert_id=expert_id, actor=actor)
    change_state(expert, step="resume")
    record(actor, "reviews.expert.resumed", expert)
    return expert


@transaction.atomic
def dismiss_expert(*, expert_id: int, reason: str, actor: Actor) -> Expert:
    """Take an expert out of the pool (专家出库); open tasks stay until done or given back."""
    expert = own_or_kept(expert_id=expert_id, actor=actor)
    require_reason(reason)
    change_state(expert, step="leave", reason=reason)
    record(actor, "reviews.expert.left", expert, reason=reason)
    return expert


def own_or_kept(*, expert_id: int, actor: Actor) -> Expert:
    own = own_expert(actor)
    if own is not None and own.pk == expert_id:
        return Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    return locked_expert(expert_id=expert_id, actor=actor)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("请写明原因。", field="reason")


@transaction.atomic
def expire_experts(*, on: datetime.date) -> int:
    """Take out whose term is over; returns how many (聘期届满)."""
    rows = list(terms_over(on=on).select_for_update(of=("self",)))
    for expert in rows:
        change_state(expert, step="leave", reason="聘期届满")
        record(system_actor(), "reviews.expert.expired", expert)
    return len(rows)


@transaction.atomic
def change_own_fields(*, title: str, fields: Collection[str], actor: Actor) -> Expert:
    """Keep one's own title and fields true (修改专业领域)."""
    expert = locked_own(actor)
    facts = ExpertFacts(
        user_id=expert.user_id,
        organisation_id=expert.organisation_id,
        division_id=expert.division_id,
        title=title,
        fields=list(fields),
        starts_on=expert.starts_on,
        ends_on=expert.ends_on,
    )
    refuse_wrong_facts(facts)
    expert.title, expert.fields = title.strip(), list(dict.fromkeys(fields))
    expert.save(update_fields=["title", "fields"])
    record(actor, "reviews.expert.changed", expert)
    return expert


def locked_own(actor: Actor) -> Expert:
    own = own_expert(actor)
    if own is None:
        raise NotAllowed("您不在评审专家库中。如需入库，请由所在单位推荐。")
    return Expert.objects.select_for_update(of=("self",)).get(pk=own.pk)


@transaction.atomic
def declare_interest(
    *, organisation_id: int, what: str, until_on: datetime.date | None, actor: Actor
) -> Interest:
    """Say that one is tied to an organisation; it keeps one from being drawn (申明利害关系)."""
    expert = locked_own(actor)
    if len(what.strip()) < 2:
        raise DomainError("请写明是什么关系，例如顾问、持股、亲属任职。", field="what")
    interest = Interest.objects.create(
        expert=expert,
        organisation_id=organisation_id,
        what=what.strip()[:200],
        until_on=until_on,
    )
    record(actor, "reviews.interest.declared", interest)
    return interest


@transaction.atomic
def end_interest(*, interest_id: int, ended_on: datetime.date, actor: Actor) -> Interest:
    """Say when a tie ended; it still counts for the years of the scheme (注明终止)."""
    expert = locked_own(actor)
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest_id, expert=expert)
    if interest.until_on is not None:
        raise DomainError("这项关系已经注明终止日，不再修改。如有错误请重新申明。")
    if ended_on > timezone.localdate():
        raise DomainError("终止日不能晚于今天。", field="until_on")
    interest.until_on = ended_on
    interest.save(update_fields=["until_on"])
    record(actor, "reviews.interest.ended", interest)
    return interest
