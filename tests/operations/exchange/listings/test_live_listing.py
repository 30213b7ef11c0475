"""Pause, resume, confirm, extend, withdraw, revive; and what time does."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import ListingState, PauseCause
from silian.operations.exchange.commands.listing_life import (
    confirm_listing,
    extend_listing,
    pause_listing,
    resume_listing,
    revive_listing,
    withdraw_listing,
)
from silian.operations.exchange.commands.listing_many import step_many
from silian.operations.exchange.commands.listing_upkeep import (
    expire_listings,
    pause_listings_of,
    pause_unconfirmed,
    remind_confirmations,
    remind_expiring,
)
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationState
from tests.operations.exchange.listings.stage import (
    NOW,
    TODAY,
    draft,
    in_review,
    later,
    published,
)
from tests.world import World


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def found() -> list[int]:
    return search_backend().search(SearchRequest()).ids_of("listing")


def test_a_paused_listing_leaves_the_hall_and_comes_back_confirmed(world: World) -> None:
    listing, actor = published(world), world.enterprise.actor
    paused = pause_listing(listing_id=listing.pk, actor=actor)
    assert (paused.state, paused.pause_cause) == (ListingState.PAUSED, PauseCause.OWNER)
    assert found() == []
    resumed = resume_listing(listing_id=listing.pk, actor=actor, now=later(days=9))
    assert (resumed.state, resumed.confirmed_on) == (ListingState.PUBLISHED, days(9))
    assert found() == [listing.pk]


def test_a_suspended_organisation_resumes_nothing(world: World) -> None:
    listing, actor = published(world), world.enterprise.actor
    pause_listing(listing_id=listing.pk, actor=actor)
    listing.organisation.state = OrganisationState.SUSPENDED
    listing.organisation.suspension_reason = "材料待核"
    listing.organisation.save()
    with pytest.raises(DomainError, match="已被暂停"):
        resume_listing(listing_id=listing.pk, actor=actor, now=NOW)


def test_what_has_run_out_is_not_resumed(world: World) -> None:
    listing, actor = published(world), world.enterprise.actor
    pause_listing(listing_id=listing.pk, actor=actor)
    with pytest.raises(DomainError, match="已过有效期"):
        resume_listing(listing_id=listing.pk, actor=actor, now=later(days=181))


def test_a_confirmation_moves_the_clock(world: World) -> None:
    listing = published(world)
    confirm_listing(listing_id=listing.pk, actor=world.enterprise.actor, now=later(days=20))
    assert pause_unconfirmed(today=days(40)) == 0
    assert pause_unconfirmed(today=days(50)) == 1


def test_an_expired_listing_is_neither_confirmed_nor_extended(world: World) -> None:
    listing = published(world)
    for step in (confirm_listing, extend_listing):
        with pytest.raises(DomainError, match="有效期"):
            step(listing_id=listing.pk, actor=world.enterprise.actor, now=later(days=180))


def test_an_extension_starts_the_validity_anew(world: World) -> None:
    listing = published(world)
    extended = extend_listing(
        listing_id=listing.pk, actor=world.enterprise.actor, now=later(days=100)
    )
    assert extended.expires_on == days(280)


def test_an_extension_does_not_outlast_the_period(world: World) -> None:
    listing = published(world, ends_on=days(90))
    with pytest.raises(DomainError, match="先修改结束日"):
        extend_listing(listing_id=listing.pk, actor=world.enterprise.actor, now=later(days=10))


def test_a_withdrawal_gives_its_reason(world: World) -> None:
    listing, actor = published(world), world.enterprise.actor
    with pytest.raises(DomainError, match="撤回理由"):
        withdraw_listing(listing_id=listing.pk, actor=actor, now=NOW, reason=" ")
    gone = withdraw_listing(listing_id=listing.pk, actor=actor, now=NOW, reason="岗位已取消")
    assert (gone.state, gone.close_reason) == (ListingState.WITHDRAWN, "岗位已取消")
    assert gone.closed_at == NOW
    assert found() == []


def test_withdrawing_under_review_closes_the_review(world: World) -> None:
    review = in_review(world)
    withdraw_listing(
        listing_id=review.listing_id, actor=world.enterprise.actor, now=NOW, reason="不需要了"
    )
    review.refresh_from_db()
    assert review.recalled


def test_an_ended_listing_becomes_a_draft_of_a_new_round(world: World) -> None:
    listing, actor = published(world), world.enterprise.actor
    expire_listings(today=days(181))
    revived = revive_listing(listing_id=listing.pk, actor=actor)
    assert revived.state == ListingState.DRAFT
    assert revived.capacity_left == revived.capacity
    assert revived.closed_at is None


def test_a_published_listing_is_not_revived(world: World) -> None:
    listing = published(world)
    with pytest.raises(WrongState):
        revive_listing(listing_id=listing.pk, actor=world.enterprise.actor)


def test_a_rival_takes_no_step(world: World) -> None:
    listing = published(world)
    with pytest.raises(NotAllowed):
        pause_listing(listing_id=listing.pk, actor=world.rival.actor)


def test_a_reminder_comes_once_and_then_the_pause_with_notice(world: World) -> None:
    listing = published(world)
    assert remind_confirmations(today=days(24)) == 0
    assert remind_confirmations(today=days(25)) == 1
    assert remind_confirmations(today=days(26)) == 0
    assert pause_unconfirmed(today=days(29)) == 0
    assert pause_unconfirmed(today=days(30)) == 1
    listing.refresh_from_db()
    assert (listing.state, listing.pause_cause) == (ListingState.PAUSED, PauseCause.UNCONFIRMED)
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert len(titles) == 2
    assert found() == []


def test_publishers_learn_a_week_before_the_end_once(world: World) -> None:
    published(world)
    assert remind_expiring(today=days(172)) == 0
    assert remind_expiring(today=days(173)) == 1
    assert remind_expiring(today=days(174)) == 0


def test_what_has_run_out_expires_and_twice_is_harmless(world: World) -> None:
    listing = published(world)
    draft(world)
    assert expire_listings(today=days(179)) == 0
    assert expire_listings(today=days(180)) == 1
    assert expire_listings(today=days(180)) == 0
    listing.refresh_from_db()
    assert listing.state == ListingState.EXPIRED
    assert listing.closed_at is not None


def test_a_suspended_organisation_vanishes_from_the_hall(world: World) -> None:
    listing = published(world)
    other = published(world, by=world.rival)
    assert pause_listings_of(organisation_id=listing.organisation_id) == 1
    assert found() == [other.pk]


def test_many_are_published_and_the_refused_told_by_title(world: World) -> None:
    whole = draft(world)
    gaps = draft(world, title="还缺内容的岗位", details={})
    foreign = draft(world, by=world.rival)
    result = step_many(
        step="publish",
        listing_ids=[whole.pk, gaps.pk, foreign.pk],
        actor=world.enterprise.actor,
        now=NOW,
    )
    assert result.done == 1
    assert [refused.title for refused in result.refused] == ["还缺内容的岗位"]
    foreign.refresh_from_db()
    assert foreign.state == ListingState.DRAFT


@pytest.mark.parametrize("step", ["pause", "confirm", "withdraw"])
def test_each_bulk_step_works_on_published_ones(world: World, step: str) -> None:
    listings = [published(world), published(world)]
    result = step_many(
        step=step,
        listing_ids=[listing.pk for listing in listings],
        actor=world.enterprise.actor,
        now=later(days=1),
    )
    assert (result.done, result.refused) == (2, [])


def test_an_unknown_bulk_step_and_too_many_are_refused(world: World) -> None:
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="没有这个"):
        step_many(step="explode", listing_ids=[1], actor=actor, now=NOW)
    with pytest.raises(DomainError, match="分批"):
        step_many(step="pause", listing_ids=list(range(501)), actor=actor, now=NOW)
