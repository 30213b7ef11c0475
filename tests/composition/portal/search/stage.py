"""What the tests of the search page set up: listings with words of their own, counted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from silian.foundation.kernel.search.terms import refresh_terms
from silian.operations.exchange.commands.listing_life import pause_listing
from silian.operations.exchange.models.listing import Listing
from tests.operations.exchange.listings.stage import published
from tests.world import Person, World

SECRET = "琥珀酸"  # a word of no other document, nor of our own terms


def secret_listing(world: World, **values: Any) -> Listing:
    """A published listing that is alone in holding the secret word, and is counted."""
    listing = published(world, title=f"{SECRET}抑制工艺攻关", kind="technical_problem", **values)
    refresh_terms()
    return listing


def hide(world: World, listing: Listing) -> None:
    """Take a listing out of the hall after its words have been counted."""
    pause_listing(listing_id=listing.pk, actor=world.enterprise.actor)


def shown(person: Person, **query: Any) -> str:
    """The search page as text."""
    answer = person.client.get(reverse("portal:search"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(person: Person, text: str) -> list[str]:
    """The texts that are suggested for what is typed."""
    answer = person.client.get(reverse("portal:search_suggestions"), {"q": text})
    return [line["text"] for line in answer.json()["results"]]


__all__ = ["SECRET", "hide", "offered", "published", "secret_listing", "shown"]
