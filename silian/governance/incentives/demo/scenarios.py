"""Two simulations that the demonstration city's leading department keeps."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.commands.scenarios import save_scenario
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models import Scenario
from silian.registers.organisations.queries import actor_for

SHOWN = (
    ("中级工补贴提到 6,000 元", "R11|apprentice_subsidy|中级工", "6000"),
    ("职工教育经费扣除上限改为 10%", "R07|staff_education_cap|", "10%"),
)


@dataclass
class ScenarioBuilder:
    """Simulations on the city as it stands, computed as an official would."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Save the simulations; returns how many."""
        cast = Cast(on=self.on)
        if not cast.ready():
            return 0
        actor = actor_for(user=cast.coordinator(), on=self.on)
        place = place_of(actor.jurisdiction)
        made: list[int] = []
        for days_ago, (title, change, after) in enumerate(SHOWN, start=2):
            scenario = save_scenario(
                title=title, change=change, after=after, place=place.code,
                year=self.on.year, actor=actor, now=cast.moment(days_ago),
            )  # fmt: skip
            made.append(scenario.pk)
        return Scenario.objects.filter(pk__in=made).update(is_demo=True)
