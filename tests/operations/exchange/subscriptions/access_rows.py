"""Who gets what from the addresses of subscriptions and webhooks."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.commands.subscription_webhooks import register_webhook
from tests.access import HIDDEN, Row, only, public, signed_in
from tests.operations.exchange.negotiations.stage import NOW
from tests.operations.exchange.subscriptions.stage import subscribed
from tests.world import World

DONE, CONFLICT = 302, 409
MANAGERS = ("enterprise", "rival", "school")


def own(world: World) -> dict[str, Any]:
    return {"subscription_id": subscribed(world.enterprise).pk}


def key(world: World) -> dict[str, Any]:
    return {"key": subscribed(world.enterprise, "q=邮件").unsubscribe_key}


def endpoint(world: World) -> dict[str, Any]:
    made = register_webhook(url="https://hooks.example.com/", actor=world.enterprise.actor, now=NOW)
    return {"endpoint_id": made.pk, "name": "disable"}


def endpoint_row() -> Row:
    row = only("enterprise", status=DONE, kwargs=endpoint, method="post")
    hidden = dict.fromkeys(("rival", "school"), HIDDEN)
    return Row(statuses={**row.statuses, **hidden}, kwargs=endpoint, method="post")


def mine(status: int) -> Row:
    return only("enterprise", status=status, otherwise=HIDDEN, kwargs=own, method="post")


SUBSCRIPTIONS: dict[str, Row] = {
    "exchange:subscription_list": signed_in(),
    "exchange:subscription_new": signed_in(DONE, method="post"),
    "exchange:subscription_change": mine(DONE),
    "exchange:subscription_stop": mine(DONE),
    "exchange:subscription_unsubscribe": public(kwargs=key),
    "exchange:webhook_new": only(*MANAGERS, status=CONFLICT, method="post"),
    "exchange:webhook_step": endpoint_row(),
}
