"""Who gets what from the addresses of appropriation and surcharge."""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.models import AppropriationSheet, FunctionOffice, SurchargeEntry
from tests.access import HIDDEN, OK, REFUSED, Row, only
from tests.governance.incentives.appropriation import stage
from tests.world import World

DONE = 302
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")


def year(world: World) -> dict[str, Any]:
    return {"year_id": stage.year(world).pk}


def sheet(world: World) -> dict[str, Any]:
    return {"sheet_id": stage.published(world).pk}


def submitted(world: World) -> dict[str, Any]:
    found = AppropriationSheet.objects.first() or stage.taken(world, "submit")
    return {"sheet_id": found.pk, "name": "pass"}


def entry(world: World) -> dict[str, Any]:
    return {"entry_id": (SurchargeEntry.objects.first() or stage.entered(world)).pk}


def office(world: World) -> dict[str, Any]:
    stage.treasury(world)
    return {"office_id": FunctionOffice.objects.latest("pk").pk}


def of(allowed: dict[str, int], *, otherwise: int = HIDDEN, **given: Any) -> Row:
    """Officials who see it without acting are refused; to others it is not there."""
    row = only(*OFFICIALS, status=REFUSED, otherwise=otherwise, **given)
    return Row(
        statuses={**row.statuses, **allowed},
        kwargs=row.kwargs,
        method=row.method,
        data=row.data,
    )


ACCESS: dict[str, Row] = {
    "incentives:appropriation_years": only(*OFFICIALS),
    "incentives:appropriation_year_new": only("coordinator"),
    "incentives:own_appropriation": only("school"),
    "incentives:appropriation_settings": only(*OFFICIALS),
    "incentives:appropriation_setting_new": only("coordinator"),
    "incentives:appropriation_year": only(*OFFICIALS, otherwise=HIDDEN, kwargs=year),
    "incentives:appropriation_draft": of({}, kwargs=year, method="post"),
    "incentives:appropriation_step_all": of(
        {"reviewer": DONE, "coordinator": DONE},
        kwargs=lambda world: {**year(world), "name": "pass"},
        method="post",
    ),
    "incentives:appropriation_sheet": only(*OFFICIALS, "school", otherwise=HIDDEN, kwargs=sheet),
    "incentives:appropriation_recount": of({"school": REFUSED}, kwargs=sheet, method="post"),
    "incentives:appropriation_correct": of({"school": REFUSED}, kwargs=sheet),
    "incentives:appropriation_step": of({"reviewer": OK, "coordinator": OK}, kwargs=submitted),
    "incentives:offices": only(*OFFICIALS),
    "incentives:office_new": only("coordinator"),
    "incentives:office_end": of({"coordinator": DONE}, kwargs=office, method="post"),
    "incentives:surcharge": only(*OFFICIALS),
    "incentives:surcharge_entries": only(*OFFICIALS),
    "incentives:surcharge_entry_new": only(),
    "incentives:surcharge_entry_correct": of({}, kwargs=entry),
    "incentives:surcharge_import": only(),
    "incentives:surcharge_template": only(),
}
