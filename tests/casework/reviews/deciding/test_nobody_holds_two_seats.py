"""Every ordered pair of seats, through the real commands: the second is always refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Ballot, DecisionGround, Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.choices.schemes import Silence
from silian.casework.reviews.commands.appeals import take_appeal
from silian.casework.reviews.commands.assignments import accept_task
from silian.casework.reviews.commands.deciding import Choice, cast_votes
from silian.casework.reviews.commands.dossiers import save_answers
from silian.casework.reviews.commands.intake import refuse_dossier
from silian.casework.reviews.commands.moderation import settle_moderation
from silian.casework.reviews.commands.objections import take_objection
from silian.casework.reviews.commands.opinions import give_opinion
from silian.casework.reviews.commands.visits import VisitPlan, arrange_visit
from silian.casework.reviews.models import (
    Appeal,
    Assignment,
    Campaign,
    DecidingMeeting,
    Dossier,
    DossierDecision,
    DossierSeat,
    Draw,
    Expert,
    MeetingMember,
    Objection,
    Opinion,
    PublicNotice,
    SiteVisit,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for
from tests.casework.reviews import stage_judging
from tests.world import CITY, STARTED, World

REASON = "与名册逐项核对后的结论，理由充分。"


class Undo(Exception):
    """Takes back what one pair did."""


@dataclass
class Play:
    """One dossier and one person whom every office of the batch would let act."""

    world: World
    campaign: Campaign
    dossier: Dossier
    user: User
    expert: Expert

    @property
    def official(self) -> Actor:
        unit = self.world.coordinator.organisation
        assert unit is not None
        return actor_for(user=self.user, on=timezone.localdate(), organisation_id=unit.pk)

    def at(self, state: DossierState, *, batch: CampaignState = CampaignState.REVIEWING) -> None:
        reason = "不符合条件" if state == DossierState.REJECTED else ""
        Dossier.objects.filter(pk=self.dossier.pk).update(state=state, end_reason=reason)
        Campaign.objects.filter(pk=self.campaign.pk).update(state=batch)


def applicant(play: Play) -> None:
    play.at(DossierState.FIXING)
    unit = play.dossier.applicant
    Membership.objects.create(
        user=play.user, organisation=unit, role=Role.MANAGER, starts_on=STARTED
    )
    today = timezone.localdate()
    actor = actor_for(user=play.user, on=today, organisation_id=unit.pk)
    save_answers(dossier_id=play.dossier.pk, answers={}, actor=actor)


def intake(play: Play) -> None:
    play.at(DossierState.SUBMITTED)
    refuse_dossier(
        dossier_id=play.dossier.pk, reason=REASON, basis="办法第五条", actor=play.official
    )


def opinion(play: Play) -> None:
    play.at(DossierState.OPINIONS)
    asked = Opinion.objects.create(
        dossier=play.dossier,
        level="city",
        department="教育",
        organisation=play.world.coordinator.organisation,
        silence=Silence.NO_OBJECTION,
        asked_at=timezone.now(),
        due_on=timezone.localdate(),
    )
    Opinion.objects.create(  # a second one stays open, so that the level does not end
        dossier=play.dossier,
        level="city",
        department="财政",
        organisation=play.world.leader.organisation,
        silence=Silence.NO_OBJECTION,
        asked_at=timezone.now(),
        due_on=timezone.localdate(),
    )
    give_opinion(opinion_id=asked.pk, agrees=True, text="", actor=play.official)


def expert(play: Play) -> None:
    play.at(DossierState.EXPERTS)
    task = Assignment.objects.create(
        dossier=play.dossier,
        expert=play.expert,
        draw=Draw.objects.first(),
        due_on=timezone.localdate(),
    )
    accept_task(assignment_id=task.pk, declares_no_interest=True, actor=play.official)
    now, rows = timezone.now(), Assignment.objects.filter(pk=task.pk)
    rows.update(state=AssignmentState.SUBMITTED, points=60, submitted_at=now)
    rows.update(opened_at=now)


def moderator(play: Play) -> None:
    play.at(DossierState.MODERATION)
    settle_moderation(dossier_id=play.dossier.pk, points={}, reason=REASON, actor=play.official)


def visitor(play: Play) -> None:
    play.at(DossierState.VISIT)
    today = timezone.localdate()
    visit = SiteVisit.objects.create(dossier=play.dossier, planned_on=today, place="厂区")
    others = [play.world.reviewer.user]
    people = [play.user.pk, *(user.pk for user in others if user)]
    arrange_visit(
        visit_id=visit.pk,
        plan=VisitPlan(planned_on=today, place="厂区", visitors=people[:2]),
        actor=play.world.coordinator.actor,
    )


def decider(play: Play) -> None:
    play.at(DossierState.RANKED, batch=CampaignState.DECIDING)
    meeting = DecidingMeeting.objects.create(
        campaign=play.campaign, held_on=timezone.localdate(), state="open"
    )
    MeetingMember.objects.create(
        meeting=meeting,
        user=play.user,
        organisation=play.world.coordinator.organisation,
        is_present=True,
    )
    choice = Choice(dossier_id=play.dossier.pk, ballot=Ballot.FOR)
    cast_votes(meeting_id=meeting.pk, choices=[choice], actor=play.official)


def investigator(play: Play) -> None:
    play.at(DossierState.OBJECTED, batch=CampaignState.NOTICED)
    today = timezone.localdate()
    notice = PublicNotice.objects.create(
        campaign=play.campaign,
        starts_on=today,
        ends_on=today + datetime.timedelta(days=9),
        contact="电话",
    )
    raised = Objection.objects.create(
        notice=notice,
        dossier=play.dossier,
        code="0" * 20,
        text="内容不属实",
        raised_at=timezone.now(),
    )
    take_objection(objection_id=raised.pk, actor=play.official)


def appeal(play: Play) -> None:
    play.at(DossierState.REJECTED, batch=CampaignState.DECIDING)
    decision = DossierDecision.objects.filter(dossier=play.dossier).order_by("-pk").first()
    decision = decision or DossierDecision.objects.create(
        dossier=play.dossier,
        outcome=Outcome.REJECT,
        ground=DecisionGround.VOTE,
        reason=REASON,
        decided_at=timezone.now(),
    )
    filed = Appeal.objects.create(
        decision=decision,
        text="理由",
        filed_by=play.world.enterprise.user,
        filed_at=timezone.now(),
    )
    take_appeal(appeal_id=filed.pk, actor=play.official)


ACTS: dict[SeatRole, Callable[[Play], None]] = {
    SeatRole.APPLICANT: applicant,
    SeatRole.INTAKE: intake,
    SeatRole.OPINION: opinion,
    SeatRole.EXPERT: expert,
    SeatRole.MODERATOR: moderator,
    SeatRole.VISITOR: visitor,
    SeatRole.DECIDER: decider,
    SeatRole.INVESTIGATOR: investigator,
    SeatRole.APPEAL: appeal,
}


@pytest.fixture
def play(world: World) -> Play:
    campaign, dossier, _ = stage_judging.diverged(world)
    unit = world.coordinator.organisation
    user = User.objects.create(username="everything", name="多职")
    for role in (Role.COORDINATOR, Role.REVIEWER, Role.AGENT, Role.EXPERT):
        scope = CITY if role in (Role.COORDINATOR, Role.REVIEWER) else None
        Membership.objects.create(
            user=user, organisation=unit, role=role, jurisdiction_id=scope, starts_on=STARTED
        )
    today = timezone.localdate()
    person = Expert.objects.create(
        user=user,
        organisation=unit,
        division_id=CITY,
        title="正高级",
        state="active",
        starts_on=today - datetime.timedelta(days=1),
        ends_on=today + datetime.timedelta(days=300),
    )
    return Play(world=world, campaign=campaign, dossier=dossier, user=user, expert=person)


def seats(play: Play) -> list[str]:
    rows = DossierSeat.objects.filter(dossier=play.dossier, user=play.user)
    return list(rows.values_list("role", flat=True))


def undone(step: Callable[[], None]) -> None:
    """Run a step and take everything back."""
    try:
        with transaction.atomic():
            step()
            raise Undo
    except Undo:
        pass


def test_every_seat_is_covered() -> None:
    assert set(ACTS) == set(SeatRole)


def test_each_seat_alone_is_taken_by_its_command(play: Play) -> None:
    def alone(role: SeatRole) -> None:
        ACTS[role](play)
        assert seats(play) == [role]

    for role in SeatRole:
        undone(lambda role=role: alone(role))  # type: ignore[misc]
    assert seats(play) == []


def test_nobody_takes_a_second_seat_by_any_of_the_72_ordered_pairs(play: Play) -> None:
    def pair(first: SeatRole, second: SeatRole) -> None:
        ACTS[first](play)
        with pytest.raises(DomainError) as refused, transaction.atomic():
            ACTS[second](play)
        tried.append((first, second, refused.value.sentence))
        assert seats(play) == [first], (first, second)

    tried: list[tuple[str, str, str]] = []
    for first, second in permutations(SeatRole, 2):
        undone(lambda first=first, second=second: pair(first, second))  # type: ignore[misc]
    assert len(tried) == 72
    words = ("身份", "回避", "席位", "不能表决", "申报单位的人员", "由组织单位的")
    strange = [row for row in tried if not any(word in row[2] for word in words)]
    assert not strange


def test_the_database_refuses_every_pair_whatever_a_command_forgets(play: Play) -> None:
    def pair(first: SeatRole, second: SeatRole) -> None:
        facts = {"dossier": play.dossier, "user": play.user, "taken_at": timezone.now()}
        DossierSeat.objects.create(role=first, **facts)
        with pytest.raises(IntegrityError, match="seat_one_a_person"), transaction.atomic():
            DossierSeat.objects.create(role=second, **facts)

    for first, second in permutations(SeatRole, 2):
        undone(lambda first=first, second=second: pair(first, second))  # type: ignore[misc]
