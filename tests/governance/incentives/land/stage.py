"""What the tests of land cases put on the stage."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.governance.incentives.commands.land import (
    LandFacts,
    LandStepNote,
    register_land_case,
    take_land_step,
)
from silian.governance.incentives.commands.offices import name_office
from silian.governance.incentives.models.land import LandCase
from silian.governance.incentives.models.offices import FunctionOffice
from tests.governance.incentives.stage import NOW
from tests.world import CITY, COUNTY, World

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def office(world: World) -> FunctionOffice:
    """The bureau of reviewer and coordinator handles the land of the city."""
    found = FunctionOffice.objects.filter(
        organisation=world.reviewer.organisation, function="land", ends_on=None
    ).first()
    return found or name_office(
        division=CITY,
        function="land",
        organisation_id=world.reviewer.organisation.pk,
        basis="用地办理分工",
        actor=world.coordinator.actor,
        today=TODAY - 100 * DAY,
    )


def facts(**given: Any) -> LandFacts:
    values: dict[str, Any] = {
        "title": "实训园用地",
        "division_id": COUNTY,
        "site": "高新区一号地块",
        "land_class": "science_education",
        "investor": "enterprise",
        "wanted": "allocation",
        "area": Decimal("12000.00"),
        "is_school": True,
        "in_catalogue": True,
        "catalogue_item": "教育设施用地",
        **given,
    }
    return LandFacts(**values)


def case(world: World, *, who: str = "enterprise", **given: Any) -> LandCase:
    return register_land_case(
        facts=facts(**given), papers=[], actor=getattr(world, who).actor, today=TODAY
    )


def step(
    world: World, row: LandCase, name: str, *, who: str = "reviewer", later: int = 1, **given: Any
) -> LandCase:
    day = TODAY + later * DAY
    values: dict[str, Any] = {"on": day, **given}
    return take_land_step(
        case_id=row.pk,
        name=name,
        said=LandStepNote(**values),
        actor=getattr(world, who).actor,
        today=day,
    )


def planned(world: World, *, mode: str = "allocation", **given: Any) -> LandCase:
    office(world)
    row = case(world, **given)
    step(world, row, "complete")
    return step(world, row, "plan", mode=mode, later=2)
