"""Members vote openly; the count decides; decisions keep what they rested on."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from silian.casework.reviews.choices.deciding import Ballot, MeetingState, Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.commands.deciding import close_meeting, open_meeting
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.models import (
    Campaign,
    DecidingMeeting,
    DossierDecision,
    DossierSeat,
    SchemeVersion,
    Vote,
)
from silian.casework.reviews.queries.deciding import board_of
from silian.casework.reviews.queries.decisions import current_decision
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.reviews import stage as common
from tests.casework.reviews import stage_deciding as stage
from tests.world import World


def close(world: World, meeting: DecidingMeeting) -> None:
    close_meeting(
        meeting_id=meeting.pk,
        minutes="讨论充分。",
        reasons={},
        actor=world.coordinator.actor,
    )


def test_the_vote_decides_each_dossier_and_the_rest_read_the_reason(world: World) -> None:
    campaign = stage.batch(world, quota=2)
    stage.decided(world, campaign, passing=2, own_words="合作成效证明不足。")
    rows = list(campaign.dossiers.order_by("rank"))
    assert [row.state for row in rows] == ["ranked", "ranked", "rejected"]
    assert rows[2].end_reason.startswith("合作成效证明不足。")
    assert "反对 3 票" in rows[2].end_reason
    assert rows[2].ended_stage == DossierState.RANKED
    decision = current_decision(rows[0])
    assert decision is not None
    assert decision.outcome == Outcome.RECOGNISE
    assert decision.snapshot["rank"] == 1
    assert decision.snapshot["points"] == "90.00"
    assert [vote["ballot"] for vote in decision.snapshot["votes"]] == ["for"] * 3
    assert decision.snapshot["rules"] == 1
    assert set(DossierSeat.objects.values_list("role", flat=True)) == {SeatRole.DECIDER}


def test_a_member_with_another_seat_or_of_the_applicant_is_out_of_the_count(world: World) -> None:
    campaign = stage.batch(world)
    dossier = campaign.dossiers.order_by("pk")[0]
    busy = stage.members(world)[1]
    take_seat(dossier=dossier, role=SeatRole.VISITOR, actor=busy.actor)
    meeting = stage.opened(world, campaign)
    matter = next(row for row in board_of(meeting).matters if row.dossier == dossier)
    assert (matter.tally.eligible, matter.tally.present) == (2, 2)
    with pytest.raises(DomainError, match="有一份材料您不能表决"):
        stage.vote(meeting, busy, [dossier], Ballot.FOR)
    assert not Vote.objects.exists()


def test_a_recused_member_leaves_the_quorum_and_takes_no_seat(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    dossier = campaign.dossiers.get()
    meeting = stage.opened(world, campaign)
    first, second, third = stage.members(world)
    stage.vote(meeting, first, [dossier], Ballot.RECUSED)
    stage.vote(meeting, second, [dossier], Ballot.FOR)
    stage.vote(meeting, third, [dossier], Ballot.FOR)
    tally = board_of(meeting).matters[0].tally
    assert (tally.eligible, tally.present, tally.in_favour) == (2, 2, 2)
    assert not DossierSeat.objects.filter(user=first.user).exists()
    close(world, meeting)
    assert current_decision(dossier).outcome == Outcome.RECOGNISE  # type: ignore[union-attr]


def test_a_vote_is_cast_once_by_a_member_who_came_with_a_reason_against(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    dossier = campaign.dossiers.get()
    people = stage.members(world)
    meeting = stage.called(world, campaign)
    with pytest.raises(DomainError):
        stage.vote(meeting, people[0], [dossier], Ballot.FOR)
    open_meeting(
        meeting_id=meeting.pk,
        present_user_ids=[people[0].user.pk],  # type: ignore[union-attr]
        actor=world.coordinator.actor,
    )
    with pytest.raises(DomainError):
        stage.vote(meeting, people[1], [dossier], Ballot.FOR)
    with pytest.raises(NotAllowed):
        stage.vote(meeting, world.reviewer, [dossier], Ballot.FOR)
    stage.vote(meeting, people[0], [dossier], Ballot.FOR)
    with pytest.raises(DomainError):
        stage.vote(meeting, people[0], [dossier], Ballot.AGAINST)


def test_without_a_quorum_the_dossier_waits_for_another_meeting(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    dossier = campaign.dossiers.get()
    people = stage.members(world)
    meeting = stage.called(world, campaign)
    open_meeting(
        meeting_id=meeting.pk,
        present_user_ids=[people[0].user.pk],  # type: ignore[union-attr]
        actor=world.coordinator.actor,
    )
    stage.vote(meeting, people[0], [dossier], Ballot.FOR)
    close(world, meeting)
    dossier.refresh_from_db()
    assert (dossier.state, current_decision(dossier)) == (DossierState.RANKED, None)
    assert stage.called(world, campaign).state == MeetingState.CALLED


def test_a_meeting_does_not_end_before_everybody_voted(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    meeting = stage.opened(world, campaign)
    stage.vote(meeting, world.leader, list(campaign.dossiers.all()), Ballot.FOR)
    with pytest.raises(DomainError, match="还有 2 票没有投"):
        close(world, meeting)


def test_fewer_than_three_members_or_strangers_are_no_meeting(world: World) -> None:
    campaign = stage.batch(world)
    with pytest.raises(DomainError, match="至少 3 名成员"):
        stage.called(world, campaign, [world.leader, world.supervisor])
    with pytest.raises(DomainError, match="至少 3 名成员"):
        stage.called(world, campaign, [*stage.members(world), world.enterprise])


def test_votes_and_decisions_never_change(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    stage.decided(world, campaign, passing=1)
    for rows in (Vote.objects.all(), DossierDecision.objects.all()):
        with pytest.raises(DatabaseError, match="was recorded and stays"), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError, match="was recorded and stays"), transaction.atomic():
        DossierDecision.objects.update(outcome=Outcome.REJECT)


def test_the_board_costs_the_same_queries_for_many_dossiers(world: World) -> None:
    counts = []
    for number, size in ((1, 3), (2, 30)):
        campaign = stage.batch(world, ["80"] * 3) if number == 1 else larger(world, size=size)
        opened = stage.opened(world, campaign)
        meeting = DecidingMeeting.objects.select_related("campaign__version").get(pk=opened.pk)
        with CaptureQueriesContext(connection) as queries:
            board_of(meeting)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def larger(world: World, *, size: int) -> Campaign:
    campaign = common.open_campaign(
        world, version=SchemeVersion.objects.get(), number=2, state=CampaignState.REVIEWING
    )
    common.many_dossiers(campaign, size, state=DossierState.RANKED, points="80")
    return campaign
