"""A zone, the school beside it, and the number of schools asked of each zone."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.operations.alliances.choices.pairings import PairingKind
from silian.operations.alliances.commands.pairings import PairingFacts, propose_pairing
from silian.operations.alliances.commands.zones import ZoneFacts, add_zone
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.models.zones import IndustrialZone
from silian.registers.policies.models.parameters import Parameter
from tests.operations.alliances.stage import NOW
from tests.world import CITY, COUNTY, Person, World

STARTS = datetime.date(2025, 1, 1)
ENDS = datetime.date(2028, 1, 1)


def zone_facts(**given: Any) -> ZoneFacts:
    values: dict[str, Any] = {
        "name": "高新区装备产业集聚区",
        "level": "provincial",
        "committee_id": None,
        "longitude": None,
        "latitude": None,
        "founded_on": datetime.date(2018, 5, 1),
    }
    return ZoneFacts(**{**values, **given})


def zone(world: World, **given: Any) -> IndustrialZone:
    return add_zone(
        division=COUNTY,
        facts=zone_facts(**given),
        industries=[world.industry],
        actor=world.coordinator.actor,
    )


def standard(value: str | None, *, division: str = CITY) -> Parameter:
    """The number of partner schools that the city asks of each zone."""
    return Parameter.objects.create(
        division_id=division,
        code="N55",
        name="schools_per_cluster",
        title="每个产业集聚区对口合作的职业院校",
        value=Decimal(value) if value else None,
        unit="所/产业集聚区",
        comparator=">=",
        force="promoted",
        source="青政发〔2025〕3号",
        place="二（二）",
        valid_from=datetime.date(2025, 1, 1),
    )


def pairing_facts(world: World, area: IndustrialZone, **given: Any) -> PairingFacts:
    school = world.school.organisation
    values: dict[str, Any] = {
        "kind": PairingKind.ZONE_SCHOOL,
        "zone_id": area.pk,
        "school_id": school.pk if school else None,
        "helper_id": None,
        "agreement_reference": "青合〔2025〕12号",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "plan": "共建数控专业，每年安排 2 个班到园区实训。",
    }
    return PairingFacts(**{**values, **given})


def proposed(
    world: World, area: IndustrialZone | None = None, by: Person | None = None, **given: Any
) -> Pairing:
    area = area or IndustrialZone.objects.first() or zone(world)
    return propose_pairing(
        facts=pairing_facts(world, area, **given),
        division="",
        programmes=[],
        actor=(by or world.school).actor,
        now=NOW,
    )


def running(world: World, area: IndustrialZone | None = None, **given: Any) -> Pairing:
    return proposed(world, area, by=world.coordinator, **given)
