"""Digests of subscriptions, and deliveries to endpoints."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.operations.exchange.choices import AlertFrequency
from silian.operations.exchange.commands.subscription import tell_digests
from silian.operations.exchange.commands.subscription_webhooks import DELIVER_TASK, deliver
from silian.operations.exchange.rules.subscription_webhooks import MOST_ATTEMPTS


class NotDelivered(Exception):
    """The other side did not take it; the queue tries again later."""


@app.periodic(cron="30 23 * * *", periodic_id="exchange_daily_alerts")
@app.task(name="exchange.tell_daily", queue="exchange", queueing_lock="daily_alerts")
def tell_daily(timestamp: int) -> None:
    """Half past seven in the morning, Beijing time, before the offices open."""
    tell_digests(frequency=AlertFrequency.DAILY, now=timezone.localtime())


@app.periodic(cron="40 23 * * 0", periodic_id="exchange_weekly_alerts")
@app.task(name="exchange.tell_weekly", queue="exchange", queueing_lock="weekly_alerts")
def tell_weekly(timestamp: int) -> None:
    """Monday morning."""
    tell_digests(frequency=AlertFrequency.WEEKLY, now=timezone.localtime())


@app.task(
    name=DELIVER_TASK,
    queue="webhooks",
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=5),
)
def deliver_webhook(*, delivery_id: int) -> None:
    if not deliver(delivery_id=delivery_id, now=timezone.now()):
        raise NotDelivered(f"delivery {delivery_id}")
