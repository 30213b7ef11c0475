"""Who gets what from every address of reports."""

from __future__ import annotations

from typing import Any

from tests.access import Row, only
from tests.world import CITY, World

READERS = ("leader", "supervisor", "coordinator", "reviewer")


def city(world: World) -> dict[str, Any]:
    return {"division": CITY}


ACCESS: dict[str, Row] = {
    "reports:cockpit_mine": only(*READERS, status=302),
    "reports:cockpit": only(*READERS, kwargs=city),
    "reports:change_list": only(*READERS, kwargs=city),
    "reports:bulletin": only(*READERS, kwargs=city),
    "reports:bulletin_print": only(*READERS, kwargs=city),
    "reports:annual_sheet": only(*READERS, kwargs=city),
}
