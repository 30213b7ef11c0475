"""Subscriptions for the tests, asked through the hall's own reading of an address line."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from silian.foundation.kernel.search import feed
from silian.operations.exchange.commands.subscription import subscribe_to_hall
from silian.operations.exchange.forms.hall import question_from
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.subscription import Subscription
from silian.operations.exchange.queries.search import request_for
from tests.operations.exchange.negotiations.stage import NOW, make_listing
from tests.world import Person


def subscribed(by: Person, query: str = "", *, frequency: str = "at_once") -> Subscription:
    question = question_from(QueryDict(query))
    asked = request_for(
        actor=by.actor,
        today=NOW.date(),
        text=question.text,
        kinds=question.kinds,
        side=question.side,
        divisions=question.divisions,
        price_at_least=question.price_at_least,
    )
    return subscribe_to_hall(
        asked=asked,
        label=query or "全部",
        query=query,
        frequency=frequency,
        actor=by.actor,
        now=NOW,
        starts_within_days=question.starts_within_days,
    )


def published(by: Person, **values: Any) -> Listing:
    """A published listing that the index knows."""
    listing = make_listing(by=by, **values)
    feed.changed("listing", [listing.pk])
    return listing
