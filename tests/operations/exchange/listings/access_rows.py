"""Who gets what from the addresses of listings and reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.operations.exchange.models.listing import Listing
from tests.access import HIDDEN, Row, only, public, signed_in
from tests.operations.exchange.listings.stage import draft, in_review, published
from tests.world import World

DONE = 302
WRITERS = ("enterprise", "rival", "school", "coordinator")
SUPERVISORS = ("reviewer", "coordinator")
Made = Callable[[World], Listing]


def key_of(make: Made) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"listing_id": make(world).pk}


def step_of(step: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"listing_id": published(world).pk, "step": step}


def review_of(world: World) -> dict[str, Any]:
    return {"review_id": in_review(world).pk}


OWN = {"otherwise": HIDDEN}
LISTINGS: dict[str, Row] = {
    "exchange:my_listings": signed_in(),
    "exchange:listing_many": only(
        *WRITERS, status=DONE, method="post", kwargs=lambda world: {"step": "pause"}
    ),
    "exchange:listing_choose_kind": only(*WRITERS),
    "exchange:listing_suggestions": signed_in(
        method="post", kwargs=lambda world: {"kind": "job"}, data=lambda world: {"title": "车工"}
    ),
    "exchange:listing_create": only(
        *WRITERS, kwargs=lambda world: {"kind": "cooperation", "side": "demand"}
    ),
    "exchange:listing_detail": public(kwargs=key_of(published)),
    "exchange:listing_edit": only("enterprise", kwargs=key_of(draft), **OWN),
    "exchange:listing_check": only("enterprise", kwargs=key_of(draft), **OWN),
    "exchange:listing_copy": only(
        "enterprise", status=DONE, method="post", kwargs=key_of(published), **OWN
    ),
    "exchange:listing_step": only(
        "enterprise", status=DONE, method="post", kwargs=step_of("pause"), **OWN
    ),
}
REVIEWS: dict[str, Row] = {
    "exchange:review_queue": only(*SUPERVISORS),
    "exchange:review_approve_many": only(*SUPERVISORS, status=DONE, method="post"),
    "exchange:review_statistics": only(*SUPERVISORS),
    "exchange:review_records": only(*SUPERVISORS),
    "exchange:review": only(*SUPERVISORS, kwargs=review_of, **OWN),
}
LISTING_ROWS: dict[str, Row] = {**LISTINGS, **REVIEWS}
