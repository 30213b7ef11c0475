"""Who gets what from the interface: a session is nobody there, only tokens count."""

from __future__ import annotations

from typing import Any

from tests.access import Row, public
from tests.operations.exchange.match_events.stage import announced
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import COUNTY, ROLES, World


def needs_token(method: str = "get", **given: Any) -> Row:
    return Row(statuses=dict.fromkeys(ROLES, 401), method=method, **given)


def missing(method: str = "get", **given: Any) -> Row:
    return Row(statuses=dict.fromkeys(ROLES, 404), method=method, **given)


def a_listing(world: World) -> dict[str, Any]:
    return {"listing_id": make_listing(by=world.enterprise).pk}


def an_event(world: World) -> dict[str, Any]:
    return {"event_id": announced(world).pk}


def an_organisation(world: World) -> dict[str, Any]:
    return {"organisation_id": world.enterprise.organisation.pk}


API: dict[str, Row] = {
    "api:api-root": missing(),
    "api:openapi-json": public(),
    "api:openapi-view": public(),
    "api:unknown": missing(kwargs=lambda world: {"rest": "nowhere"}),
    "api:catalogue_list": public(),
    "api:catalogue_entries": public(kwargs=lambda world: {"catalogue": "division"}),
    "api:catalogue_entry": public(kwargs=lambda world: {"catalogue": "division", "key": COUNTY}),
    "api:organisation_list": public(),
    "api:organisation_by_uscc": missing(kwargs=lambda world: {"uscc": "91350100M000100Y43"}),
    "api:organisation_detail": public(kwargs=an_organisation),
    "api:listing_kinds": public(),
    "api:listing_list": public(),
    "api:listing_detail": public(kwargs=a_listing),
    "api:own_listing_list": needs_token(),
    "api:own_listing_detail": needs_token(kwargs=a_listing),
    "api:listing_create": needs_token("post"),
    "api:listing_bulk": needs_token("post"),
    "api:listing_update": needs_token("put", kwargs=a_listing),
    "api:listing_publish": needs_token("post", kwargs=a_listing),
    "api:listing_confirm": needs_token("post", kwargs=a_listing),
    "api:listing_withdraw": needs_token("post", kwargs=a_listing),
    "api:negotiation_list": needs_token(),
    "api:negotiation_detail": needs_token(kwargs=lambda world: {"negotiation_id": 1}),
    "api:unmet_demand_list": public(),
    "api:unmet_demand_detail": missing(kwargs=lambda world: {"demand_id": 1}),
    "api:event_list": public(),
    "api:event_detail": public(kwargs=an_event),
    "api:data_set_list": public(),
    "api:data_set_detail": missing(kwargs=lambda world: {"data_set_id": 1}),
    "api:data_set_reading": needs_token("post", kwargs=lambda world: {"data_set_id": 1}),
    "api:data_set_edition": needs_token("post", kwargs=lambda world: {"data_set_id": 1}),
    "api:listing_figures": public(),
}
