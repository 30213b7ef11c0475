"""A batch that is ranked, voted on and shown in public, for the tests of deciding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.deciding import Ballot
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
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
from silian.casework.reviews.models import (
    Campaign,
    DecidingMeeting,
    Dossier,
    Objection,
    PublicNotice,
)
from silian.casework.reviews.queries.deciding import agenda_of
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage
from tests.world import CITY, Person, World, make_member

FORM = [{"code": "hosted", "label": "接收实习人次", "type": "integer", "public": True}]


def member(world: World, name: str, *, role: Role = Role.REVIEWER) -> Person:
    """An official of the city's office, made once."""
    if name not in world.people:
        world.people[name] = make_member(
            username=name,
            organisation=world.leader.organisation,
            role=role,
            jurisdiction_id=CITY,
        )
    return world.people[name]


def members(world: World) -> list[Person]:
    return [world.leader, *(member(world, f"member-{place}") for place in (1, 2))]


def batch(
    world: World,
    points: Sequence[str | None] = ("90", "80", "70"),
    *,
    own: bool = False,
    procedure: dict[str, Any] | None = None,
    **facts: Any,
) -> Campaign:
    """A batch under review whose dossiers are through; ``own``: the first is the enterprise's."""
    version = stage.published(world, procedure=procedure or {}, form=FORM)
    campaign = stage.open_campaign(
        world, version=version, **{"state": CampaignState.REVIEWING, **facts}
    )
    rows = list(stage.enterprises(len(points), prefix="名次企业"))
    if own:
        rows[0] = world.enterprise.organisation
    made = stage.make_dossiers(campaign, rows, state=DossierState.RANKED)
    for dossier, total in zip(made, points, strict=True):
        dossier.points = None if total is None else Decimal(total)
        dossier.state_since = timezone.now() - stage.DAY
    Dossier.objects.bulk_update(made, ["points", "state_since"])
    return campaign


def called(world: World, campaign: Campaign, people: list[Person] | None = None) -> DecidingMeeting:
    if campaign.state == CampaignState.REVIEWING:
        rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor)
        campaign.refresh_from_db()
    today = timezone.localdate()
    return call_meeting(
        campaign_id=campaign.pk,
        held_on=today,
        place="三楼会议室",
        user_ids=[person.user.pk for person in people or members(world) if person.user],
        actor=world.coordinator.actor,
        on=today,
    )


def opened(world: World, campaign: Campaign, people: list[Person] | None = None) -> DecidingMeeting:
    meeting = called(world, campaign, people)
    return open_meeting(
        meeting_id=meeting.pk,
        present_user_ids=[person.user.pk for person in people or members(world) if person.user],
        actor=world.coordinator.actor,
    )


def vote(
    meeting: DecidingMeeting, person: Person, dossiers: Sequence[Dossier], ballot: Ballot
) -> int:
    return cast_votes(
        meeting_id=meeting.pk,
        choices=[
            Choice(dossier_id=row.pk, ballot=ballot, reason=f"{ballot.label}的理由")
            for row in dossiers
        ],
        actor=person.actor,
    )


def decided(
    world: World, campaign: Campaign, *, passing: int, own_words: str = ""
) -> DecidingMeeting:
    """The first ``passing`` dossiers are carried by all, the rest refused by all."""
    meeting = opened(world, campaign)
    rows = list(agenda_of(meeting))
    for person in members(world):
        vote(meeting, person, rows[:passing], Ballot.FOR)
        vote(meeting, person, rows[passing:], Ballot.AGAINST)
    close_meeting(
        meeting_id=meeting.pk,
        minutes="逐份讨论，意见一致。",
        reasons={row.pk: own_words for row in rows},
        actor=world.coordinator.actor,
    )
    meeting.refresh_from_db()
    return meeting


def noticed(world: World, campaign: Campaign, *, passing: int) -> PublicNotice:
    decided(world, campaign, passing=passing)
    return publish_notice(
        campaign_id=campaign.pk,
        contact="青澜市教育局，0000-000000",
        masked=[],
        actor=world.coordinator.actor,
    )


def objected(notice: PublicNotice, *, position: int = 1) -> tuple[Objection, str]:
    entry = notice.entries.get(position=position)
    code = raise_objection(
        entry_id=entry.pk,
        text="该企业填报的实习人次与我们了解的不一致。",
        objector=Objector(name="钱多多", contact="13911112222"),
    )
    return Objection.objects.order_by("-pk")[0], code


def keep_days(notice: PublicNotice) -> None:
    """Let the days of a notice be over."""
    PublicNotice.objects.filter(pk=notice.pk).update(
        starts_on=notice.starts_on - 40 * stage.DAY, ends_on=notice.starts_on
    )
