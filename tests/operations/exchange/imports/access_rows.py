"""Who may open which address of the imports."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only
from tests.operations.exchange.imports.test_listing_import import GOOD, upload
from tests.world import World

WRITERS = ("enterprise", "rival", "school", "coordinator")


def an_import(world: World) -> dict[str, Any]:
    return {"import_id": upload(world, *GOOD).pk}


OWN = only("enterprise", otherwise=HIDDEN, kwargs=an_import)
IMPORTS: dict[str, Row] = {
    "exchange:import_list": only(*WRITERS),
    "exchange:import_new": only(*WRITERS),
    "exchange:import_detail": OWN,
    "exchange:import_columns": OWN,
    "exchange:import_problems": OWN,
    "exchange:import_confirm": only(
        "enterprise", status=409, otherwise=HIDDEN, method="post", kwargs=an_import
    ),
    "exchange:import_undo": only(
        "enterprise", status=409, otherwise=HIDDEN, method="post", kwargs=an_import
    ),
}
