"""Who gets what from the addresses of recommendations and value-added services."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.commands.recommendation_choices import hide_kind_of
from silian.operations.exchange.commands.value_added_service import register_service
from silian.operations.exchange.models.value_added_service import ValueAddedService
from silian.registers.programmes.models.classes import Cohort
from tests.access import HIDDEN, REFUSED, Row, only, public, signed_in
from tests.operations.exchange.negotiations.stage import NOW, make_listing
from tests.operations.exchange.recommendations.stage import make_graduates, make_post, refreshed
from tests.registers.programmes.stage import (
    make_class,
    make_cohort,
    make_programme,
    make_student,
)
from tests.world import World

DONE, CONFLICT, SEEN, UNCHOSEN = 302, 409, 204, 422
READERS = ("enterprise", "rival", "school")


def pair(world: World) -> dict[str, Any]:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    return {"own_id": post.pk, "other_id": graduates.pk}


def listing(world: World) -> dict[str, Any]:
    return {"listing_id": make_listing(by=world.enterprise).pk}


def hiding(world: World) -> dict[str, Any]:
    shown = make_listing(by=world.school)
    actor = world.enterprise.actor
    made = hide_kind_of(listing_id=shown.pk, subject="kind", actor=actor, now=NOW)
    return {"hiding_id": made.pk}


def cohort(world: World) -> dict[str, Any]:
    made = Cohort.objects.first() or make_cohort(make_programme(world.school.organisation))
    if not made.classes.exists():
        make_student(make_class(made))
    return {"cohort_id": made.pk}


def service(world: World) -> dict[str, Any]:
    made = register_service(
        name=f"协议模板 {ValueAddedService.objects.count()}", category="contract",
        summary="必备条款。", fee="", for_small=False,
        address="/", actor=world.coordinator.actor, now=NOW,
    )  # fmt: skip
    return {"service_id": made.pk}


def mixed(row: Row, **statuses: int) -> Row:
    """A row with other answers for some roles."""
    return Row(
        statuses={**row.statuses, **statuses}, method=row.method, kwargs=row.kwargs, data=row.data
    )


RECOMMENDATIONS: dict[str, Row] = {
    "exchange:recommendation_list": only(*READERS),
    "exchange:recommendation_records": only(*READERS, "reviewer", "coordinator"),
    "exchange:recommendation_principles": public(),
    "exchange:recommendation_shown": signed_in(SEEN, method="post"),
    "exchange:recommendation_switch": signed_in(
        DONE, method="post", data=lambda world: {"scope": "person"}
    ),
    "exchange:recommendation_why": mixed(
        only("enterprise", kwargs=pair), rival=HIDDEN, school=HIDDEN
    ),
    "exchange:recommendation_judge": mixed(
        only(
            *READERS, status=DONE, kwargs=listing, method="post", data=lambda world: {"verdict": ""}
        ),
        enterprise=HIDDEN,
    ),
    "exchange:recommendation_hide": signed_in(
        DONE, kwargs=listing, method="post", data=lambda world: {"subject": "kind"}
    ),
    "exchange:hiding_undo": only(
        "enterprise", status=DONE, otherwise=HIDDEN, kwargs=hiding, method="post"
    ),
    "exchange:recommendation_from_cohort": mixed(
        only("school", kwargs=cohort), enterprise=HIDDEN, rival=HIDDEN
    ),
    "exchange:recommendation_from_listing": mixed(
        only("enterprise", kwargs=listing), rival=HIDDEN, school=HIDDEN
    ),
    "exchange:service_list": public(),
    "exchange:service_new": only("coordinator"),
    "exchange:service_use": mixed(signed_in(DONE, kwargs=service, method="post"), anonymous=DONE),
    "exchange:service_close": only(
        "coordinator", status=DONE, otherwise=REFUSED, kwargs=service, method="post"
    ),
}
