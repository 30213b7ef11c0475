"""Write, send and withdraw opinions of a committee; answer them for a school."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.foundation.reference.models import Occupation
from silian.operations.alliances.choices.committees import OpinionState, Take
from silian.operations.alliances.commands.committees import kept_committee
from silian.operations.alliances.events.committees import (
    OpinionAnswered,
    OpinionIssued,
    OpinionWithdrawn,
)
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.permissions.committees import (
    answers_owed_by,
    opinions_visible_to,
    require_committee_keeper,
)
from silian.operations.alliances.workflow.opinion import opinion as opinion_workflow

ANSWER_WORKING_DAYS = 20  # a school meets on its programmes about once a month


@dataclass(frozen=True, kw_only=True)
class OpinionFacts:
    """What a committee says, and what it concerns (意见)."""

    kind: str
    title: str
    text: str
    meeting_id: int | None
    standard_id: int | None
    programme_ids: Sequence[int]
    occupation_ids: Sequence[str]


@transaction.atomic
def draft_opinion(*, committee_id: int, facts: OpinionFacts, actor: Actor) -> CommitteeOpinion:
    """Write an opinion; nobody outside reads it before it is sent (拟写意见)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    refuse_foreign_meeting(committee, facts.meeting_id)
    opinion = CommitteeOpinion(committee=committee, written_by_id=actor.user_id)
    fill(opinion, facts)
    record(actor, "alliances.opinion.drafted", opinion)
    return opinion


def refuse_foreign_meeting(committee: Committee, meeting_id: int | None) -> None:
    if meeting_id and not committee.meetings.filter(pk=meeting_id).exists():
        raise DomainError("会议不是这个委员会的，请重新选择。", field="meeting")


def fill(opinion: CommitteeOpinion, facts: OpinionFacts) -> None:
    opinion.kind, opinion.title, opinion.text = facts.kind, facts.title, facts.text
    opinion.meeting_id, opinion.standard_id = facts.meeting_id, facts.standard_id
    opinion.save()
    opinion.programmes.set(facts.programme_ids)
    opinion.occupations.set(Occupation.objects.filter(pk__in=list(facts.occupation_ids)))


def kept_opinion(*, opinion_id: int, actor: Actor) -> CommitteeOpinion:
    rows = opinions_visible_to(actor).select_for_update(of=("self",))
    opinion = rows.select_related("committee__host").get(pk=opinion_id)
    require_committee_keeper(actor, opinion.committee)
    return opinion


@transaction.atomic
def change_opinion(*, opinion_id: int, facts: OpinionFacts, actor: Actor) -> CommitteeOpinion:
    """Change a draft; a sent opinion is withdrawn and written anew (修改意见)."""
    opinion = kept_opinion(opinion_id=opinion_id, actor=actor)
    if opinion.state != OpinionState.DRAFT:
        raise DomainError("已发出的意见不再修改。需要更正请撤回并写明理由，再另写一份。")
    refuse_foreign_meeting(opinion.committee, facts.meeting_id)
    fill(opinion, facts)
    record(actor, "alliances.opinion.changed", opinion)
    return opinion


@transaction.atomic
def issue_opinion(*, opinion_id: int, actor: Actor, now: datetime.datetime) -> CommitteeOpinion:
    """Send an opinion; each school whose programmes it concerns owes an answer (发出意见)."""
    opinion = kept_opinion(opinion_id=opinion_id, actor=actor)
    if opinion.committee.ended_on is not None:
        raise DomainError("委员会已撤销，不能再发出意见。")
    links = opinion.programmes.count() + opinion.occupations.count()
    opinion.state = opinion_workflow.target(
        "issue",
        state=opinion.state,
        kind=opinion.kind,
        links=links + (opinion.standard_id is not None),
        has_standard=opinion.standard_id is not None,
    )
    opinion.issued_on = now.date()
    opinion.save(update_fields=["state", "issued_on"])
    due_at = site_deadline(now, working_days=ANSWER_WORKING_DAYS).due_at
    schools = opinion.programmes.order_by("school_id").values_list("school_id", flat=True)
    OpinionAnswer.objects.bulk_create(
        OpinionAnswer(opinion=opinion, school_id=school, due_at=due_at)
        for school in schools.distinct()
    )
    record(actor, "alliances.opinion.issued", opinion)
    publish(OpinionIssued(opinion_id=opinion.pk))
    return opinion


@transaction.atomic
def withdraw_opinion(*, opinion_id: int, reason: str, actor: Actor) -> CommitteeOpinion:
    """Take a sent opinion back with a reason; answers given stay on record (撤回意见)."""
    opinion = kept_opinion(opinion_id=opinion_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明撤回理由，相关学校会看到。", field="reason")
    opinion.state = opinion_workflow.target("withdraw", state=opinion.state)
    opinion.reason = reason.strip()[:300]
    opinion.save(update_fields=["state", "reason"])
    record(actor, "alliances.opinion.withdrawn", opinion, reason=opinion.reason)
    publish(OpinionWithdrawn(opinion_id=opinion.pk))
    return opinion


@transaction.atomic
def answer_opinion(
    *, answer_id: int, take: Take, text: str, actor: Actor, today: datetime.date
) -> OpinionAnswer:
    """Say for one's school what it does with the opinion; once (答复意见)."""
    rows = answers_owed_by(actor).select_for_update(of=("self",))
    answer = rows.filter(pk=answer_id).first()
    if answer is None:
        raise NotAllowed("意见由涉及专业点所在学校的经办人员答复。")
    if answer.take != Take.WAITING:
        raise DomainError("贵校已答复，不重复答复。")
    if take == Take.WAITING:
        raise DomainError("请选择采纳情况。", field="take")
    if not text.strip():
        raise DomainError("请写明怎样落实，或不采纳的理由。", field="text")
    answer.take, answer.text, answer.answered_on = take, text.strip()[:1000], today
    answer.save(update_fields=["take", "text", "answered_on"])
    record(actor, "alliances.opinion.answered", answer)
    publish(OpinionAnswered(answer_id=answer.pk))
    return answer
