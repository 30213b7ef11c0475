"""Machines with tokens, and what they write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from silian.registers.organisations.choices import TokenScope
from silian.registers.organisations.commands.tokens import create_token
from tests.operations.exchange.listings.stage import make_occupation, whole_content
from tests.world import Person

BASE = "/api/v1"
ALL_SCOPES = tuple(TokenScope.values)


@dataclass
class Machine:
    """A caller of the interface, with or without a token."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def headers(self, **more: str) -> dict[str, str]:
        found = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return {**found, **{name.replace("_", "-"): value for name, value in more.items()}}

    def get(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"{BASE}{path}", data or {}, headers=self.headers(**headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(
            f"{BASE}{path}",
            {} if body is None else body,
            content_type="application/json",
            headers=self.headers(**headers),
        )

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.put(
            f"{BASE}{path}",
            body,
            content_type="application/json",
            headers=self.headers(**headers),
        )


def machine_of(person: Person, *scopes: str, days: int = 30) -> Machine:
    """A machine of the person's organisation, with these scopes or all."""
    assert person.organisation is not None
    _, secret = create_token(
        organisation_id=person.organisation.pk,
        name="对接测试",
        scopes=scopes or ALL_SCOPES,
        days=days,
        actor=person.actor,
        now=timezone.now(),
    )
    return Machine(secret=secret)


def listing_body(**values: Any) -> dict[str, Any]:
    """A whole listing for 24 interns, as a machine writes it."""
    make_occupation()
    content = whole_content()
    columns = content.columns()
    return {
        "kind": content.kind,
        "side": str(content.side),
        "title": content.title,
        "division": content.division_id,
        "occupation": content.occupation_id,
        "capacity": content.capacity,
        "price_min": "3400.00",
        "price_unit": content.price_unit,
        "details": columns["details"],
        **values,
    }
