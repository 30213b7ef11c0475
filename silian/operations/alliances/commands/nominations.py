"""A committee proposes an expert for the review pool; the person agrees first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.casework.reviews.choices.judging import ExpertField, ExpertState
from silian.casework.reviews.commands.experts import MOST_FIELDS, ExpertFacts, propose_expert
from silian.casework.reviews.models import Expert
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.nominations import NominationState
from silian.operations.alliances.commands.committees import kept_committee
from silian.operations.alliances.events.committees import ExpertAsked, NominationAnswered
from silian.operations.alliances.models.committees import CommitteeMember
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.permissions.nominations import (
    nominations_asked_of,
    nominations_kept_by,
)
from silian.operations.alliances.workflow.nomination import nomination as steps
from silian.registers.organisations.models import Membership


@dataclass(frozen=True, kw_only=True)
class NominationFacts:
    """Whom a committee wants in the pool, and for what (专家推荐信息)."""

    member_id: int
    login: str
    title: str
    fields: Sequence[str]
    grounds: str
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def nominate_expert(
    *, committee_id: int, facts: NominationFacts, actor: Actor, today: datetime.date
) -> ExpertNomination:
    """Ask a member of the committee to be proposed for the review pool (推荐评审专家).

    The account is found by login name and name together, so nobody can read names from it.
    """
    committee = kept_committee(committee_id=committee_id, actor=actor)
    refuse_unfit_facts(facts, today=today)
    member = committee.members.filter(left_on__isnull=True).get(pk=facts.member_id)
    post = post_of(member, login=facts.login, on=today)
    refuse_known(post)
    nomination = ExpertNomination.objects.create(
        committee=committee,
        user_id=post.user_id,
        organisation_id=post.organisation_id,
        title=facts.title.strip(),
        fields=list(dict.fromkeys(facts.fields)),
        grounds=facts.grounds.strip()[:300],
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        asked_on=today,
    )
    record(actor, "alliances.nomination.asked", nomination)
    publish(ExpertAsked(nomination_id=nomination.pk))
    return nomination


def refuse_unfit_facts(facts: NominationFacts, *, today: datetime.date) -> None:
    refuse_unfit_expertise(title=facts.title, fields=facts.fields)
    if not facts.grounds.strip():
        raise DomainError("请写明推荐理由，本人和专家库管理人员会看到。", field="grounds")
    if facts.ends_on <= max(facts.starts_on, today):
        raise DomainError("聘期止须晚于聘期起和今天。", field="ends_on")


def refuse_unfit_expertise(*, title: str, fields: Sequence[str]) -> None:
    if not title.strip():
        raise DomainError("请填写职称或职务。", field="title")
    if not fields or set(fields) - set(ExpertField.values):
        raise DomainError("请选择专业领域。", field="fields_known")
    if len(set(fields)) > MOST_FIELDS:
        raise DomainError(f"专业领域最多选 {MOST_FIELDS} 个。", field="fields_known")


def post_of(member: CommitteeMember, *, login: str, on: datetime.date) -> Membership:
    """The present post of the member's account; name, login and unit must agree."""
    rows = Membership.objects.in_force(on=on).filter(
        user__username=login.strip(), user__name=member.name, user__is_active=True
    )
    if member.organisation_id is not None:
        rows = rows.filter(organisation_id=member.organisation_id)
    post = rows.select_related("user").order_by("pk").first()
    if post is None:
        raise DomainError(
            f"没有找到与登录名、姓名“{member.name}”和所在单位都相符的在任账号。"
            "请向本人核对登录名；没有账号的，请先由所在单位添加为成员。",
            field="login",
        )
    return post


def refuse_known(post: Membership) -> None:
    """Refuse whom the pool has already, or whom another committee has asked."""
    pool = Expert.objects.filter(user_id=post.user_id).exclude(state=ExpertState.LEFT)
    if pool.exists():
        raise DomainError("这位委员已在评审专家库或正待入库，不必重复推荐。", field="login")
    open_rows = ExpertNomination.objects.filter(user_id=post.user_id, state=NominationState.ASKED)
    if open_rows.exists():
        raise DomainError("已征询这位委员的意愿，正等本人答复。", field="login")


@transaction.atomic
def agree_to_nomination(
    *,
    nomination_id: int,
    title: str,
    fields: Sequence[str],
    actor: Actor,
    today: datetime.date,
) -> ExpertNomination:
    """Agree to be proposed; the proposal goes to the keeper of the pool at once (同意推荐).

    The person keeps title and fields true; the platform proposes in the name of the host.
    """
    nomination = nominations_asked_of(actor).select_for_update(of=("self",)).get(pk=nomination_id)
    refuse_unfit_expertise(title=title, fields=fields)
    nomination.state = steps.target("agree", state=NominationState(nomination.state))
    nomination.title, nomination.fields = title.strip(), list(dict.fromkeys(fields))
    nomination.answered_on = today
    nomination.expert = propose_expert(
        facts=facts_of(nomination),
        actor=system_actor(),
        proposed_by_id=nomination.committee.host_id,
    )
    nomination.save(update_fields=["state", "title", "fields", "answered_on", "expert"])
    record(actor, "alliances.nomination.agreed", nomination)
    publish(NominationAnswered(nomination_id=nomination.pk))
    return nomination


def facts_of(nomination: ExpertNomination) -> ExpertFacts:
    """What the pool is told of the person."""
    return ExpertFacts(
        user_id=nomination.user_id,
        organisation_id=nomination.organisation_id,
        division_id=nomination.committee.division_id,
        title=nomination.title,
        fields=nomination.fields,
        starts_on=nomination.starts_on,
        ends_on=nomination.ends_on,
    )


@transaction.atomic
def decline_nomination(
    *, nomination_id: int, reason: str, actor: Actor, today: datetime.date
) -> ExpertNomination:
    """Say no; a reason may be left out (不同意推荐)."""
    nomination = nominations_asked_of(actor).select_for_update(of=("self",)).get(pk=nomination_id)
    end_nomination(nomination, step="decline", reason=reason, today=today)
    record(actor, "alliances.nomination.declined", nomination, reason=nomination.reason)
    publish(NominationAnswered(nomination_id=nomination.pk))
    return nomination


@transaction.atomic
def withdraw_nomination(
    *, nomination_id: int, reason: str, actor: Actor, today: datetime.date
) -> ExpertNomination:
    """Take a nomination back while the person has not answered (撤回推荐)."""
    nomination = nominations_kept_by(actor).select_for_update(of=("self",)).get(pk=nomination_id)
    if not reason.strip():
        raise DomainError("请写明撤回理由，本人会看到。", field="reason")
    end_nomination(nomination, step="withdraw", reason=reason, today=today)
    record(actor, "alliances.nomination.withdrawn", nomination, reason=nomination.reason)
    return nomination


def end_nomination(
    nomination: ExpertNomination, *, step: str, reason: str, today: datetime.date
) -> None:
    nomination.state = steps.target(step, state=NominationState(nomination.state))
    nomination.reason, nomination.answered_on = reason.strip()[:300], today
    nomination.save(update_fields=["state", "reason", "answered_on"])
