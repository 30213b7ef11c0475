"""Deliveries are signed, tried again, given up, and never sent inside the network."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.commands.subscription import change_subscription, note_hits
from silian.operations.exchange.commands.subscription_webhooks import (
    deliver,
    note_attempt,
    queue_delivery,
    register_webhook,
)
from silian.operations.exchange.models.subscription import WebhookDelivery, WebhookEndpoint
from silian.operations.exchange.rules.subscription_webhooks import (
    MOST_ATTEMPTS,
    reachable_address,
    reason_address_unfit,
    signature,
)
from tests.operations.exchange.negotiations.stage import NOW
from tests.operations.exchange.subscriptions.stage import published, subscribed
from tests.world import World


class Receiver(HTTPServer):
    """The other side: keeps what it got and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), Answering)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_LOOPBACK_ALLOWED = True
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def endpoint_at(world: World, url: str) -> WebhookEndpoint:
    return register_webhook(url=url, actor=world.school.actor, now=NOW)


def waiting(endpoint: WebhookEndpoint, key: str = "test-1") -> WebhookDelivery:
    return queue_delivery(endpoint=endpoint, key=key, payload={"event": "test"}, now=NOW)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://intranet/",
        "https://db.internal/",
        "https://user:secret@example.com/",
        "https://example.com:22/",
        "https://example.com:notaport/",
        "ftp://example.com/",
        "not an address",
    ],
)
def test_addresses_inside_or_without_https_are_refused(url: str) -> None:
    assert reason_address_unfit(url) is not None


def test_a_public_https_name_is_taken() -> None:
    assert reason_address_unfit("https://hooks.example.com/silian?x=1") is None


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
        ["100.64.0.1"],
        ["93.184.216.34", "192.168.0.4"],
        ["224.0.0.1"],
        [],
    ],
)
def test_a_name_that_leads_inside_is_not_followed(addresses: list[str]) -> None:
    assert reachable_address(addresses) is None


def test_the_address_that_was_checked_is_the_one_used() -> None:
    assert reachable_address(["93.184.216.34"]) == "93.184.216.34"


def test_loopback_is_refused_outside_tests(world: World) -> None:
    with pytest.raises(DomainError, match="https"):
        endpoint_at(world, "http://127.0.0.1:9/hook")


def test_only_a_manager_registers_an_endpoint(world: World) -> None:
    with pytest.raises(NotAllowed):
        register_webhook(url="https://example.com/", actor=world.student.actor, now=NOW)


def test_a_delivery_is_signed_over_time_and_body(world: World, receiver: Receiver) -> None:
    endpoint = endpoint_at(world, receiver.url)
    delivery = waiting(endpoint)
    assert deliver(delivery_id=delivery.pk, now=NOW)
    headers, body = receiver.got[0]
    assert json.loads(body) == {"event": "test", "id": delivery.pk}
    at = int(NOW.timestamp())
    expected = hmac.new(endpoint.secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    assert headers["Silian-Signature"] == f"t={at},v1={expected.hexdigest()}"
    assert signature(secret=endpoint.secret, body=b"other", at=at) != headers["Silian-Signature"]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == ("delivered", "对方应答 200")


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_refused_delivery_waits_for_another_attempt(
    world: World, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    delivery = waiting(endpoint_at(world, receiver.url))
    assert not deliver(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert len(receiver.got) == 1


def test_three_deliveries_lost_in_a_row_switch_the_endpoint_off(
    world: World, receiver: Receiver
) -> None:
    endpoint = endpoint_at(world, receiver.url)
    for number in range(3):
        delivery = waiting(endpoint, key=f"listing-{number}")
        for _ in range(MOST_ATTEMPTS):
            note_attempt(delivery_id=delivery.pk, delivered=False, answer="对方应答 500", now=NOW)
    endpoint.refresh_from_db()
    assert endpoint.disabled_at is not None
    later = waiting(endpoint, key="listing-9")
    assert deliver(delivery_id=later.pk, now=NOW)
    assert receiver.got == []


def test_a_delivery_that_arrives_forgives_the_ones_before(world: World, receiver: Receiver) -> None:
    endpoint = endpoint_at(world, receiver.url)
    endpoint.failures = 2
    endpoint.save(update_fields=["failures"])
    deliver(delivery_id=waiting(endpoint).pk, now=NOW)
    endpoint.refresh_from_db()
    assert endpoint.failures == 0


def test_a_hit_goes_to_the_endpoint_once(world: World, receiver: Receiver) -> None:
    endpoint_at(world, receiver.url)
    subscription = subscribed(world.school)
    change_subscription(
        subscription_id=subscription.pk,
        frequency="daily",
        to_webhook=True,
        actor=world.school.actor,
    )
    listing = published(world.enterprise)
    note_hits(listing_id=listing.pk, now=NOW)
    note_hits(listing_id=listing.pk, now=NOW)
    assert WebhookDelivery.objects.get().payload["listing"] == listing.pk


def test_the_secret_is_shown_once(world: World, receiver: Receiver) -> None:
    answer = world.school.client.post("/exchange/webhooks/new/", {"url": receiver.url})
    endpoint = WebhookEndpoint.objects.get()
    secret = endpoint.secret
    assert secret not in endpoint.secret_cipher
    assert secret in answer.content.decode()
    assert secret not in world.school.client.get("/exchange/subscriptions/").content.decode()


def test_the_new_address_replaces_the_old(world: World, receiver: Receiver) -> None:
    first = endpoint_at(world, receiver.url)
    endpoint_at(world, receiver.url)
    first.refresh_from_db()
    assert first.disabled_at is not None
