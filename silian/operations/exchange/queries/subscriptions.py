"""Which subscriptions a listing answers, and which have something to tell."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.subscription import (
    Subscription,
    WebhookDelivery,
    WebhookEndpoint,
)
from silian.operations.exchange.permissions.subscriptions import (
    subscriptions_visible_to,
    webhooks_visible_to,
)

SHOWN_DELIVERIES = 20
ANSWERED = """
SELECT subscription.id FROM exchange_subscription subscription, exchange_listing listing
JOIN kernel_searchentry entry ON entry.subject = 'listing' AND entry.object_id = listing.id
WHERE listing.id = %s AND listing.state = 'published' AND subscription.stopped_at IS NULL
  AND subscription.organisation_id IS DISTINCT FROM listing.organisation_id
  AND entry.vector @@ subscription.question::tsquery
  AND (subscription.price_at_least IS NULL OR listing.price_max >= subscription.price_at_least)
  AND (subscription.starts_within_days IS NULL OR listing.starts_on IS NULL
       OR listing.starts_on <= %s::date + subscription.starts_within_days)
ORDER BY subscription.id
"""


def answered_by(*, listing_id: int) -> list[int]:
    """The subscriptions that a published listing answers, in one statement (命中)."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [listing_id, timezone.localdate()])
        return [row[0] for row in cursor.fetchall()]


def to_digest(*, frequency: str) -> QuerySet[Subscription]:
    """Subscriptions with something new to tell (待汇总)."""
    new = Count("hits", filter=Q(hits__told_at__isnull=True))
    rows = Subscription.objects.filter(frequency=frequency, stopped_at__isnull=True)
    return rows.annotate(new_hits=new).filter(new_hits__gt=0).order_by("pk")


def subscriptions_for_list(actor: Actor) -> list[Subscription]:
    """One's own subscriptions with the number of listings found so far."""
    rows = subscriptions_visible_to(actor).annotate(hit_count=Count("hits"))
    return list(rows.order_by("-created_at", "-pk"))


def running_webhook(actor: Actor) -> WebhookEndpoint | None:
    return webhooks_visible_to(actor).filter(disabled_at__isnull=True).first()


def last_webhook(actor: Actor) -> WebhookEndpoint | None:
    return webhooks_visible_to(actor).order_by("-pk").first()


def deliveries_of(endpoint: WebhookEndpoint | None) -> list[WebhookDelivery]:
    if endpoint is None:
        return []
    return list(endpoint.deliveries.order_by("-pk")[:SHOWN_DELIVERIES])
