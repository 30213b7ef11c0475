"""Who gets what from the addresses of zones and pairings."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.alliances.commands.pairings import plan_action
from silian.operations.alliances.models.pairings import Pairing, PairingAction
from silian.operations.alliances.models.zones import IndustrialZone
from tests.access import Row, only, public
from tests.operations.alliances import pairing_stage as stage
from tests.world import World

DONE = 302
KEEPERS = ("reviewer", "coordinator")
OVERSEERS = (*KEEPERS, "supervisor", "leader")
SIDES = ("school", *KEEPERS)


def zone(world: World) -> dict[str, Any]:
    return {"zone_id": (IndustrialZone.objects.first() or stage.zone(world)).pk}


def pairing_of(world: World) -> Pairing:
    return Pairing.objects.first() or stage.running(world)


def pairing(world: World) -> dict[str, Any]:
    return {"pairing_id": pairing_of(world).pk}


def action(world: World) -> dict[str, Any]:
    row = PairingAction.objects.first() or plan_action(
        pairing_id=pairing_of(world).pk,
        title="走访企业",
        due_on=datetime.date(2027, 6, 1),
        actor=world.coordinator.actor,
    )
    return {"action_id": row.pk}


def step(world: World) -> dict[str, Any]:
    return {**pairing(world), "name": "confirm"}


PAIRING_ROWS: dict[str, Row] = {
    "alliances:zone_list": public(),
    "alliances:zone_gaps": only(*OVERSEERS),
    "alliances:zone_new": only(*KEEPERS),
    "alliances:zone_detail": public(kwargs=zone),
    "alliances:zone_edit": only(*KEEPERS, kwargs=zone),
    "alliances:zone_close": only(*KEEPERS, kwargs=zone, method="post", status=DONE),
    "alliances:pairing_list": public(),
    "alliances:pairing_new": only(*SIDES),
    "alliances:aid_new": only(*KEEPERS),
    "alliances:pairing_detail": public(kwargs=pairing),
    "alliances:pairing_edit": only(*KEEPERS, kwargs=pairing),
    "alliances:pairing_step": only(*KEEPERS, kwargs=step, method="post", status=DONE),
    "alliances:action_new": only(*SIDES, kwargs=pairing),
    "alliances:action_result": only(*SIDES, kwargs=action),
    "alliances:action_drop": only(*SIDES, kwargs=action, method="post", status=DONE),
}
