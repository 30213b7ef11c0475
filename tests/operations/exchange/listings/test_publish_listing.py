"""Publishing: checks, review, dates, refusals."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.errors import ListingHasFindings, ListingIncomplete
from silian.operations.exchange.models.listing import Listing, ListingReview
from silian.registers.organisations.choices import OrganisationState
from tests.operations.exchange.listings.stage import NOW, TODAY, draft, published
from tests.world import World


def publish(world: World, listing: Listing, **given: object) -> Listing:
    return publish_listing(
        listing_id=listing.pk,
        actor=world.enterprise.actor,
        now=NOW,
        **given,  # type: ignore[arg-type]
    )


def test_a_clean_listing_is_in_the_hall_at_once(world: World) -> None:
    listing = published(world)
    assert listing.state == ListingState.PUBLISHED
    assert listing.published_at == listing.first_published_at == listing.submitted_at == NOW
    assert listing.confirmed_on == TODAY
    assert listing.expires_on == TODAY + datetime.timedelta(days=180)
    assert search_backend().search(SearchRequest()).ids_of("listing") == [listing.pk]
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"exchange.listing.created", "exchange.listing.published"} <= actions


@pytest.mark.parametrize("state", ["registered", "submitted", "rejected", "suspended"])
def test_an_unverified_organisation_keeps_its_draft_and_learns_why(
    world: World, state: str
) -> None:
    listing = draft(world)
    organisation = listing.organisation
    organisation.state = OrganisationState(state)
    organisation.rejection_reason = organisation.suspension_reason = "材料待核"
    organisation.save()
    with pytest.raises(DomainError, match="不能发布供需信息"):
        publish(world, listing)
    listing.refresh_from_db()
    assert listing.state == ListingState.DRAFT


def test_an_incomplete_draft_names_the_first_gap_and_counts_the_others(world: World) -> None:
    listing = draft(world, details={}, capacity=None)
    with pytest.raises(ListingIncomplete, match="另有") as refusal:
        publish(world, listing)
    assert refusal.value.field == "capacity"


def test_banned_words_stop_a_publication(world: World) -> None:
    listing = draft(world, description="仅限男性")
    with pytest.raises(ListingHasFindings, match="男") as refusal:
        publish(world, listing)
    assert refusal.value.findings


def test_the_publisher_may_ask_a_person_to_judge(world: World) -> None:
    listing = draft(world, description="仅限男性")
    publish(world, listing, ask_review=True, note="男子监狱岗位")
    review = ListingReview.objects.get(listing=listing)
    assert Listing.objects.get(pk=listing.pk).state == ListingState.IN_REVIEW
    assert "男子监狱岗位" in review.cause
    assert review.findings[0]["words"]
    assert listing.findings.count() == len(review.findings)
    assert search_backend().search(SearchRequest()).ids_of("listing") == []


def test_a_review_is_due_in_two_working_days(world: World) -> None:
    listing = draft(world)
    publish(world, listing, ask_review=True)
    due_at = ListingReview.objects.get(listing=listing).due_at
    assert due_at == datetime.datetime(2026, 3, 21, tzinfo=NOW.tzinfo)


def test_dossiers_always_go_to_review(world: World) -> None:
    listing = draft(world, kind="demonstration_project")
    assert publish(world, listing).state == ListingState.IN_REVIEW


def test_a_rival_cannot_publish(world: World) -> None:
    listing = draft(world)
    with pytest.raises(NotAllowed):
        publish_listing(listing_id=listing.pk, actor=world.rival.actor, now=NOW)


def test_what_is_published_is_not_published_again(world: World) -> None:
    listing = published(world)
    with pytest.raises(WrongState, match="已发布"):
        publish(world, listing)
