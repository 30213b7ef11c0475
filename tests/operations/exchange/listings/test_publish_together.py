from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_many import step_many
from silian.operations.exchange.commands.listing_reviews import ManyDone
from silian.operations.exchange.commands.listing_upsert import UpsertRow, upsert_listings
from silian.operations.exchange.models.listing import Listing
from tests.operations.exchange.listings.stage import draft, make_occupation, whole_content
from tests.world import World


def drafts(world: World, number: int, **values: Any) -> list[Listing]:
    return [draft(world, **values) for _ in range(number)]


def publish(world: World, listings: list[Listing]) -> ManyDone:
    return step_many(
        step="publish",
        listing_ids=[listing.pk for listing in listings],
        actor=world.enterprise.actor,
        now=timezone.now(),
    )


def test_all_go_into_the_hall_with_a_line_in_the_trail_each(world: World) -> None:
    listings = drafts(world, 3)
    assert publish(world, listings).done == 3
    assert set(Listing.objects.values_list("state", flat=True)) == {ListingState.PUBLISHED}
    assert set(search_backend().search(SearchRequest()).ids_of("listing")) == {
        row.pk for row in listings
    }
    assert AuditEntry.objects.filter(action="exchange.listing.published").count() == 3


def test_one_that_cannot_be_published_is_told_and_stays_a_draft(world: World) -> None:
    good, bad = drafts(world, 1), drafts(world, 1, description="只招男性")
    done = publish(world, [*good, *bad])
    assert done.done == 1
    assert "只招男性" in done.refused[0].sentence
    bad[0].refresh_from_db()
    assert bad[0].state == ListingState.DRAFT


def test_one_of_a_rival_is_left_alone(world: World) -> None:
    mine, theirs = drafts(world, 1), draft(world, by=world.rival)
    assert publish(world, [*mine, theirs]).done == 1
    theirs.refresh_from_db()
    assert theirs.state == ListingState.DRAFT


def statements_for(world: World, number: int) -> int:
    make_occupation()
    rows = [
        UpsertRow(external_id=f"{number}-{place}", content=whole_content())
        for place in range(number)
    ]
    with CaptureQueriesContext(connection) as captured:
        done = upsert_listings(
            rows=rows, existing={}, publish=True, all_or_nothing=False,
            actor=world.enterprise.actor, now=timezone.now(),
        )  # fmt: skip
    assert {row.listing.state for row in done if row.listing} == {ListingState.PUBLISHED}
    return len(captured)


def test_a_batch_costs_the_same_statements_with_three_rows_and_with_thirty(world: World) -> None:
    statements_for(world, 1)
    assert statements_for(world, 3) == statements_for(world, 30)
