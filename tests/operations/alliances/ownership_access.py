"""Who gets what from the addresses of schools run with enterprises."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.models.ownership import OwnershipCase
from tests.access import HIDDEN, OK, REFUSED, Row, only, public
from tests.operations.alliances import ownership_stage as stage
from tests.world import World

DONE = 302
KEEPERS = ("reviewer", "coordinator")
OVERSEERS = (*KEEPERS, "supervisor", "leader")
APPLICANTS = ("enterprise", "rival", "school")


def case_of(world: World) -> OwnershipCase:
    return OwnershipCase.objects.first() or stage.reviewed(world)


def case(world: World) -> dict[str, Any]:
    return {"case_id": case_of(world).pk}


def own_draft(world: World) -> dict[str, Any]:
    return {"case_id": (OwnershipCase.objects.first() or stage.ready(world)).pk}


def part(name: str) -> Any:
    def kwargs(world: World) -> dict[str, Any]:
        found = OwnershipCase.objects.first() or stage.ready(world)
        kept = getattr(found, name).order_by("pk").first()
        key = {"parties": "party_id", "assets": "asset_id"}[name]
        return {"case_id": found.pk, key: kept.pk if kept else 0}

    return kwargs


def step(world: World) -> dict[str, Any]:
    return {**case(world), "name": "review"}


def seen_by_sides(*, owner: int, keeper: int, other: int, **given: Any) -> Row:
    """The applicant, the department, the other officials; to everybody else it does not exist."""
    row = only("enterprise", status=owner, otherwise=HIDDEN, **given)
    told = {
        **dict.fromkeys(KEEPERS, keeper),
        **dict.fromkeys(("supervisor", "leader"), other),
    }
    return Row(
        statuses={**row.statuses, **told}, kwargs=row.kwargs, method=row.method, data=row.data
    )


def draft_row(**given: Any) -> Row:
    """A draft is known to its applicant only."""
    return only("enterprise", otherwise=HIDDEN, **given)


DECIDING = {"owner": REFUSED, "other": REFUSED}
APPROVING = seen_by_sides(**DECIDING, keeper=OK, kwargs=case)
OWNERSHIP_ROWS: dict[str, Row] = {
    "alliances:case_register": public(),
    "alliances:case_list": only(*APPLICANTS, *OVERSEERS),
    "alliances:case_new": only(*APPLICANTS),
    "alliances:case_detail": seen_by_sides(owner=OK, keeper=OK, other=OK, kwargs=case),
    "alliances:case_edit": draft_row(kwargs=own_draft),
    "alliances:case_party_new": draft_row(kwargs=own_draft),
    "alliances:case_asset_new": draft_row(kwargs=own_draft),
    "alliances:case_party_drop": draft_row(kwargs=part("parties"), method="post", status=DONE),
    "alliances:case_asset_drop": only(
        otherwise=HIDDEN, kwargs=lambda world: {**own_draft(world), "asset_id": 0}, method="post"
    ),
    "alliances:case_step": seen_by_sides(**DECIDING, keeper=DONE, kwargs=step, method="post"),
    "alliances:case_approval_new": seen_by_sides(**DECIDING, keeper=OK, kwargs=case),
    "alliances:case_approve": Row(
        statuses={**APPROVING.statuses, "reviewer": REFUSED}, kwargs=case
    ),
    "alliances:case_run": seen_by_sides(owner=OK, keeper=REFUSED, other=REFUSED, kwargs=case),
    "alliances:case_end": seen_by_sides(**DECIDING, keeper=OK, kwargs=case),
    "alliances:case_report": seen_by_sides(owner=OK, keeper=REFUSED, other=REFUSED, kwargs=case),
    "alliances:purchase_list": public(),
    "alliances:purchase_new": only(*KEEPERS),
}
