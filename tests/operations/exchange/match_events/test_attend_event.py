"""Signing up, withdrawing, checking in, tables, results and the negotiation after them."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import MeetingResult, NegotiationState
from silian.operations.exchange.commands.match_event_outcomes import (
    negotiate_meeting,
    note_meeting,
)
from silian.operations.exchange.commands.match_event_planning import close_signup
from silian.operations.exchange.commands.match_event_signups import (
    check_in,
    sign_up,
    withdraw_signup,
)
from silian.operations.exchange.commands.match_event_tables import (
    build_tables,
    clear_tables,
    move_meeting,
    place_meeting,
    remove_meeting,
    show_plan,
)
from silian.operations.exchange.models.match_event import EventSignup
from silian.operations.exchange.permissions.match_events import meetings_visible_to
from silian.operations.exchange.queries.match_event_effect import figures_of
from silian.operations.exchange.queries.match_events import coming_events, intents_to_follow
from silian.registers.accounts.models import Notification
from tests.operations.exchange.match_events import stage
from tests.operations.exchange.negotiations.stage import NOW, later, make_listing, opened
from tests.world import World

DURING = stage.STARTS + datetime.timedelta(hours=1)


def test_a_signup_brings_open_listings_of_ones_own(world: World) -> None:
    event = stage.announced(world)
    listing = make_listing(by=world.enterprise)
    signup = stage.signed_up(event, by=world.enterprise, listings=[listing])
    assert list(signup.listings.all()) == [listing]


@pytest.mark.parametrize("state", ["paused", "draft"])
def test_a_listing_that_is_not_open_cannot_be_brought(world: World, state: str) -> None:
    event = stage.announced(world)
    listing = make_listing(by=world.enterprise, state=state)
    with pytest.raises(DomainError, match="本单位已发布的供需"):
        stage.signed_up(event, by=world.enterprise, listings=[listing])


def test_a_rivals_listing_cannot_be_brought(world: World) -> None:
    event = stage.announced(world)
    listing = make_listing(by=world.rival)
    with pytest.raises(DomainError, match="本单位已发布的供需"):
        stage.signed_up(event, by=world.enterprise, listings=[listing])


def test_members_without_writing_role_do_not_sign_up(world: World) -> None:
    event = stage.announced(world)
    with pytest.raises(NotAllowed, match="经办人办理"):
        stage.signed_up(event, by=world.student, listings=[])


def test_a_full_event_takes_nobody_else(world: World) -> None:
    event = stage.announced(world, capacity=2)
    stage.signed_up(event, by=world.enterprise, listings=[])
    stage.signed_up(event, by=world.school, listings=[])
    with pytest.raises(DomainError, match="名额已满"):
        stage.signed_up(event, by=world.rival, listings=[])


def test_signing_up_again_changes_the_signup(world: World) -> None:
    event = stage.announced(world)
    stage.signed_up(event, by=world.enterprise, listings=[])
    listing = make_listing(by=world.enterprise)
    stage.signed_up(event, by=world.enterprise, listings=[listing])
    signup = EventSignup.objects.get(event=event)
    assert list(signup.listings.all()) == [listing]


def test_a_closed_signup_refuses(world: World) -> None:
    event = stage.announced(world)
    close_signup(event_id=event.pk, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="报名已截止"):
        sign_up(
            event_id=event.pk,
            attendees="张工",
            attendee_count=1,
            listing_ids=[],
            actor=world.enterprise.actor,
            now=NOW,
        )


def test_withdrawing_frees_the_tables(world: World) -> None:
    meeting = stage.tabled(world)
    withdraw_signup(event_id=meeting.event_id, actor=world.school.actor, now=NOW)
    assert not meeting.event.meetings.exists()


def test_check_in_is_by_the_organiser_and_on_the_day(world: World) -> None:
    event = stage.attended(world)
    signup = event.signups.get(organisation=world.school.organisation)
    given = {"event_id": event.pk, "signup_id": signup.pk, "present": True}
    with pytest.raises(NotAllowed):
        check_in(**given, actor=world.school.actor, now=DURING)
    with pytest.raises(DomainError, match="当天"):
        check_in(**given, actor=world.coordinator.actor, now=NOW)
    assert check_in(**given, actor=world.coordinator.actor, now=DURING).checked_in_at == DURING
    undone = check_in(**{**given, "present": False}, actor=world.coordinator.actor, now=DURING)
    assert undone.checked_in_at is None


def test_a_need_and_an_offer_are_put_at_one_table_with_their_reasons(world: World) -> None:
    meeting = stage.tabled(world)
    assert meeting.need.organisation == world.enterprise.organisation
    assert meeting.offer.organisation == world.school.organisation
    assert ["区域：同在高新区", True] in meeting.facts


def test_others_see_no_table_and_participants_only_once_it_is_shown(world: World) -> None:
    event = stage.attended(world)
    build_tables(event_id=event.pk, actor=world.coordinator.actor)
    assert not meetings_visible_to(world.school.actor).exists()
    show_plan(event_id=event.pk, actor=world.coordinator.actor, now=NOW)
    assert meetings_visible_to(world.school.actor).count() == 1
    assert not meetings_visible_to(world.rival.actor).exists()


def test_building_again_keeps_what_was_moved_by_hand(world: World) -> None:
    meeting = stage.tabled(world)
    actor = world.coordinator.actor
    move_meeting(event_id=meeting.event_id, meeting_id=meeting.pk, slot=4, table=7, actor=actor)
    build_tables(event_id=meeting.event_id, actor=actor)
    meeting.refresh_from_db()
    assert (meeting.slot, meeting.table) == (4, 7)
    assert meeting.event.meetings.count() == 1


def test_a_meeting_by_hand_needs_a_free_place_and_two_organisations(world: World) -> None:
    meeting = stage.tabled(world)
    event, actor = meeting.event, world.coordinator.actor
    wanted = make_listing(by=world.rival, title="机器人运维实习 6 人", capacity=6)
    stage.signed_up(event, by=world.rival, listings=[wanted])
    given = {"event_id": event.pk, "need_id": wanted.pk, "offer_id": meeting.offer_id}
    with pytest.raises(DomainError, match="已在第"):
        place_meeting(**given, slot=meeting.slot, table=9, actor=actor)
    with pytest.raises(DomainError, match="已有安排"):
        place_meeting(**given, slot=meeting.slot, table=meeting.table, actor=actor)
    placed = place_meeting(**given, slot=2, table=1, actor=actor)
    assert placed.by_hand
    with pytest.raises(DomainError, match="已安排在一起"):
        place_meeting(**given, slot=3, table=1, actor=actor)


def test_a_plan_can_be_cleared_and_a_table_removed(world: World) -> None:
    meeting = stage.tabled(world)
    actor = world.coordinator.actor
    remove_meeting(event_id=meeting.event_id, meeting_id=meeting.pk, actor=actor)
    build_tables(event_id=meeting.event_id, actor=actor)
    clear_tables(event_id=meeting.event_id, actor=actor)
    assert not meeting.event.meetings.exists()
    with pytest.raises(DomainError, match="还没有排桌"):
        show_plan(event_id=meeting.event_id, actor=actor, now=NOW)


def test_a_table_with_a_result_stays(world: World) -> None:
    meeting = stage.intended(world)
    with pytest.raises(WrongState, match="已登记结果"):
        remove_meeting(
            event_id=meeting.event_id, meeting_id=meeting.pk, actor=world.coordinator.actor
        )


def test_an_intent_without_words_is_refused(world: World) -> None:
    meeting = stage.tabled(world)
    with pytest.raises(DomainError, match="请写明内容"):
        note_meeting(
            event_id=meeting.event_id,
            meeting_id=meeting.pk,
            result=MeetingResult.INTENT,
            notes=" ",
            actor=world.coordinator.actor,
            now=DURING,
        )


def test_nothing_is_noted_before_the_event_begins(world: World) -> None:
    meeting = stage.tabled(world)
    with pytest.raises(DomainError, match="还没有开始"):
        note_meeting(
            event_id=meeting.event_id,
            meeting_id=meeting.pk,
            result=MeetingResult.NO_INTENT,
            notes="",
            actor=world.coordinator.actor,
            now=NOW,
        )


def test_both_sides_are_told_of_an_intent_and_have_it_to_do(
    world: World, run_jobs: Callable[[], None]
) -> None:
    stage.intended(world)
    run_jobs()
    for person in (world.enterprise, world.school):
        told = Notification.objects.filter(user=person.user, title__contains="有意向")
        assert told.count() == 1
        assert intents_to_follow(person.actor).count() == 1
    assert intents_to_follow(world.rival.actor).count() == 0


def test_an_intent_goes_on_in_one_negotiation_whoever_opens_it(world: World) -> None:
    meeting = stage.intended(world)
    talk = negotiate_meeting(meeting_id=meeting.pk, actor=world.school.actor, now=DURING)
    assert talk.listing_id == meeting.need_id
    assert talk.asker == world.school.organisation
    assert "先接收 10 人" in talk.messages.get().text
    again = negotiate_meeting(meeting_id=meeting.pk, actor=world.enterprise.actor, now=DURING)
    assert again == talk
    assert not intents_to_follow(world.enterprise.actor).exists()


def test_a_negotiation_of_the_two_that_is_open_is_taken(world: World) -> None:
    meeting = stage.intended(world)
    talk = opened(world, listing=meeting.need)
    found = negotiate_meeting(meeting_id=meeting.pk, actor=world.enterprise.actor, now=DURING)
    assert found == talk


def test_a_table_without_intent_is_not_carried_on(world: World) -> None:
    meeting = stage.tabled(world)
    with pytest.raises(WrongState, match="有意向"):
        negotiate_meeting(meeting_id=meeting.pk, actor=world.school.actor, now=DURING)


def test_the_figures_follow_an_intent_to_the_deal(world: World) -> None:
    meeting = stage.intended(world)
    talk = negotiate_meeting(meeting_id=meeting.pk, actor=world.school.actor, now=DURING)
    figures = figures_of(meeting.event)
    assert (figures.signups, figures.meetings, figures.intents) == (2, 1, 1)
    assert (figures.negotiations, figures.deals) == (1, 0)
    talk.state = NegotiationState.AGREED
    talk.save(update_fields=["state"])
    assert figures_of(meeting.event).deals == 1


def test_the_portal_shows_what_comes_and_not_what_was_called_off(world: World) -> None:
    event = stage.announced(world)
    stage.drafted(world, title="另一场还在筹备")
    assert coming_events(now=later(hours=1)) == [event]
    assert coming_events(now=stage.STARTS + stage.DAY) == []
