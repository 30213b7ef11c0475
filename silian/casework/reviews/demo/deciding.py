"""Builds a batch before its meeting and one in public notice, by the real commands."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.casework.reviews.choices.deciding import Ballot
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.appeals import file_appeal
from silian.casework.reviews.commands.deciding import (
    Choice,
    call_meeting,
    cast_votes,
    close_meeting,
    open_meeting,
)
from silian.casework.reviews.commands.notices import publish_notice
from silian.casework.reviews.commands.objections import Objector, raise_objection
from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.demo.dossiers import DossierBuilder
from silian.casework.reviews.models import Campaign, DecidingMeeting, Dossier, Passage
from silian.casework.reviews.permissions.deciding import member_candidates
from silian.casework.reviews.queries.deciding import agenda_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

OWNER = "青澜市发展和改革委员会（演示）"
ORGANISER, LEADER = "demo-coordinator", "demo-leader"
POINTS = ("91", "87.5", "83", "79", "75", "75", "71", "64", "58")  # a tie across the quota
DOSSIERS, QUOTA, LEAST_MEMBERS = len(POINTS), 5, 3
STAGES = (
    # state, step that ended it, days in it, days allowed
    (DossierState.SUBMITTED, "to_opinions", 4, 5),
    (DossierState.OPINIONS, "to_experts", 11, 10),
    (DossierState.EXPERTS, "to_visit", 9, 10),
    (DossierState.VISIT, "rank", 6, 15),
)
TEXT = "该单位近三年接收实习生的人次与其官方网站公布的不一致，可以核对实习协议和花名册。"


@dataclass
class DecidingBuilder:
    """Makes the same batches from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """One batch that waits for votes, one shown in public with an objection and an appeal."""
        user = User.objects.filter(username=ORGANISER).first()
        self.units = self.large_firms()
        if user is None or len(self.units) < 2 * DOSSIERS:  # a small city has no such batches
            return 0
        self.maker = DossierBuilder(rng=self.rng, on=self.on, scale=self.scale)
        self.maker.calendar = site_calendar()
        self.maker.owner = Organisation.objects.get(name=OWNER)
        self.maker.now = self.maker.moment(self.on, hour=9)
        self.actor = actor_for(user=user, on=self.on, organisation_id=self.maker.owner.pk)
        voting = self.batch(number=3, title="第三批")
        self.meeting(voting, votes=False)
        shown = self.batch(number=4, title="第四批")
        self.decide(self.meeting(shown, votes=True))
        self.show(shown)
        return 2 * DOSSIERS

    def large_firms(self) -> list[Organisation]:
        """Those who apply, the same in every build."""
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state="verified", above_scale=True
        )
        return list(rows.order_by("pk")[: 2 * DOSSIERS])

    def batch(self, *, number: int, title: str) -> Campaign:
        campaign = Campaign.objects.create(
            version=self.maker.enterprise_version(),
            division_id="990100",
            owner=self.maker.owner,
            year=self.on.year - 1,
            number=number,
            title=f"{self.on.year - 1} 年青澜市产教融合型企业认定（{title}）",
            state=CampaignState.REVIEWING,
            opens_on=self.on - datetime.timedelta(days=150),
            closes_on=self.on - datetime.timedelta(days=90),
            quota=QUOTA,
            contact="青澜市发展和改革委员会社会事业科，0000-000000",
            announced_at=self.maker.now - datetime.timedelta(days=150),
            is_demo=True,
        )
        self.dossiers(campaign)
        rank_campaign(campaign_id=campaign.pk, actor=self.actor)
        campaign.refresh_from_db()
        return campaign

    def dossiers(self, campaign: Campaign) -> None:
        """Applications that came through every stage, two of them with equal points."""
        start = (campaign.number - 3) * DOSSIERS
        units = self.units[start : start + DOSSIERS]
        rows = [
            self.maker.dossier(campaign, unit, state=DossierState.SUBMITTED, days=3)
            for unit in units
        ]
        for place, row in enumerate(rows):
            row.state = DossierState.RANKED
            row.points = Decimal(POINTS[place])
        made = Dossier.objects.bulk_create(rows)
        Campaign.objects.filter(pk=campaign.pk).update(last_number=self.maker.numbered)
        self.maker.seat_applicants(made)
        Passage.objects.bulk_create(row for dossier in made for row in self.passages(dossier))

    def passages(self, dossier: Dossier) -> list[Passage]:
        """The stays behind a dossier, each a little longer or shorter."""
        at, rows = self.maker.now - datetime.timedelta(days=80), []
        for state, step, days, allowed in STAGES:
            left = at + datetime.timedelta(days=days + self.rng.randrange(-2, 6))
            due_on = self.maker.calendar.add(at.date(), days=allowed)
            rows.append(
                Passage(
                    dossier=dossier,
                    state=state,
                    step=step,
                    entered_at=at,
                    left_at=left,
                    due_on=due_on,
                )
            )
            at = left
        return rows

    def meeting(self, campaign: Campaign, *, votes: bool) -> DecidingMeeting:
        """A meeting of the leader and other officials; all came."""
        rows = list(member_candidates(campaign, on=self.on).exclude(user__username=ORGANISER))
        rows.sort(key=lambda row: (row.user.username != LEADER, row.pk))
        people = rows[: LEAST_MEMBERS + 2]
        meeting = call_meeting(
            campaign_id=campaign.pk,
            held_on=self.on,
            place="市政务服务中心三楼会议室",
            user_ids=[row.user_id for row in people],
            actor=self.actor,
            on=self.on,
        )
        open_meeting(
            meeting_id=meeting.pk,
            present_user_ids=[row.user_id for row in people],
            actor=self.actor,
        )
        for row in people if votes else people[1:]:
            self.vote(meeting, actor_for(user=row.user, on=self.on))
        meeting.refresh_from_db()
        return meeting

    def vote(self, meeting: DecidingMeeting, actor: Actor) -> None:
        """For those within the quota, against the rest with the reason."""
        choices = [
            Choice(
                dossier_id=dossier.pk,
                ballot=Ballot.FOR if place < QUOTA else Ballot.AGAINST,
                reason="" if place < QUOTA else "与名额内单位相比，合作成效的证明不足。",
            )
            for place, dossier in enumerate(agenda_of(meeting))
        ]
        cast_votes(meeting_id=meeting.pk, choices=choices, actor=actor)

    def decide(self, meeting: DecidingMeeting) -> None:
        close_meeting(
            meeting_id=meeting.pk,
            minutes="逐份听取评审情况。并列跨名额线的两家经公开比较合作年限后分别表决。",
            reasons={},
            actor=self.actor,
        )

    def show(self, campaign: Campaign) -> None:
        """The notice, one objection without a name, one appeal of a refused applicant."""
        notice = publish_notice(
            campaign_id=campaign.pk, contact=campaign.contact, masked=[], actor=self.actor
        )
        raise_objection(
            entry_id=notice.entries.order_by("position")[1].pk, text=TEXT, objector=Objector()
        )
        for dossier in campaign.dossiers.filter(state=DossierState.REJECTED).order_by("rank"):
            agent = Membership.objects.in_force(on=self.on).filter(
                organisation_id=dossier.applicant_id, role__in=[Role.MANAGER, Role.AGENT]
            )
            if member := agent.select_related("user").first():
                file_appeal(
                    dossier_id=dossier.pk,
                    text="我单位第三项佐证材料没有计入合作成效，请复核。",
                    actor=actor_for(
                        user=member.user, on=self.on, organisation_id=dossier.applicant_id
                    ),
                )
                return
