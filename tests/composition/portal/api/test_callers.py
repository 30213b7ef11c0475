"""Who calls: visitors, tokens, wrong tokens, wrong scopes, and how often."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from silian.foundation.kernel import api_door
from silian.foundation.kernel.models import AuditEntry
from silian.operations.exchange.choices import Visibility
from silian.operations.exchange.models.listing import Listing
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.token import ApiToken
from tests.composition.portal.api.stage import Machine, listing_body, machine_of
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import World


def told(response: Any, status: int) -> dict[str, Any]:
    """The problem details of a refusal."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["detail"].endswith("。")
    return body


def test_a_visitor_reads_but_does_not_write(world: World) -> None:
    assert Machine().get("/listings").status_code == 200
    refused = Machine().post("/listings", listing_body())
    assert "需要令牌" in told(refused, 401)["detail"]
    assert refused["WWW-Authenticate"] == "Bearer"
    assert not Listing.objects.exists()


@pytest.mark.parametrize("secret", ["sl_wrong", "", "a b c", "令牌".encode().decode("latin-1")])
def test_a_wrong_token_is_refused_even_for_public_reads(world: World, secret: str) -> None:
    machine = Machine()
    response = machine.client.get("/api/v1/listings", headers={"Authorization": f"Bearer {secret}"})
    assert "令牌无效" in told(response, 401)["detail"]


def test_a_scheme_that_is_not_bearer_is_refused(world: World) -> None:
    response = Machine().get("/listings", Authorization="Basic YTpi")
    told(response, 401)


def test_a_token_without_the_scope_is_refused(world: World) -> None:
    reader = machine_of(world.enterprise, "listings:read")
    assert "listings:write" in told(reader.post("/listings", listing_body()), 403)["detail"]
    assert "negotiations:read" in told(reader.get("/negotiations"), 403)["detail"]
    assert not Listing.objects.exists()


def test_only_the_reading_scope_opens_what_members_read(world: World) -> None:
    listing = make_listing(by=world.enterprise, visibility=Visibility.MEMBERS)
    reader = machine_of(world.school, "listings:read")
    other = machine_of(world.school, "data:read")
    path = f"/listings/{listing.pk}"
    assert reader.get(path).status_code == 200
    told(other.get(path), 404)
    told(Machine().get(path), 404)


def test_a_session_counts_for_nothing(world: World) -> None:
    listing = make_listing(by=world.enterprise, visibility=Visibility.MEMBERS)
    response = world.school.client.get(f"/api/v1/listings/{listing.pk}")
    told(response, 404)
    told(world.enterprise.client.get("/api/v1/listings/mine"), 401)


def test_a_suspended_organisation_is_shut_out(world: World) -> None:
    machine = machine_of(world.enterprise)
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(
        state=OrganisationState.SUSPENDED, suspension_reason="核查"
    )
    assert "已暂停" in told(machine.get("/listings/mine"), 401)["detail"]
    told(machine.post("/listings", listing_body()), 401)


def test_an_expired_or_revoked_token_is_refused(world: World) -> None:
    machine = machine_of(world.enterprise)
    assert machine.get("/listings/mine").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    told(machine.get("/listings/mine"), 401)


def test_the_use_is_noted_and_the_audit_trail_says_interface(world: World) -> None:
    machine = machine_of(world.enterprise)
    assert machine.post("/listings", listing_body()).status_code == 201
    assert ApiToken.objects.get().last_used_at is not None
    entry = AuditEntry.objects.get(action="exchange.listing.created")
    assert entry.actor_name.endswith("（接口）")
    assert entry.organisation_id == world.enterprise.organisation.pk


def test_a_visitor_above_the_limit_is_told_when_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_door, "VISITOR_USES", 2)
    machine = Machine()
    first = machine.get("/events")
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    machine.get("/events")
    refused = machine.get("/events")
    assert "每分钟最多 2 次" in told(refused, 429)["detail"]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert machine_of(world.school).get("/events").status_code == 200


def test_guessing_tokens_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_door, "VISITOR_USES", 2)
    guesser = Machine(secret="sl_guess")
    assert [guesser.get("/events").status_code for _ in range(3)] == [401, 401, 429]


def test_an_unchanged_read_is_not_sent_again(world: World) -> None:
    machine = Machine()
    first = machine.get("/listing-kinds")
    again = machine.get("/listing-kinds", If_None_Match=first["ETag"])
    assert again.status_code == 304
    assert not again.content
