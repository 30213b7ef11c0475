"""Reviews: approve, return, many at once, and who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_life import recall_listing
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.commands.listing_reviews import (
    approve_listing,
    approve_many,
    return_listing,
)
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import reviews_visible_to
from silian.operations.exchange.queries.listing_reviews import (
    next_open_review,
    open_reviews,
    previous_open_review,
    review_statistics,
    reviews_behind,
)
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import Role
from tests.operations.exchange.listings.stage import NOW, in_review, later
from tests.world import OTHER_CITY, World, make_member

REASON = "请删去性别要求后重新提交"


def test_an_approved_listing_is_published_and_its_publisher_told(world: World) -> None:
    review = in_review(world)
    listing = approve_listing(review_id=review.pk, actor=world.reviewer.actor, now=NOW)
    assert listing.state == ListingState.PUBLISHED
    review.refresh_from_db()
    assert review.approved
    assert review.decided_by == world.reviewer.user
    assert Notification.objects.filter(
        user=world.enterprise.user, title__contains="已通过"
    ).exists()


def test_a_returned_listing_says_why_and_can_be_sent_again(world: World) -> None:
    review = in_review(world)
    listing = return_listing(
        review_id=review.pk, reason=REASON, actor=world.reviewer.actor, now=NOW
    )
    assert listing.state == ListingState.RETURNED
    notice = Notification.objects.get(user=world.enterprise.user)
    assert REASON in notice.detail
    again = publish_listing(listing_id=listing.pk, actor=world.enterprise.actor, now=NOW)
    assert again.state == ListingState.PUBLISHED


def test_a_return_without_reason_is_refused(world: World) -> None:
    review = in_review(world)
    with pytest.raises(DomainError, match="至少 6 个字") as refusal:
        return_listing(review_id=review.pk, reason="不行", actor=world.reviewer.actor, now=NOW)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("role", ["enterprise", "rival", "school", "coordinator", "expert"])
def test_others_decide_nothing(world: World, role: str) -> None:
    review = in_review(world)
    with pytest.raises(NotAllowed):
        approve_listing(review_id=review.pk, actor=world.people[role].actor, now=NOW)


def test_nobody_reviews_the_listings_of_their_own_organisation(world: World) -> None:
    review = in_review(world, by=world.coordinator, kind="cooperation")
    assert review.listing.organisation == world.reviewer.organisation
    assert review not in reviews_visible_to(world.reviewer.actor)
    with pytest.raises(NotAllowed, match="不能审核本单位"):
        approve_listing(review_id=review.pk, actor=world.reviewer.actor, now=NOW)


def test_a_reviewer_of_another_city_neither_sees_nor_decides(world: World) -> None:
    review = in_review(world)
    bureau = world.rival.organisation
    stranger = make_member(
        username="stranger",
        organisation=bureau,
        role=Role.REVIEWER,
        jurisdiction_id=OTHER_CITY,
    )
    assert review not in reviews_visible_to(stranger.actor)
    with pytest.raises(NotAllowed, match="管辖范围"):
        approve_listing(review_id=review.pk, actor=stranger.actor, now=NOW)


def test_a_review_is_decided_once(world: World) -> None:
    review = in_review(world)
    approve_listing(review_id=review.pk, actor=world.reviewer.actor, now=NOW)
    with pytest.raises(WrongState, match="已由其他审核员"):
        approve_listing(review_id=review.pk, actor=world.reviewer.actor, now=NOW)


def test_a_recalled_listing_closes_its_review(world: World) -> None:
    review = in_review(world)
    listing = recall_listing(
        listing_id=review.listing_id, actor=world.enterprise.actor, now=later(hours=1)
    )
    assert listing.state == ListingState.DRAFT
    review.refresh_from_db()
    assert review.recalled
    with pytest.raises(WrongState):
        approve_listing(review_id=review.pk, actor=world.reviewer.actor, now=NOW)


def test_many_are_approved_but_those_with_findings_need_an_eye(world: World) -> None:
    clean = in_review(world, title="车工实习岗位，5 人")
    marked = in_review(world, description="仅限男性")
    result = approve_many(review_ids=[clean.pk, marked.pk], actor=world.reviewer.actor, now=NOW)
    assert result.done == 1
    assert [refused.title for refused in result.refused] == [marked.listing.title]
    assert Listing.objects.get(pk=marked.listing_id).state == ListingState.IN_REVIEW


def test_the_queue_goes_by_deadline_and_offers_the_next(world: World) -> None:
    first, second = in_review(world), in_review(world)
    assert list(open_reviews(world.reviewer.actor)) == [first, second]
    assert next_open_review(actor=world.reviewer.actor, after=first) == second
    assert next_open_review(actor=world.reviewer.actor, after=second) == first


def test_statistics_add_up(world: World) -> None:
    approve_listing(review_id=in_review(world).pk, actor=world.reviewer.actor, now=later(hours=2))
    return_listing(
        review_id=in_review(world, description="仅限男性").pk,
        reason=REASON,
        actor=world.reviewer.actor,
        now=later(days=9),
    )
    in_review(world)
    found = review_statistics(actor=world.reviewer.actor, now=later(days=10))
    assert (found.decided, found.approved, found.returned, found.in_time) == (2, 1, 1, 1)
    assert (found.waiting, found.late) == (1, 1)
    assert dict(found.by_code) == {"sex": 1}
    for which, number in [
        ("decided", 2), ("approved", 1), ("returned", 1), ("in_time", 1), ("late", 1),
        ("code:sex", 1), ("code:age", 0),
    ]:  # fmt: skip
        rows = reviews_behind(actor=world.reviewer.actor, now=later(days=10), which=which)
        assert rows.count() == number, which


def test_each_number_of_the_statistics_opens_its_rows(world: World) -> None:
    now = timezone.now()
    approve_listing(review_id=in_review(world).pk, actor=world.reviewer.actor, now=now)
    page = world.reviewer.client.get(reverse("exchange:review_statistics")).content.decode()
    address = reverse("exchange:review_records")
    assert f'href="{address}?which=approved"' in page
    rows = world.reviewer.client.get(address, {"which": "approved"}).content.decode()
    assert "近 90 天通过 1 条" in rows
    assert "数控多轴操作调整工，24 人" in rows
    assert "没有这样的审核记录" in (
        world.reviewer.client.get(address, {"which": "returned"}).content.decode()
    )


def test_a_key_is_told_for_each_decision_and_neighbour(world: World) -> None:
    first, second = in_review(world), in_review(world)
    assert previous_open_review(actor=world.reviewer.actor, before=second) == first
    assert previous_open_review(actor=world.reviewer.actor, before=first) == second
    page = world.reviewer.client.get(first.get_absolute_url()).content.decode()
    for key in "arjk":
        assert f'data-sl-key="{key}"' in page
    assert "<kbd>A</kbd> 通过" in page


def test_the_officials_of_the_region_learn_of_a_new_review(
    world: World, run_jobs: Callable[[], None]
) -> None:
    review = in_review(world)
    run_jobs()
    told = Notification.objects.filter(key=f"review-{review.pk}-opened")
    assert {notice.user for notice in told} >= {world.reviewer.user}
