"""Creating, editing, copying and discarding."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_capacity import take_capacity
from silian.operations.exchange.commands.listing_writing import (
    copy_listing,
    create_listing,
    discard_draft,
    edit_listing,
)
from silian.operations.exchange.errors import ListingIncomplete
from silian.operations.exchange.models.listing import Listing
from tests.operations.exchange.listings.stage import (
    NOW,
    draft,
    in_review,
    make_occupation,
    published,
    whole_content,
)
from tests.world import World


def test_a_manager_writes_a_draft_for_its_organisation(world: World) -> None:
    listing = draft(world)
    assert listing.state == ListingState.DRAFT
    assert listing.organisation_id == world.enterprise.actor.organisation_id
    assert listing.capacity_left == listing.capacity == 24


@pytest.mark.parametrize("role", ["teacher", "student", "expert", "anonymous"])
def test_others_write_nothing(world: World, role: str) -> None:
    make_occupation()
    with pytest.raises(NotAllowed, match="管理员授权"):
        create_listing(content=whole_content(), actor=world.people[role].actor)


def test_a_kind_is_published_by_its_publishers_only(world: World) -> None:
    with pytest.raises(DomainError, match="不由贵单位"):
        draft(world, kind="graduate_cohort")


def test_editing_a_draft_keeps_no_history(world: World) -> None:
    listing = draft(world)
    edit(world, listing, title="数控车工实习岗位，12 人")
    assert not listing.revisions.exists()


def edit(world: World, listing: Listing, **values: object) -> Listing:
    return edit_listing(
        listing_id=listing.pk,
        content=whole_content(**values),  # type: ignore[arg-type]
        actor=world.enterprise.actor,
        now=NOW,
    )


def test_editing_what_was_published_keeps_old_and_new(world: World) -> None:
    listing = published(world)
    changed = edit(world, listing, capacity=30)
    assert changed.state == ListingState.PUBLISHED
    revision = listing.revisions.get()
    assert revision.changes == {"数量": ["24", "30"]}
    assert revision.changed_by == world.enterprise.user


def test_saving_the_same_changes_nothing(world: World) -> None:
    listing = published(world)
    edit(world, listing)
    assert not listing.revisions.exists()


def test_an_objectionable_edit_goes_back_to_review_and_out_of_the_hall(world: World) -> None:
    listing = published(world)
    changed = edit(world, listing, description="仅限男性，联系电话 13812345678")
    assert changed.state == ListingState.IN_REVIEW
    assert listing.reviews.get().findings
    assert listing.pk not in search_backend().search(SearchRequest()).ids_of("listing")


def test_a_published_listing_stays_whole(world: World) -> None:
    listing = published(world)
    with pytest.raises(ListingIncomplete) as refusal:
        edit(world, listing, price_min=None)
    assert refusal.value.field == "price_min"
    listing.refresh_from_db()
    assert listing.price_min is not None


def test_capacity_is_not_cut_below_what_was_taken(world: World) -> None:
    listing = published(world)
    take_capacity(listing_id=listing.pk, quantity=10, actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="已成交 10"):
        edit(world, listing, capacity=9)
    assert edit(world, listing, capacity=12).capacity_left == 2


def test_a_rival_cannot_edit(world: World) -> None:
    listing = published(world)
    with pytest.raises(NotAllowed, match="其他单位"):
        edit_listing(
            listing_id=listing.pk, content=whole_content(), actor=world.rival.actor, now=NOW
        )


def test_what_is_under_review_is_not_edited(world: World) -> None:
    review = in_review(world)
    with pytest.raises(WrongState, match="撤回送审"):
        edit(world, review.listing, capacity=30)


def test_a_copy_is_a_fresh_draft(world: World) -> None:
    listing = published(world)
    copy = copy_listing(listing_id=listing.pk, actor=world.enterprise.actor)
    assert copy.state == ListingState.DRAFT
    assert copy.title.endswith("（副本）")
    assert copy.details == listing.details
    assert copy.published_at is None


def test_a_rival_cannot_copy(world: World) -> None:
    listing = published(world)
    with pytest.raises(NotAllowed):
        copy_listing(listing_id=listing.pk, actor=world.rival.actor)


def test_a_draft_is_discarded(world: World) -> None:
    listing = draft(world)
    discard_draft(listing_id=listing.pk, actor=world.enterprise.actor)
    assert not Listing.objects.filter(pk=listing.pk).exists()


def test_what_was_submitted_is_not_discarded(world: World) -> None:
    listing = published(world)
    with pytest.raises(WrongState, match="从未提交"):
        discard_draft(listing_id=listing.pk, actor=world.enterprise.actor)
