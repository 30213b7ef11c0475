"""Who gets what from the addresses of land cases."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only
from tests.governance.incentives.land import stage
from tests.governance.incentives.rewards.access_rows import OVERSEERS, UNITS, mixed
from tests.world import World


def case(world: World) -> dict[str, int]:
    stage.office(world)
    return {"case_id": stage.case(world).pk}


def complete(world: World) -> dict[str, Any]:
    return case(world) | {"name": "complete"}


SEEING = dict.fromkeys(OVERSEERS, 403) | {"enterprise": 403}
HANDLERS = {"reviewer": 200, "coordinator": 200}
LAND_ROWS: dict[str, Row] = {
    "incentives:land_cases": only(*OVERSEERS, *UNITS),
    "incentives:land_case_new": only(*UNITS),
    "incentives:land_case_detail": only(*OVERSEERS, "enterprise", otherwise=HIDDEN, kwargs=case),
    "incentives:land_case_change": mixed(SEEING | {"enterprise": 200}, kwargs=case),
    "incentives:land_case_withdraw": mixed(SEEING | {"enterprise": 200}, kwargs=case),
    "incentives:land_case_step": mixed(SEEING | HANDLERS, kwargs=complete),
}
