"""Note what was searched for, so that counts can be made of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.search_log import SearchNote
from silian.operations.exchange.queries.unmet_demands import division_of
from silian.operations.exchange.rules.search_words import kept_words

logger = logging.getLogger(__name__)
KEY = ["day", "asker", "words", "division_code", "occupation_code", "kind", "side"]
LONGEST = {"division": 6, "occupation": 12, "kind": 24, "side": 6}
"""As much of a filter as is kept; an address may carry anything."""


def note_search(
    *, actor: Actor, words: str, filters: Mapping[str, Sequence[str]], total: int
) -> None:
    """Keep one question and how much it found (检索记录).

    A page that only looks calls it, so it never stands in the way: nothing is kept without
    words, the same question of a day is one row, and a database that refuses is only logged.
    ``filters`` are those of the search by name (kind, side, division, occupation).
    """
    kept = kept_words(words)
    if not kept:
        return
    note = SearchNote(
        day=timezone.localdate(),
        asker=asker_digest(actor),
        words=kept,
        division_code=only(filters, "division") or own_division(actor),
        occupation_code=only(filters, "occupation"),
        kind=only(filters, "kind"),
        side=only(filters, "side"),
        total=min(total, 1_000_000),
    )
    try:
        with transaction.atomic():
            SearchNote.objects.bulk_create(
                [note], update_conflicts=True, unique_fields=KEY, update_fields=["total"]
            )
    except DatabaseError:
        logger.warning("a search was not noted", exc_info=True)


def only(filters: Mapping[str, Sequence[str]], name: str) -> str:
    """The one value of a filter; several say nothing definite."""
    values = filters.get(name, ())
    return values[0][: LONGEST[name]] if len(values) == 1 else ""


def asker_digest(actor: Actor) -> str:
    """A digest for the organisation, else the person, else the visitor's address."""
    if actor.organisation_id is not None:
        identity = f"organisation:{actor.organisation_id}"
    elif actor.user_id is not None:
        identity = f"person:{actor.user_id}"
    else:
        identity = f"address:{actor.address}"
    return salted_hmac("exchange.search-asker", identity, algorithm="sha256").hexdigest()[:32]


def own_division(actor: Actor) -> str:
    """Where a search without a region belongs: the asker's own region, else the whole site."""
    own = division_of(organisation_id=actor.organisation_id) if actor.organisation_id else ""
    return own or settings.SITE_JURISDICTION
