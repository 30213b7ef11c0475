"""Deciding on the pages of a dossier and of a batch, in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.deciding import MeetingState
from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.models import Campaign, DecidingMeeting, Dossier, Ranking, Vote
from silian.casework.reviews.permissions.campaigns import may_organise
from silian.casework.reviews.permissions.deciding import (
    campaigns_ranked_for,
    meetings_visible_to,
)
from silian.casework.reviews.permissions.dossiers import dossiers_judged_by, is_applicant
from silian.casework.reviews.permissions.notices import hearings_of, objections_visible_to
from silian.casework.reviews.queries.appeals import right_of_appeal
from silian.casework.reviews.queries.deciding import board_of
from silian.casework.reviews.queries.decisions import decisions_of
from silian.casework.reviews.queries.notices import (
    notices_of,
    proposed_dossiers,
    undecided_dossiers,
)
from silian.casework.reviews.queries.ranking import open_dossiers
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets

SHOWN_TODOS = 6


def dossier_panel(actor: Actor, dossier: Dossier) -> sockets.Panel | None:
    """What was decided and why; for the applicant the right of appeal, never who objected."""
    judges = dossiers_judged_by(actor).filter(pk=dossier.pk).exists()
    applies = is_applicant(actor, dossier) and not actor.is_system
    if not judges and not applies:
        return None
    context = {
        "dossier": dossier,
        "judges": judges,
        "applies": applies,
        "decisions": list(decisions_of(dossier)),
        "right": right_of_appeal(dossier) if applies else None,
        "hearings": list(hearings_of(actor).filter(dossier=dossier)) if applies else [],
        "objections": list(objections_visible_to(actor).filter(dossier=dossier)) if judges else [],
        "roll": list(roll_for(actor, dossier)) if judges else [],
        "organises": judges and may_organise(actor, dossier.campaign),
    }
    return sockets.Panel(template="reviews/_deciding_dossier.html", context=context)


def roll_for(actor: Actor, dossier: Dossier) -> QuerySet[Vote]:
    """The open roll, for those who see the meeting it was voted in."""
    seen = meetings_visible_to(actor).values("pk")
    return dossier.votes.filter(meeting__in=seen).select_related("user").order_by("pk")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What the organiser does next (下一步)."""

    text: str
    label: str = ""
    url: str = ""


def next_step(campaign: Campaign) -> Step | None:
    """The next step of deciding, in words."""
    if campaign.state == CampaignState.REVIEWING:
        left = open_dossiers(campaign)
        if left:
            return Step(text=f"还有 {left} 份材料没有办完评审环节，办完后排序。")
        url = reverse("reviews:ranking_detail", args=[campaign.pk])
        return Step(text="评审环节都已办完。", label="看排序", url=url)
    if campaign.state not in (
        CampaignState.DECIDING,
        CampaignState.NOTICED,
        CampaignState.CONCLUDED,
    ):
        return None
    undecided = undecided_dossiers(campaign).count()
    open_meeting = campaign.meetings.exclude(state=MeetingState.CLOSED).first()
    if undecided and open_meeting is None:
        url = reverse("reviews:meeting_call", args=[campaign.pk])
        return Step(text=f"{undecided} 份等待审定。", label="召集审定会", url=url)
    if undecided and open_meeting is not None:
        url = reverse("reviews:meeting_detail", args=[open_meeting.pk])
        return Step(text=f"审定会{open_meeting.get_state_display()}。", label="看审定会", url=url)
    proposed = proposed_dossiers(campaign).count()
    if proposed or campaign.state == CampaignState.DECIDING:
        url = reverse("reviews:notice_publish", args=[campaign.pk])
        return Step(text=f"{proposed} 个拟认定，等待公示。", label="发布公示", url=url)
    return None


def campaign_panel(actor: Actor, campaign: Campaign) -> sockets.Panel | None:
    """Ranking, meetings, notices and what comes next, for those who follow the batch."""
    if not campaigns_ranked_for(actor).filter(pk=campaign.pk).exists():
        return None
    context = {
        "campaign": campaign,
        "organises": may_organise(actor, campaign),
        "step": next_step(campaign),
        "ranking": Ranking.objects.filter(campaign=campaign).exists(),
        "meetings": list(meetings_visible_to(actor).filter(campaign=campaign).order_by("pk")),
        "notices": list(notices_of(campaign)),
        "today": timezone.localdate(),
    }
    return sockets.Panel(template="reviews/_deciding_campaign.html", context=context)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Votes that wait for a member (待表决)."""
    if actor.user_id is None:
        return []
    rows = DecidingMeeting.objects.filter(
        members__user_id=actor.user_id, members__is_present=True, state=MeetingState.OPEN
    ).select_related("campaign__version")
    found = []
    for meeting in rows.order_by("held_on")[:SHOWN_TODOS]:
        count = len(board_of(meeting).open_to(actor))
        if count:
            found.append(
                sockets.Todo(
                    title=f"表决 {count} 份：{meeting.campaign.title}",
                    detail=f"审定会 {meeting.held_on:%Y-%m-%d}，{meeting.place}",
                    url=reverse("reviews:meeting_vote", args=[meeting.pk]),
                    action="表决",
                )
            )
    return found


sockets.panels["reviews.dossier"].plug(dossier_panel, order=40)
sockets.panels["reviews.campaign"].plug(campaign_panel, order=40)
sockets.todos.plug(todos, order=24)
