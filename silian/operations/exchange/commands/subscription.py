"""Keep asking a question of the hall, and be told what answers it."""

from __future__ import annotations

import datetime
import secrets

from django.db import transaction
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.search.lexemes import (
    both,
    filter_lexeme,
    filter_query,
    word_query,
)
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import AlertFrequency
from silian.operations.exchange.commands.subscription_webhooks import queue_delivery
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.subscription import (
    Subscription,
    SubscriptionHit,
    WebhookEndpoint,
)
from silian.operations.exchange.permissions.subscriptions import subscriptions_visible_to
from silian.operations.exchange.queries.subscriptions import answered_by, to_digest
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

MOST_SUBSCRIPTIONS = 30  # more than a person can read the answers to


@transaction.atomic
def subscribe_to_hall(
    *,
    asked: SearchRequest,
    label: str,
    query: str,
    frequency: str,
    actor: Actor,
    now: datetime.datetime,
    starts_within_days: int | None = None,
) -> Subscription:
    """Save a question of the hall; asking the same again keeps the one there is (订阅)."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能订阅。")
    if frequency not in AlertFrequency.values:
        raise DomainError("请选择提醒频率。", field="frequency")
    own = subscriptions_visible_to(actor)
    if (kept := own.filter(query=query[:600]).first()) is not None:
        return kept
    if own.count() >= MOST_SUBSCRIPTIONS:
        raise DomainError(f"最多 {MOST_SUBSCRIPTIONS} 个订阅，请先退订不用的。")
    groups = filter_query(
        [filter_lexeme(name, value) for value in values] for name, values in asked.filters
    )
    subscription = Subscription.objects.create(
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        label=label[:120],
        query=query[:600],
        question=both(word_query(words=asked.words), groups),
        price_at_least=asked.pay_at_least,
        starts_within_days=starts_within_days,
        frequency=frequency,
        unsubscribe_key=secrets.token_urlsafe(32),
        created_at=now,
    )
    record(actor, "exchange.subscription.made", subscription)
    return subscription


@transaction.atomic
def change_subscription(
    *, subscription_id: int, frequency: str, to_webhook: bool, actor: Actor
) -> Subscription:
    """Choose how often and where one is told (改频率)."""
    rows = subscriptions_visible_to(actor).select_for_update(of=("self",))
    subscription = rows.get(pk=subscription_id)
    if frequency not in AlertFrequency.values:
        raise DomainError("请选择提醒频率。", field="frequency")
    subscription.frequency, subscription.to_webhook = frequency, to_webhook
    subscription.save(update_fields=["frequency", "to_webhook"])
    record(actor, "exchange.subscription.changed", subscription)
    return subscription


@transaction.atomic
def stop_subscription(
    *, subscription_id: int, actor: Actor, now: datetime.datetime
) -> Subscription:
    """Be told no more (退订)."""
    rows = subscriptions_visible_to(actor).select_for_update(of=("self",))
    return stopped(rows.get(pk=subscription_id), actor=actor, now=now)


@transaction.atomic
def stop_by_key(*, key: str, actor: Actor, now: datetime.datetime) -> Subscription:
    """Be told no more, from the link in an e-mail, without signing in (邮件退订)."""
    subscription = Subscription.objects.select_for_update().get(unsubscribe_key=key)
    return stopped(subscription, actor=actor, now=now)


def stopped(subscription: Subscription, *, actor: Actor, now: datetime.datetime) -> Subscription:
    if subscription.stopped_at is None:
        subscription.stopped_at = now
        subscription.save(update_fields=["stopped_at"])
        record(actor, "exchange.subscription.stopped", subscription)
    return subscription


@transaction.atomic
def note_hits(*, listing_id: int, now: datetime.datetime) -> int:
    """Note which subscriptions a new listing answers; tell those who want it at once (命中).

    The number of statements does not grow with the number of subscriptions; running twice
    tells nobody twice.
    """
    found = Subscription.objects.in_bulk(answered_by(listing_id=listing_id))
    if not found:
        return 0
    listing = Listing.objects.only("pk", "title", "kind", "side").get(pk=listing_id)
    at_once = {row.user_id for row in found.values() if row.frequency == AlertFrequency.AT_ONCE}
    SubscriptionHit.objects.bulk_create(
        [
            SubscriptionHit(
                subscription=row,
                listing=listing,
                found_at=now,
                told_at=now if row.frequency == AlertFrequency.AT_ONCE else None,
            )
            for row in found.values()
        ],
        ignore_conflicts=True,
    )
    notify(
        user_ids=at_once,
        kind=NotificationKind.SUBSCRIPTION,
        title=f"订阅有新的{listing.get_side_display()}：{listing.title}",
        detail="不再需要时可在“我的订阅”退订",
        url=listing.get_absolute_url(),
        key=f"subscription-listing-{listing.pk}",
    )
    tell_endpoints(listing=listing, subscriptions=list(found.values()), now=now)
    return len(found)


def tell_endpoints(
    *, listing: Listing, subscriptions: list[Subscription], now: datetime.datetime
) -> None:
    """Queue one delivery for each organisation that has an endpoint."""
    wanted = {
        row.organisation_id for row in subscriptions if row.to_webhook and row.organisation_id
    }
    endpoints = WebhookEndpoint.objects.filter(organisation_id__in=wanted, disabled_at__isnull=True)
    for endpoint in endpoints.order_by("pk"):
        queue_delivery(
            endpoint=endpoint,
            key=f"listing-{listing.pk}",
            payload={
                "event": "listing.published",
                "listing": listing.pk,
                "title": listing.title,
                "kind": listing.kind,
                "side": listing.side,
                "path": listing.get_absolute_url(),
            },
            now=now,
        )


def tell_digests(*, frequency: str, now: datetime.datetime) -> int:
    """Tell each subscription with news how many there are; each in its own transaction (汇总)."""
    keys = list(to_digest(frequency=frequency).values_list("pk", flat=True))
    for subscription_id in keys:
        tell_digest(subscription_id=subscription_id, now=now)
    return len(keys)


@transaction.atomic
def tell_digest(*, subscription_id: int, now: datetime.datetime) -> None:
    subscription = Subscription.objects.select_for_update().get(pk=subscription_id)
    new = subscription.hits.filter(told_at__isnull=True)
    titles = list(new.order_by("-found_at").values_list("listing__title", flat=True))
    if not titles or subscription.stopped_at is not None:
        return
    stop = reverse("exchange:subscription_unsubscribe", args=[subscription.unsubscribe_key])
    notify(
        user_ids=[subscription.user_id],
        kind=NotificationKind.SUBSCRIPTION,
        title=f"{len(titles)} 条新的供需：{subscription.label}",
        detail=f"{'；'.join(titles[:3])}。退订：{stop}",
        url=f"{reverse('exchange:hall')}?{subscription.query}",
        organisation_id=subscription.organisation_id,
        key=f"subscription-{subscription.pk}-{now:%Y-%m-%d}",
    )
    new.update(told_at=now)
    subscription.told_at = now
    subscription.save(update_fields=["told_at"])
