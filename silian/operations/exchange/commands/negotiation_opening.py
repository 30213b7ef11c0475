"""Answer a listing, for the first time or again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_messages import add_message
from silian.operations.exchange.errors import NegotiationAlreadyOpen
from silian.operations.exchange.events import NegotiationOpened
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import OPEN_STATES, Negotiation
from silian.operations.exchange.permissions.negotiations import may_write_negotiations, side_of
from silian.operations.exchange.rules.negotiation_clocks import ANSWER_DAYS, due_after
from silian.operations.exchange.rules.negotiation_opening import (
    reason_not_answerable,
    reason_too_soon,
)
from silian.registers.organisations.choices import OrganisationKind


@transaction.atomic
def answer_listing(
    *,
    listing_id: int,
    text: str,
    actor: Actor,
    now: datetime.datetime,
    files: Sequence[UploadedFile[bytes]] = (),
) -> Negotiation:
    """Show interest in a listing and open a negotiation with its owner (应答供需)."""
    listing = Listing.objects.select_for_update(of=("self",)).get(pk=listing_id)
    refuse_unfit(listing=listing, actor=actor)
    previous = previous_negotiation(listing=listing, actor=actor, today=timezone.localdate(now))
    due = due_after(timezone.localtime(now), days=ANSWER_DAYS, calendar=site_calendar())
    negotiation = Negotiation.objects.create(
        listing=listing,
        asker_id=side_of(actor),
        owner_id=listing.organisation_id,
        opened_by_id=actor.user_id,
        opened_at=now,
        turn_id=listing.organisation_id,
        answer_due_at=due,
        last_message_at=now,
        previous=previous,
        is_demo=listing.is_demo,
    )
    add_message(negotiation=negotiation, text=text, files=files, actor=actor, now=now)
    record(actor, "exchange.negotiation.opened", negotiation)
    publish(NegotiationOpened(negotiation_id=negotiation.pk))
    return negotiation


def refuse_unfit(*, listing: Listing, actor: Actor) -> None:
    sentence = reason_actor_may_not_answer(listing=listing, actor=actor)
    if sentence is None:
        return
    raise DomainError(sentence) if may_write_negotiations(actor) else NotAllowed(sentence)


def reason_actor_may_not_answer(*, listing: Listing, actor: Actor) -> str | None:
    """Why the actor may not answer the listing, or None; pages show the same sentence."""
    kind = kind_of(listing.kind)
    return reason_not_answerable(
        writes=may_write_negotiations(actor),
        verified=actor.organisation_verified,
        own=actor.organisation_id == listing.organisation_id,
        listing_open=listing.is_open,
        fits_kind=not kind.answerers or actor.organisation_kind in kind.answerers,
        answerer_names=[
            str(choice.label) for choice in OrganisationKind if choice in kind.answerers
        ],
    )


def previous_negotiation(
    *, listing: Listing, actor: Actor, today: datetime.date
) -> Negotiation | None:
    """The last ended negotiation of the pair; refuses while one is open or too fresh a refusal."""
    last = (
        Negotiation.objects.filter(listing=listing, asker_id=side_of(actor)).order_by("-pk").first()
    )
    if last is None:
        return None
    if last.state in OPEN_STATES:
        raise NegotiationAlreadyOpen(negotiation_id=last.pk)
    refused = last.state == NegotiationState.REFUSED and last.closed_at is not None
    refused_on = timezone.localdate(last.closed_at) if refused and last.closed_at else None
    sentence = reason_too_soon(refused_on=refused_on, today=today)
    if sentence:
        raise DomainError(sentence)
    return last
