"""The pages of events: constant cost, fragments, the calendar file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.operations.exchange.models.match_event import MatchEvent
from tests.htmx import assert_fragment_equals_page
from tests.operations.exchange.match_events import stage
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import Person, World


def events(world: World, number: int) -> None:
    for _ in range(number):
        event = stage.announced(world)
        stage.signed_up(event, by=world.enterprise, listings=[])


def cost(person: Person, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert person.client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["", "?when=past", "mine/", "effect/"])
def test_a_list_costs_the_same_for_three_and_for_thirty(world: World, path: str) -> None:
    url = f"/exchange/events/{path}"
    world.coordinator.client.get(url)
    events(world, 3)
    if path in ("?when=past", "effect/"):
        MatchEvent.objects.update(state="held", held_at=timezone.now())
    few = cost(world.coordinator, url)
    events(world, 27)
    if path in ("?when=past", "effect/"):
        MatchEvent.objects.update(state="held", held_at=timezone.now())
    assert cost(world.coordinator, url) == few


def test_the_fragment_is_what_stands_in_the_page(world: World) -> None:
    events(world, 2)
    for url in ("/exchange/events/", "/exchange/data/"):
        assert_fragment_equals_page(client=world.school.client, url=url, selector="#sl-results")


def test_the_desk_costs_the_same_for_one_table_and_for_many(world: World) -> None:
    meeting = stage.tabled(world)
    url = f"/exchange/events/{meeting.event_id}/desk/"
    world.coordinator.client.get(url)
    few = cost(world.coordinator, url)
    for number in range(3):
        listing = make_listing(by=world.rival, title=f"实习 {number} 组")
        meeting.need_signup.listings.add(listing)
        meeting.pk = None
        meeting.slot = number + 2
        meeting.save()
    assert cost(world.coordinator, url) == few


def test_the_calendar_file_is_one_for_calendar_programmes(world: World) -> None:
    event = stage.announced(world)
    answer = world.anonymous.client.get(f"/exchange/events/{event.pk}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:match-event-{event.pk}@" in answer.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "9999-12", "2026-02"])
def test_any_month_in_the_address_opens(world: World, month: str) -> None:
    assert world.anonymous.client.get(f"/exchange/events/?month={month}").status_code == 200


def test_attendees_are_shown_to_the_organiser_only(world: World) -> None:
    event = stage.attended(world)
    for person in (world.rival, world.school, world.anonymous):
        assert "张工" not in person.client.get(event.get_absolute_url()).content.decode()
    desk = world.coordinator.client.get(f"/exchange/events/{event.pk}/desk/")
    assert "张工" in desk.content.decode()
