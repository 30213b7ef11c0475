"""Sign up for an event, withdraw, and check in at the door."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import EventState, ListingState
from silian.operations.exchange.commands.match_event_planning import OPEN_STATES, locked_event
from silian.operations.exchange.events import EventSignedUp
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventSignup, MatchEvent
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.permissions.match_events import (
    match_events_visible_to,
    may_sign_up,
    require_runner,
    signups_visible_to,
)
from silian.operations.exchange.permissions.negotiations import require_writer, side_of
from silian.operations.exchange.rules.match_event_planning import MOST_LISTINGS, reason_no_signup


@transaction.atomic
def sign_up(
    *,
    event_id: int,
    attendees: str,
    attendee_count: int,
    listing_ids: Sequence[int],
    actor: Actor,
    now: datetime.datetime,
) -> EventSignup:
    """Sign up one's organisation with the open listings it brings, or change that (活动报名)."""
    event = match_events_visible_to(actor).select_for_update(of=("self",)).get(pk=event_id)
    sentence = reason_actor_may_not_sign_up(event=event, actor=actor, now=now)
    if sentence:
        raise DomainError(sentence) if may_sign_up(actor) else NotAllowed(sentence)
    listings = brought_by(actor=actor, listing_ids=listing_ids)
    signup, _ = EventSignup.objects.update_or_create(
        event=event,
        organisation_id=side_of(actor),
        defaults={
            "attendees": attendees.strip()[:200],
            "attendee_count": attendee_count,
            "signed_up_at": now,
            "signed_up_by_id": actor.user_id,
            "withdrawn_at": None,
        },
    )
    signup.listings.set(listings)
    record(actor, "exchange.match_event.signed_up", signup)
    publish(EventSignedUp(signup_id=signup.pk))
    return signup


def brought_by(*, actor: Actor, listing_ids: Sequence[int]) -> list[Listing]:
    """The actor's own published listings among these; refuses others and too many."""
    wanted = set(listing_ids)
    if len(wanted) > MOST_LISTINGS:
        raise DomainError(f"最多带 {MOST_LISTINGS} 条供需，请选最要紧的。", field="listings")
    rows = own_listings(actor).filter(pk__in=wanted, state=ListingState.PUBLISHED)
    found = list(rows.order_by("pk"))
    if len(found) < len(wanted):
        raise DomainError("只能带本单位已发布的供需，请重新选择。", field="listings")
    return found


def reason_actor_may_not_sign_up(
    *, event: MatchEvent, actor: Actor, now: datetime.datetime
) -> str | None:
    """Why the actor may not sign up, or None; pages show the same sentence."""
    rows = event.signups.filter(withdrawn_at__isnull=True)
    signed_up = set(rows.values_list("organisation_id", flat=True))
    return reason_no_signup(
        writes=may_sign_up(actor),
        verified=actor.organisation_verified,
        open_for_signup=event.state == EventState.ANNOUNCED,
        now=now,
        closes_at=event.signup_closes_at,
        places_left=event.capacity - len(signed_up),
        signed_up=side_of(actor) in signed_up,
    )


@transaction.atomic
def withdraw_signup(*, event_id: int, actor: Actor, now: datetime.datetime) -> EventSignup:
    """Give one's place back; one's tables are freed (退出报名)."""
    event = match_events_visible_to(actor).select_for_update(of=("self",)).get(pk=event_id)
    signup = (
        signups_visible_to(actor)
        .select_for_update(of=("self",))
        .get(event=event, organisation_id=side_of(actor))
    )
    require_writer(actor, organisation_ids={signup.organisation_id})
    if event.state not in OPEN_STATES or signup.checked_in_at is not None:
        raise WrongState("活动已举办或贵单位已签到，不能再退出报名。")
    signup.withdrawn_at = now
    signup.save(update_fields=["withdrawn_at"])
    signup.meetings_in_need.all().delete()
    signup.meetings_with_offer.all().delete()
    record(actor, "exchange.match_event.withdrawn", signup)
    return signup


@transaction.atomic
def check_in(
    *, event_id: int, signup_id: int, present: bool, actor: Actor, now: datetime.datetime
) -> EventSignup:
    """Note at the door that an organisation came, or take that back (签到)."""
    event = locked_event(event_id=event_id, actor=actor)
    require_runner(actor, event)
    signup = event.signups.select_for_update(of=("self",)).get(
        pk=signup_id, withdrawn_at__isnull=True
    )
    if event.state not in OPEN_STATES:
        raise WrongState(f"当前为“{event.get_state_display()}”，不能再签到。")
    if timezone.localdate(now) < timezone.localdate(event.starts_at):
        raise DomainError("活动当天才能签到。")
    signup.checked_in_at = now if present else None
    signup.checked_in_by_id = actor.user_id if present else None
    signup.save(update_fields=["checked_in_at", "checked_in_by"])
    verb = "checked_in" if present else "check_in_undone"
    record(actor, f"exchange.match_event.{verb}", signup)
    return signup
