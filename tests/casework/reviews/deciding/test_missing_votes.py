"""A meeting says whose votes are missing and ends without them only where the rules allow."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.casework.reviews.choices.deciding import Ballot, MeetingState, Outcome
from silian.casework.reviews.commands.deciding import close_meeting
from silian.casework.reviews.models import DecidingMeeting
from silian.casework.reviews.queries.deciding import board_of
from silian.casework.reviews.queries.decisions import current_decision
from silian.casework.reviews.rules.voting import reason_not_closable
from silian.foundation.kernel.errors import DomainError
from tests.casework.reviews import stage_deciding as stage
from tests.world import World

LENIENT = {"silence_abstains": True}


def half_voted(world: World, *, lenient: bool = False) -> DecidingMeeting:
    """Two of three have voted on the only dossier; the third is silent."""
    procedure = LENIENT if lenient else None
    campaign = stage.batch(world, ["90"], procedure=procedure)
    meeting = stage.opened(world, campaign)
    for person in stage.members(world)[:2]:
        stage.vote(meeting, person, list(campaign.dossiers.all()), Ballot.FOR)
    return DecidingMeeting.objects.select_related("campaign__version").get(pk=meeting.pk)


def close(world: World, meeting: DecidingMeeting) -> None:
    close_meeting(
        meeting_id=meeting.pk, minutes="讨论充分。", reasons={}, actor=world.coordinator.actor
    )


def test_the_page_names_the_missing_votes_instead_of_offering_the_end(world: World) -> None:
    meeting = half_voted(world)
    silent = stage.members(world)[2].user
    assert silent is not None
    page = world.coordinator.client.get(reverse("reviews:meeting_detail", args=[meeting.pk]))
    text = page.content.decode()
    assert "还缺 1 票，投完才能结束会议" in text
    assert silent.name in text
    assert meeting.campaign.dossiers.get().subject_name in text
    assert reverse("reviews:meeting_close", args=[meeting.pk]) not in text


def test_the_address_of_the_end_refuses_and_names_who_is_missing(world: World) -> None:
    meeting = half_voted(world)
    silent = stage.members(world)[2].user
    url = reverse("reviews:meeting_close", args=[meeting.pk])
    answer = world.coordinator.client.get(url)
    assert answer.status_code == 409
    assert f"{silent.name} 1 票" in answer.content.decode()  # type: ignore[union-attr]
    with pytest.raises(DomainError, match="还有 1 票没有投"):
        close(world, meeting)


def test_where_silence_abstains_the_end_is_offered_and_counts_it(world: World) -> None:
    meeting = half_voted(world, lenient=True)
    url = reverse("reviews:meeting_close", args=[meeting.pk])
    page = world.coordinator.client.get(reverse("reviews:meeting_detail", args=[meeting.pk]))
    assert "1 票未投，按弃权计" in page.content.decode()
    assert "没有投，按弃权计" in world.coordinator.client.get(url).content.decode()
    close(world, meeting)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED
    decision = current_decision(meeting.campaign.dossiers.get())
    assert decision is not None
    assert decision.outcome == Outcome.RECOGNISE
    assert [vote["ballot"] for vote in decision.snapshot["votes"]] == ["for", "for", ""]


def test_silence_never_decides_a_dossier_on_which_nobody_voted(world: World) -> None:
    campaign = stage.batch(world, ["90", "80"], procedure=LENIENT)
    meeting = stage.opened(world, campaign)
    first = campaign.dossiers.order_by("rank")[0]
    stage.vote(meeting, stage.members(world)[0], [first], Ballot.FOR)
    with pytest.raises(DomainError, match="1 份材料还没有人表决"):
        close(world, meeting)


def test_a_silent_member_counts_against_a_majority(world: World) -> None:
    campaign = stage.batch(world, ["90"], procedure={**LENIENT, "majority": "0.5"})
    meeting = stage.opened(world, campaign)
    dossier = campaign.dossiers.get()
    stage.vote(meeting, stage.members(world)[0], [dossier], Ballot.FOR)
    close(world, meeting)
    dossier.refresh_from_db()
    assert "未投 2 票" in dossier.end_reason


def test_the_board_lists_each_missing_vote(world: World) -> None:
    board = board_of(half_voted(world))
    assert [votes for _, votes in board.missing_votes] == [1]
    assert [len(matters) for _, matters in board.missing_of] == [1]


def test_the_rule_without_a_database() -> None:
    missing = [("王敏", 2)]
    assert reason_not_closable(missing=[], untouched=0, silence_abstains=False) is None
    assert reason_not_closable(missing=missing, untouched=0, silence_abstains=True) is None
    refused = reason_not_closable(missing=missing, untouched=0, silence_abstains=False)
    assert refused is not None
    assert "王敏 2 票" in refused
