"""Register an endpoint, deliver to it with a signature, give it up when nobody answers."""

from __future__ import annotations

import datetime
import json
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import DeliveryState
from silian.operations.exchange.gateways.webhook_post import post
from silian.operations.exchange.models.subscription import WebhookDelivery, WebhookEndpoint
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.permissions.subscriptions import (
    require_webhook_keeper,
    webhooks_visible_to,
)
from silian.operations.exchange.rules.subscription_webhooks import (
    MOST_ATTEMPTS,
    MOST_LOST,
    SIGNATURE_HEADER,
    reason_address_unfit,
    signature,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

DELIVER_TASK = "exchange.deliver_webhook"


def loopback_allowed() -> bool:
    """Whether this installation may post to itself; tests switch it on."""
    return bool(getattr(settings, "WEBHOOK_LOOPBACK_ALLOWED", False))


@transaction.atomic
def register_webhook(*, url: str, actor: Actor, now: datetime.datetime) -> WebhookEndpoint:
    """Register where one's organisation is told; replaces the one before (登记推送接口)."""
    require_webhook_keeper(actor)
    sentence = reason_address_unfit(url, loopback_allowed=loopback_allowed())
    if sentence:
        raise DomainError(sentence, field="url")
    webhooks_visible_to(actor).filter(disabled_at__isnull=True).update(
        disabled_at=now, disabled_reason="已换新地址"
    )
    endpoint = WebhookEndpoint.objects.create(
        organisation_id=side_of(actor),
        url=url,
        secret_cipher=encrypted(secrets.token_urlsafe(32)),
        made_by_id=actor.user_id,
        made_at=now,
    )
    record(actor, "exchange.webhook.registered", endpoint)
    return endpoint


@transaction.atomic
def disable_webhook(*, endpoint_id: int, actor: Actor, now: datetime.datetime) -> WebhookEndpoint:
    """Deliver nothing more (停用推送接口)."""
    require_webhook_keeper(actor)
    endpoint = webhooks_visible_to(actor).select_for_update(of=("self",)).get(pk=endpoint_id)
    if endpoint.disabled_at is None:
        endpoint.disabled_at, endpoint.disabled_reason = now, "管理员停用"
        endpoint.save(update_fields=["disabled_at", "disabled_reason"])
        record(actor, "exchange.webhook.disabled", endpoint)
    return endpoint


@transaction.atomic
def try_webhook(*, endpoint_id: int, actor: Actor, now: datetime.datetime) -> WebhookDelivery:
    """Deliver a message that says it is a test (测试推送)."""
    require_webhook_keeper(actor)
    endpoint = webhooks_visible_to(actor).get(pk=endpoint_id, disabled_at__isnull=True)
    key = f"test-{now:%Y%m%d%H%M%S%f}"
    return queue_delivery(endpoint=endpoint, key=key, payload={"event": "test"}, now=now)


def queue_delivery(
    *, endpoint: WebhookEndpoint, key: str, payload: dict[str, Any], now: datetime.datetime
) -> WebhookDelivery:
    """Put one message in the queue, in the caller's transaction; the same key only once."""
    delivery, made = WebhookDelivery.objects.get_or_create(
        endpoint=endpoint, key=key, defaults={"payload": payload, "made_at": now}
    )
    if made:
        app.configure_task(DELIVER_TASK, allow_unknown=False).defer(delivery_id=delivery.pk)
    return delivery


def deliver(*, delivery_id: int, now: datetime.datetime) -> bool:
    """Try once; whether it is over, delivered or given up (推送).

    The post happens outside any transaction, so that a slow receiver holds no lock.
    """
    delivery = WebhookDelivery.objects.select_related("endpoint").get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING or delivery.endpoint.disabled_at is not None:
        return True
    body = json.dumps({**delivery.payload, "id": delivery.pk}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        SIGNATURE_HEADER: signature(
            secret=delivery.endpoint.secret, body=body, at=int(now.timestamp())
        ),
    }
    url = delivery.endpoint.url
    answer = post(url=url, body=body, headers=headers, loopback_allowed=loopback_allowed())
    return note_attempt(
        delivery_id=delivery.pk, delivered=answer.delivered, answer=answer.text, now=now
    )


@transaction.atomic
def note_attempt(*, delivery_id: int, delivered: bool, answer: str, now: datetime.datetime) -> bool:
    """Write down an attempt; the last one in vain counts against the endpoint."""
    delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery_id)
    delivery.attempts, delivery.answer = delivery.attempts + 1, answer[:200]
    over = delivered or delivery.attempts >= MOST_ATTEMPTS
    if over:
        delivery.state = DeliveryState.DELIVERED if delivered else DeliveryState.FAILED
        delivery.ended_at = now
    delivery.save(update_fields=["attempts", "answer", "state", "ended_at"])
    if over:
        count_outcome(endpoint_id=delivery.endpoint_id, delivered=delivered, now=now)
    return over


def count_outcome(*, endpoint_id: int, delivered: bool, now: datetime.datetime) -> None:
    """Deliveries lost in a row switch the endpoint off and tell who made it."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    endpoint.failures = 0 if delivered else endpoint.failures + 1
    given_up = endpoint.failures >= MOST_LOST and endpoint.disabled_at is None
    if given_up:
        endpoint.disabled_at = now
        endpoint.disabled_reason = f"连续 {MOST_LOST} 条未送达，自动停用"
        record(system_actor(), "exchange.webhook.given_up", endpoint)
        notify(
            user_ids=[endpoint.made_by_id] if endpoint.made_by_id else [],
            kind=NotificationKind.SUBSCRIPTION,
            title="推送接口已自动停用",
            detail=f"{endpoint.url} 连续 {MOST_LOST} 条未送达，请检查后重新登记",
            url=reverse("exchange:subscription_list"),
            organisation_id=endpoint.organisation_id,
            key=f"webhook-{endpoint.pk}-given-up",
        )
    endpoint.save(update_fields=["failures", "disabled_at", "disabled_reason"])
