"""A question that is kept finds what answers it, and tells as often as was asked."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.commands.subscription import (
    note_hits,
    stop_subscription,
    tell_digests,
)
from silian.operations.exchange.models.subscription import Subscription, SubscriptionHit
from silian.operations.exchange.queries.subscriptions import answered_by
from silian.registers.accounts.models import Notification, User
from tests.operations.exchange.negotiations.stage import NOW
from tests.operations.exchange.subscriptions.stage import published, subscribed
from tests.world import World


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("q=数控", True),
        ("q=护理", False),
        ("kind=internship", True),
        ("kind=job", False),
        ("kind=job&kind=internship", True),
        ("side=supply", False),
        ("division=990104", True),
        ("division=990100", True),
        ("division=530300", False),
        ("pay=3000", True),
        ("pay=3001", False),
        ("q=数控&kind=internship&division=990104", True),
    ],
)
def test_a_listing_meets_the_subscriptions_that_the_hall_would_show_it_to(
    world: World, query: str, found: bool
) -> None:
    subscription = subscribed(world.school, query)
    listing = published(world.enterprise, price_min=2800, price_max=3000)
    assert (answered_by(listing_id=listing.pk) == [subscription.pk]) is found


@pytest.mark.parametrize(("days", "found"), [(None, True), (80, True), (120, False)])
def test_a_start_asked_for_in_the_hall_is_kept(world: World, days: int | None, found: bool) -> None:
    subscription = subscribed(world.school, "starts=3")
    starts = None if days is None else timezone.localdate() + datetime.timedelta(days=days)
    listing = published(world.enterprise, starts_on=starts)
    assert (answered_by(listing_id=listing.pk) == [subscription.pk]) is found


def test_ones_own_listing_is_no_news(world: World) -> None:
    subscribed(world.enterprise)
    assert answered_by(listing_id=published(world.enterprise).pk) == []


def test_a_listing_that_is_not_open_is_no_news(world: World) -> None:
    subscribed(world.school)
    assert answered_by(listing_id=published(world.enterprise, state="paused").pk) == []


def test_matching_costs_the_same_for_three_and_for_thirty(world: World) -> None:
    def cost(number: int) -> int:
        for place in range(number):
            user = User.objects.create(username=f"u{number}-{place}", name="订阅人")
            Subscription.objects.create(
                user=user,
                label="全部",
                query="",
                question="'§side:demand'",
                frequency="at_once",
                unsubscribe_key=f"{number}-{place}",
                created_at=NOW,
            )
        listing = published(world.enterprise)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert note_hits(listing_id=listing.pk, now=NOW) >= number
        return len(queries)

    assert cost(3) == cost(30)


def test_at_once_means_one_notice_however_often_the_handler_runs(world: World) -> None:
    subscribed(world.school)
    listing = published(world.enterprise)
    note_hits(listing_id=listing.pk, now=NOW)
    note_hits(listing_id=listing.pk, now=NOW)
    assert Notification.objects.filter(user=world.school.user).count() == 1
    assert SubscriptionHit.objects.count() == 1


def test_a_digest_counts_what_is_new_and_carries_the_way_out(world: World) -> None:
    subscription = subscribed(world.school, "kind=internship", frequency="daily")
    for _ in range(2):
        note_hits(listing_id=published(world.enterprise).pk, now=NOW)
    assert not Notification.objects.exists()
    tell_digests(frequency="weekly", now=NOW)
    assert not Notification.objects.exists()
    tell_digests(frequency="daily", now=NOW)
    tell_digests(frequency="daily", now=NOW + datetime.timedelta(days=1))
    told = Notification.objects.get()
    assert told.title.startswith("2 条新的供需")
    assert subscription.unsubscribe_key in told.detail


def test_the_same_question_is_kept_once(world: World) -> None:
    assert subscribed(world.school, "kind=job") == subscribed(world.school, "kind=job")


def test_thirty_subscriptions_are_enough(world: World) -> None:
    for number in range(30):
        subscribed(world.school, f"q=词{number}")
    with pytest.raises(DomainError, match="最多 30 个订阅"):
        subscribed(world.school, "q=再多一个")


def test_visitors_do_not_subscribe(world: World) -> None:
    with pytest.raises(NotAllowed):
        subscribed(world.anonymous)


def test_a_stopped_subscription_is_silent(world: World) -> None:
    subscription = subscribed(world.school)
    stop_subscription(subscription_id=subscription.pk, actor=world.school.actor, now=NOW)
    assert answered_by(listing_id=published(world.enterprise).pk) == []


def test_another_persons_subscription_is_out_of_reach(world: World) -> None:
    subscription = subscribed(world.school)
    with pytest.raises(Subscription.DoesNotExist):
        stop_subscription(subscription_id=subscription.pk, actor=world.rival.actor, now=NOW)


def test_the_hall_keeps_a_question_by_one_post(world: World) -> None:
    world.school.client.post(
        "/exchange/subscriptions/new/", {"query": "kind=internship&q=%E6%95%B0%E6%8E%A7&page=3"}
    )
    kept = Subscription.objects.get()
    assert kept.label == "“数控” · 实习岗位"
    assert "page" not in kept.query
    assert answered_by(listing_id=published(world.enterprise).pk) == [kept.pk]


def test_the_link_in_an_email_stops_only_when_it_is_confirmed(world: World) -> None:
    subscription = subscribed(world.school)
    url = f"/exchange/subscriptions/unsubscribe/{subscription.unsubscribe_key}/"
    assert world.anonymous.client.get(url).status_code == 200
    subscription.refresh_from_db()
    assert subscription.stopped_at is None
    world.anonymous.client.post(url)
    subscription.refresh_from_db()
    assert subscription.stopped_at is not None
