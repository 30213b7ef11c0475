"""A deciding meeting: who votes on what, how the votes stand, what they decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Ballot, MeetingState, Outcome, Standing
from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.models import (
    DecidingMeeting,
    Dossier,
    DossierDecision,
    DossierSeat,
    MeetingMember,
    Vote,
)
from silian.casework.reviews.queries.ranking import standings_of
from silian.casework.reviews.rules.voting import (
    Tally,
    outcome_of,
    reason_not_closable,
    reason_not_votable,
    tally_of,
)
from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.models import Membership


@dataclass(frozen=True, kw_only=True)
class RollLine:
    """One member on one dossier: the vote with its reason, or why there is none (表决记录)."""

    member: MeetingMember
    ballot: str
    reason: str
    barred: str

    @property
    def counts(self) -> bool:
        """Whether the member may vote on this file at all."""
        return not self.barred and self.ballot != Ballot.RECUSED

    @property
    def word(self) -> str:
        if self.ballot:
            return Ballot(self.ballot).label
        if self.barred:
            return "不参加"
        return "未投" if self.member.is_present else "未到会"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One dossier before the meeting (审定事项)."""

    dossier: Dossier
    standing: Standing | None
    roll: list[RollLine]
    quorum: Decimal | None
    majority: Decimal | None

    @cached_property
    def tally(self) -> Tally:
        counting = [line for line in self.roll if line.counts]
        return tally_of(
            eligible=len(counting),
            present=sum(bool(line.member.is_present) for line in counting),
            ballots=[line.ballot for line in counting if line.ballot],
        )

    @property
    def outcome(self) -> Outcome | None:
        return outcome_of(self.tally, quorum=self.quorum, majority=self.majority)

    def line_of(self, user_id: int | None) -> RollLine | None:
        return next((line for line in self.roll if line.member.user_id == user_id), None)


@dataclass(frozen=True, kw_only=True)
class Board:
    """All matters of a meeting with the roll of each (表决总表)."""

    meeting: DecidingMeeting
    members: list[MeetingMember]
    matters: list[Matter]

    @property
    def missing(self) -> int:
        return sum(matter.tally.missing for matter in self.matters)

    @property
    def present(self) -> int:
        return sum(bool(member.is_present) for member in self.members)

    @property
    def missing_of(self) -> list[tuple[MeetingMember, list[Matter]]]:
        """Who came and on which matters he has yet to vote (未投的票)."""
        waiting = [(member, self.waiting_for(member.user_id)) for member in self.members]
        return [(member, matters) for member, matters in waiting if matters]

    @property
    def missing_votes(self) -> list[tuple[str, int]]:
        return [(member.user.name, len(matters)) for member, matters in self.missing_of]

    @property
    def reason_open(self) -> str:
        """Why the meeting may not end yet, empty when it may."""
        reason = reason_not_closable(
            missing=self.missing_votes,
            untouched=sum(1 for row in self.matters if row.tally.missing and not row.tally.cast),
            silence_abstains=self.meeting.campaign.content.procedure.silence_abstains,
        )
        return reason or ""

    def open_to(self, actor: Actor) -> list[Matter]:
        """The matters on which the actor has yet to vote."""
        return self.waiting_for(actor.user_id)

    def waiting_for(self, user_id: int | None) -> list[Matter]:
        lines = [(matter, matter.line_of(user_id)) for matter in self.matters]
        return [
            matter
            for matter, line in lines
            if line and line.counts and not line.ballot and line.member.is_present
        ]


def agenda_of(meeting: DecidingMeeting) -> QuerySet[Dossier]:
    """What the meeting decides, best first; of a closed one, what it voted on (议程)."""
    rows = Dossier.objects.filter(campaign_id=meeting.campaign_id)
    if meeting.state == MeetingState.CLOSED:
        rows = rows.filter(pk__in=Vote.objects.filter(meeting=meeting).values("dossier_id"))
    else:
        proposed = DossierDecision.objects.filter(
            dossier__campaign_id=meeting.campaign_id,
            outcome=Outcome.RECOGNISE,
            superseded_by__isnull=True,
        )
        rows = rows.filter(state=DossierState.RANKED).exclude(pk__in=proposed.values("dossier_id"))
    return rows.select_related("applicant", "division").order_by("rank", "pk")


def board_of(meeting: DecidingMeeting) -> Board:
    """The whole board in a constant number of queries."""
    members = list(meeting.members.select_related("user", "organisation").order_by("pk"))
    dossiers = list(agenda_of(meeting))
    bars = bars_of(members, dossiers)
    votes = {(vote.dossier_id, vote.user_id): vote for vote in Vote.objects.filter(meeting=meeting)}
    standings = standings_of(meeting.campaign)
    values, procedure = meeting.campaign.values, meeting.campaign.content.procedure
    quorum, majority = values.number(procedure.quorum), values.number(procedure.majority)
    return Board(
        meeting=meeting,
        members=members,
        matters=[
            Matter(
                dossier=dossier,
                standing=standings.get(dossier.pk),
                roll=roll_of(dossier, members=members, votes=votes, bars=bars),
                quorum=quorum,
                majority=majority,
            )
            for dossier in dossiers
        ],
    )


def roll_of(
    dossier: Dossier,
    *,
    members: Iterable[MeetingMember],
    votes: dict[tuple[int, int], Vote],
    bars: dict[tuple[int, int], str],
) -> list[RollLine]:
    found = [(member, votes.get((dossier.pk, member.user_id))) for member in members]
    return [
        RollLine(
            member=member,
            ballot=vote.ballot if vote else "",
            reason=vote.reason if vote else "",
            barred=bars.get((dossier.pk, member.user_id), ""),
        )
        for member, vote in found
    ]


def bars_of(members: list[MeetingMember], dossiers: list[Dossier]) -> dict[tuple[int, int], str]:
    """Why a member takes no part in a dossier: another seat on it, or the applicant's own."""
    users = [member.user_id for member in members]
    seats = DossierSeat.objects.filter(dossier__in=dossiers, user_id__in=users).exclude(
        role=SeatRole.DECIDER
    )
    held = {
        (dossier, user): SeatRole(role).label
        for dossier, user, role in seats.values_list("dossier_id", "user_id", "role")
    }
    units: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.in_force(on=timezone.localdate()).filter(user_id__in=users)
    for user, unit in rows.values_list("user_id", "organisation_id"):
        units[user].add(unit)
    bars = {}
    for dossier in dossiers:
        for user in users:
            reason = reason_not_votable(
                other_seat=held.get((dossier.pk, user), ""),
                is_applicants=dossier.applicant_id in units[user],
                is_present=True,
                has_voted=False,
            )
            if reason:
                bars[dossier.pk, user] = reason
    return bars
