"""Capacity: taken by deals, returned by broken ones, never overdrawn."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_capacity import return_capacity, take_capacity
from silian.operations.exchange.commands.listing_life import withdraw_listing
from silian.operations.exchange.models.listing import Listing
from tests.operations.exchange.listings.stage import NOW, draft, published
from tests.world import World


def take(world: World, listing: Listing, quantity: int) -> Listing:
    return take_capacity(listing_id=listing.pk, quantity=quantity, actor=world.enterprise.actor)


def give_back(world: World, listing: Listing, quantity: int) -> Listing:
    return return_capacity(listing_id=listing.pk, quantity=quantity, actor=world.enterprise.actor)


def test_a_deal_counts_down(world: World) -> None:
    assert take(world, published(world), 10).capacity_left == 14


def test_an_overdraw_is_refused_with_what_is_left(world: World) -> None:
    listing = published(world)
    take(world, listing, 20)
    with pytest.raises(DomainError, match="只剩 4 人，不够 5 人"):
        take(world, listing, 5)
    listing.refresh_from_db()
    assert listing.capacity_left == 4


def test_the_last_one_fills_the_listing_and_takes_it_out_of_the_hall(world: World) -> None:
    listing = take(world, published(world), 24)
    assert listing.state == ListingState.FILLED
    assert listing.closed_at is not None
    assert search_backend().search(SearchRequest()).ids_of("listing") == []


def test_what_is_returned_opens_it_again(world: World) -> None:
    listing = take(world, published(world), 24)
    listing = give_back(world, listing, 4)
    assert (listing.state, listing.capacity_left) == (ListingState.PUBLISHED, 4)
    assert search_backend().search(SearchRequest()).ids_of("listing") == [listing.pk]


@pytest.mark.parametrize("quantity", [0, -3])
def test_quantities_are_positive(world: World, quantity: int) -> None:
    listing = published(world)
    for step in (take, give_back):
        with pytest.raises(DomainError, match="正整数"):
            step(world, listing, quantity)


def test_nothing_is_taken_from_a_draft_or_a_withdrawn_listing(world: World) -> None:
    with pytest.raises(DomainError, match="已不在发布中"):
        take(world, draft(world), 1)
    listing = published(world)
    withdraw_listing(listing_id=listing.pk, actor=world.enterprise.actor, now=NOW, reason="已取消")
    with pytest.raises(DomainError, match="已不在发布中"):
        take(world, listing, 1)


def test_a_listing_without_number_stays_open(world: World) -> None:
    listing = published(world, kind="technical_problem", capacity=None)
    assert take(world, listing, 3).state == ListingState.PUBLISHED


STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, 30)), max_size=12)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_however_deals_come_and_go_the_capacity_fits(
    world: World, steps: list[tuple[bool, int]]
) -> None:
    listing = published(world)
    for takes, quantity in steps:
        before = Listing.objects.get(pk=listing.pk).capacity_left or 0
        try:
            after = (take if takes else give_back)(world, listing, quantity)
        except DomainError:
            assert takes
            assert quantity > before
            continue
        assert 0 <= (after.capacity_left or 0) <= 24
        assert (after.state == ListingState.FILLED) == (after.capacity_left == 0)
