"""Call a deciding meeting, note who came, vote, and write down what was decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Ballot, DecisionGround, MeetingState, Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, SeatRole
from silian.casework.reviews.commands.campaigns import locked_campaign
from silian.casework.reviews.commands.decisions import decide, end_as_rejected
from silian.casework.reviews.commands.dossiers import locked_dossier
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.deciding import MeetingCalled
from silian.casework.reviews.models import DecidingMeeting, Dossier, MeetingMember, Vote
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.permissions.deciding import member_candidates, require_member
from silian.casework.reviews.queries.deciding import Board, Matter, agenda_of, board_of
from silian.casework.reviews.queries.decisions import snapshot_of, with_grounds
from silian.casework.reviews.rules.voting import rejection_sentence
from silian.casework.reviews.workflow.meeting import meeting as table
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LEAST_MEMBERS = 3  # below this a vote is no collective decision
AFTER_RANKING = (CampaignState.DECIDING, CampaignState.NOTICED, CampaignState.CONCLUDED)
PROPOSED = "集体审定通过，拟认定并公示。"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a member says on one dossier."""

    dossier_id: int
    ballot: Ballot
    reason: str = ""


def locked_meeting(meeting_id: int) -> DecidingMeeting:
    rows = DecidingMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__version__scheme").get(pk=meeting_id)


@transaction.atomic
def call_meeting(
    *,
    campaign_id: int,
    held_on: datetime.date,
    place: str,
    user_ids: Sequence[int],
    actor: Actor,
    on: datetime.date,
) -> DecidingMeeting:
    """Ask the members to decide the batch together (召集审定会)."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    if campaign.state not in AFTER_RANKING:
        raise DomainError("本批次还没有排序，不能召集审定会。请先排序并提交审定。")
    if campaign.meetings.exclude(state=MeetingState.CLOSED).exists():
        raise DomainError("上一次审定会还没有结束。请先结束，再召集下一次。")
    if held_on < on:
        raise DomainError("召开日期已过，请重新选择。", field="held_on")
    meeting = DecidingMeeting.objects.create(
        campaign=campaign, held_on=held_on, place=place.strip()
    )
    if not agenda_of(meeting).exists():
        raise DomainError("没有等待审定的申报材料，不需要召集审定会。")
    add_members(meeting, user_ids=user_ids, on=on)
    record(actor, "reviews.meeting.called", meeting, detail={"members": len(set(user_ids))})
    publish(MeetingCalled(meeting_id=meeting.pk))
    return meeting


def add_members(meeting: DecidingMeeting, *, user_ids: Sequence[int], on: datetime.date) -> None:
    chosen = [
        row for row in member_candidates(meeting.campaign, on=on) if row.user_id in set(user_ids)
    ]
    if len(chosen) < max(LEAST_MEMBERS, len(set(user_ids))):
        raise DomainError(
            f"审定会至少 {LEAST_MEMBERS} 名成员，且都应为本地区的审核、统筹、督查人员或分管领导。",
            field="members",
        )
    MeetingMember.objects.bulk_create(
        MeetingMember(meeting=meeting, user=row.user, organisation=row.organisation)
        for row in chosen
    )


@transaction.atomic
def open_meeting(
    *, meeting_id: int, present_user_ids: Sequence[int], actor: Actor
) -> DecidingMeeting:
    """Note who came and let them vote; late comers may be added until the end (登记到会)."""
    meeting = locked_meeting(meeting_id)
    require_organiser(actor, meeting.campaign)
    meeting.state = table.target("open", state=MeetingState(meeting.state))
    voted = set(meeting.votes.values_list("user_id", flat=True))
    present = set(present_user_ids) | voted
    if not meeting.members.filter(user_id__in=present).exists():
        raise DomainError("请至少登记一名到会成员。", field="present")
    meeting.members.update(is_present=False)
    meeting.members.filter(user_id__in=present).update(is_present=True)
    meeting.save(update_fields=["state"])
    record(actor, "reviews.meeting.opened", meeting, detail={"present": sorted(present)})
    return meeting


@transaction.atomic
def cast_votes(*, meeting_id: int, choices: Sequence[Choice], actor: Actor) -> int:
    """Vote on one or many dossiers, openly and for good (表决); how many were cast.

    Whoever recuses himself takes no seat on the file and leaves its quorum.
    """
    meeting = locked_meeting(meeting_id)
    require_member(actor, meeting)
    table.target("vote", state=MeetingState(meeting.state))
    open_matters = {row.dossier.pk: row for row in board_of(meeting).open_to(actor)}
    for choice in choices:
        refuse_unfit(choice, open_matters.get(choice.dossier_id), actor=actor)
    for choice in choices:
        cast(meeting, choice, actor=actor)
    if choices:
        record(actor, "reviews.vote.cast", meeting, detail={"dossiers": len(choices)})
    return len(choices)


def refuse_unfit(choice: Choice, matter: Matter | None, *, actor: Actor) -> None:
    if matter is None:
        raise DomainError(
            "有一份材料您不能表决：您已经表决过、没有登记到会，或者应当回避。请刷新后重新选择。"
        )
    if choice.ballot in (Ballot.AGAINST, Ballot.RECUSED) and not choice.reason.strip():
        raise DomainError(
            f"“{matter.dossier.subject_name}”：{choice.ballot.label}须写明理由。",
            field=f"reason-{choice.dossier_id}",
        )


def cast(meeting: DecidingMeeting, choice: Choice, *, actor: Actor) -> None:
    dossier = locked_dossier(choice.dossier_id)
    if choice.ballot != Ballot.RECUSED:
        take_seat(dossier=dossier, role=SeatRole.DECIDER, actor=actor)
    Vote.objects.create(
        meeting=meeting,
        dossier=dossier,
        user_id=actor.user_id or 0,
        ballot=choice.ballot,
        reason=choice.reason.strip()[:500],
        cast_at=timezone.now(),
    )


@transaction.atomic
def close_meeting(
    *, meeting_id: int, minutes: str, reasons: Mapping[int, str], actor: Actor
) -> Board:
    """Count, decide each dossier and keep the minutes (结束审定会).

    ``reasons`` are words for applicants who did not pass, beside the count. A dossier without a
    quorum waits for another meeting.
    """
    meeting = locked_meeting(meeting_id)
    require_organiser(actor, meeting.campaign)
    target = table.target("close", state=MeetingState(meeting.state))
    if not minutes.strip():
        raise DomainError("请填写会议记录：讨论要点和有分歧的事项。", field="minutes")
    board = board_of(meeting)
    if board.reason_open:
        raise DomainError(board.reason_open)
    meeting.state, meeting.minutes = target, minutes.strip()
    meeting.closed_at = timezone.now()
    meeting.save(update_fields=["state", "minutes", "closed_at"])
    write_decisions(board, reasons=reasons, actor=actor)
    record(actor, "reviews.meeting.closed", meeting)
    return board


def write_decisions(board: Board, *, reasons: Mapping[int, str], actor: Actor) -> None:
    keys = [matter.dossier.pk for matter in board.matters]
    locked = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    campaign = board.meeting.campaign
    dossiers = {}
    for row in with_grounds(locked):
        row.campaign = campaign
        dossiers[row.pk] = row
    for matter in board.matters:
        if matter.outcome is not None:
            settle(
                matter,
                dossier=dossiers[matter.dossier.pk],
                board=board,
                words=reasons.get(matter.dossier.pk, ""),
                actor=actor,
            )


def settle(matter: Matter, *, dossier: Dossier, board: Board, words: str, actor: Actor) -> None:
    carried = matter.outcome == Outcome.RECOGNISE
    reason = PROPOSED if carried else why_rejected(matter, board=board, words=words)
    decide(
        dossier=dossier,
        outcome=Outcome.RECOGNISE if carried else Outcome.REJECT,
        ground=DecisionGround.VOTE,
        reason=reason,
        basis=board.meeting.campaign.content.procedure.basis.get("decision", ""),
        snapshot={
            **snapshot_of(dossier, standing=matter.standing or ""),
            "meeting": board.meeting.pk,
            "rules": board.meeting.campaign.version.number,
            "tally": asdict(matter.tally),
            "votes": [vote_record(line) for line in matter.roll],
        },
        actor=actor,
    )
    if not carried:
        end_as_rejected(dossier=dossier, reason=reason)


def why_rejected(matter: Matter, *, board: Board, words: str) -> str:
    day = board.meeting.held_on
    count = rejection_sentence(
        matter.tally,
        held_on=f"{day.year}年{day.month}月{day.day}日",
        rank=matter.dossier.rank,
        quota=board.meeting.campaign.quota,
    )
    return f"{words.strip()} {count}".strip()


def vote_record(line: Any) -> dict[str, Any]:
    return {
        "user": line.member.user_id,
        "name": line.member.user.name,
        "organisation": line.member.organisation.name,
        "ballot": line.ballot,
        "reason": line.reason,
        "barred": line.barred,
    }
