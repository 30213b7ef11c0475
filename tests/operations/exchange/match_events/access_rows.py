"""Who gets what from the addresses of events."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from silian.operations.exchange.commands.match_event_planning import announce_event, create_event
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.exchange.match_events import stage
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
RUNNERS = ("reviewer", "coordinator")
ORGANISERS = ("school", *RUNNERS)
WRITERS = ("enterprise", "rival", "school", "coordinator")
DAY = stage.DAY


def coming(world: World) -> MatchEvent:
    """An event of the coordinator's office that is to come."""
    found = MatchEvent.objects.filter(title="权限检查").first()
    if found is not None:
        return found
    now = timezone.now()
    plan = stage.make_plan(
        title="权限检查",
        starts_at=now + 20 * DAY,
        ends_at=now + 21 * DAY,
        signup_closes_at=now + 18 * DAY,
    )
    event = create_event(plan=plan, actor=world.coordinator.actor, now=now)
    return announce_event(event_id=event.pk, actor=world.coordinator.actor, now=now)


def event(world: World) -> dict[str, Any]:
    return {"event_id": coming(world).pk}


def step(name: str) -> Any:
    return lambda world: {**event(world), "name": name}


def signup_of(world: World, *, person: str) -> EventSignup:
    row, _ = EventSignup.objects.update_or_create(
        event=coming(world),
        organisation=world.people[person].organisation,
        defaults={
            "attendees": "张工",
            "attendee_count": 1,
            "signed_up_at": timezone.now(),
            "withdrawn_at": None,
        },
    )
    return row


def signup(world: World) -> dict[str, Any]:
    return {**event(world), "signup_id": signup_of(world, person="enterprise").pk}


def meeting(world: World) -> dict[str, Any]:
    """A table of the enterprise and the school that is shown to both."""
    shown = coming(world)
    shown.plan_shown_at = timezone.now()
    shown.save(update_fields=["plan_shown_at"])
    need, offer = make_listing(by=world.enterprise), stage.make_offer(by=world.school)
    EventMeeting.objects.filter(event=shown).delete()
    row = EventMeeting.objects.create(
        event=shown,
        slot=1,
        table=1,
        need=need,
        offer=offer,
        need_signup=signup_of(world, person="enterprise"),
        offer_signup=signup_of(world, person="school"),
    )
    return {"event_id": shown.pk, "meeting_id": row.pk}


def planned(world: World) -> dict[str, Any]:
    return {"event_id": meeting(world)["event_id"]}


def left(world: World) -> dict[str, Any]:
    signup_of(world, person="enterprise")
    return event(world)


def run_only(status: int, **given: Any) -> Row:
    """For the organiser's people; another organiser does not find it, others are refused."""
    row = only(*RUNNERS, status=status, otherwise=REFUSED, **given)
    return Row(
        statuses={**row.statuses, "school": HIDDEN},
        method=row.method,
        kwargs=row.kwargs,
        data=row.data,
    )


READERS = ("enterprise", "rival", "school", "reviewer", "coordinator")
MATCH_EVENTS: dict[str, Row] = {
    "exchange:match_event_list": public(),
    "exchange:match_event_detail": public(kwargs=event),
    "exchange:match_event_calendar_file": public(kwargs=event),
    "exchange:match_event_mine": only(*READERS),
    "exchange:match_event_new": only(*ORGANISERS),
    "exchange:match_event_effect": only(*ORGANISERS),
    "exchange:match_event_sign_up": only(*WRITERS, kwargs=event),
    "exchange:match_event_withdraw": only("enterprise", status=DONE, kwargs=left, method="post"),
    "exchange:match_event_edit": run_only(OK, kwargs=event),
    "exchange:match_event_step": run_only(CONFLICT, kwargs=step("announce"), method="post"),
    "exchange:match_event_hold": run_only(OK, kwargs=event),
    "exchange:match_event_follow_up": run_only(OK, kwargs=event),
    "exchange:match_event_desk": run_only(OK, kwargs=event),
    "exchange:match_event_plan": only(
        "enterprise", "school", *RUNNERS, otherwise=HIDDEN, kwargs=planned
    ),
    "exchange:match_event_tables": run_only(DONE, kwargs=step("build"), method="post"),
    "exchange:match_event_check_in": run_only(CONFLICT, kwargs=signup, method="post"),
    "exchange:meeting_new": run_only(OK, kwargs=event),
    "exchange:meeting_move": run_only(OK, kwargs=meeting),
    "exchange:meeting_remove": run_only(DONE, kwargs=meeting, method="post"),
    "exchange:meeting_note": run_only(OK, kwargs=meeting),
    "exchange:meeting_negotiate": Row(
        statuses={
            **dict.fromkeys(ROLES, HIDDEN),
            "anonymous": LOGIN,
            "enterprise": CONFLICT,
            "school": CONFLICT,
            "reviewer": REFUSED,
            "coordinator": REFUSED,
        },
        kwargs=meeting,
        method="post",
    ),
}
