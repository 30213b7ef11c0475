"""What the demonstration city's enterprises say of themselves."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.models import StatedFact
from silian.registers.organisations.models import Membership, Organisation

SHARE_STATING, SHARE_OF_EACH = 0.5, 0.9  # some say nothing, some leave questions out
SHARE_LAST_YEAR = 0.1
WAGES = {"large": (4_000, 9_000), "medium": (900, 3_000), "small": (120, 700), "micro": (20, 90)}
SEAT = "demo-enterprise"  # the seat that visitors try: it has answered every question
WAN = Decimal(10_000)
PROFIT, TRAINING, FUND, INVESTMENT = 0.9, 0.05, 0.018, 0.03  # invented proportions to wages
SURCHARGES = {"due_education": 0.012, "due_local": 0.008}


@dataclass
class FactBuilder:
    """Facts of this year and the last for most enterprises; unknown stays unknown."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Facts of the city; returns how many rows were made."""
        self.cast = Cast(on=self.on)
        seats = Membership.objects.filter(user__username=SEAT)
        self.shown = set(seats.values_list("organisation_id", flat=True))
        rows: list[StatedFact] = []
        for unit in self.cast.enterprises():
            speaks = self.rng.random() < SHARE_STATING or unit.pk in self.shown
            if speaks and unit.pk in self.cast.people:
                rows += self.facts_of(unit, self.on.year)
                if self.rng.random() < SHARE_LAST_YEAR:
                    rows += self.facts_of(unit, self.on.year - 1)
        StatedFact.objects.bulk_create(rows, batch_size=2000)
        return len(rows)

    def facts_of(self, unit: Organisation, year: int) -> list[StatedFact]:
        """What one enterprise states for one year."""
        wages = self.rng.randint(*WAGES.get(unit.size, WAGES["small"])) * WAN
        values = self.money(wages) | {
            "donation_channel": "公益性社会组织",
            "contract_registered": "yes" if self.rng.random() < 0.6 else "no",
            "passed_assessment": "yes" if self.rng.random() < 0.7 else "no",
            "technical_posts": str(self.rng.randint(10, 400)),
            "posts_offered": str(self.rng.randint(0, 20)),
            "apprentice_advance": "0",
        }
        if self.rng.random() < 0.5 or unit.pk in self.shown:
            values["listed"] = "no"
        said = self.cast.moment(self.rng.randint(3, 60))
        return [
            StatedFact(
                organisation=unit, year=year, code=code, version=1, value=value,
                stated_by_id=self.cast.user_of(unit), stated_at=said, is_demo=True,
            )
            for code, value in values.items()
            if self.rng.random() < SHARE_OF_EACH or unit.pk in self.shown
        ]  # fmt: skip

    def money(self, wages: Decimal) -> dict[str, str]:
        """Amounts in proportion to wages, all invented."""
        shares = {
            "profit": PROFIT, "training_spent": TRAINING, "training_fund": FUND,
            "education_investment": INVESTMENT, **SURCHARGES,
        }  # fmt: skip
        found = {
            code: wages * Decimal(str(round(share * self.rng.uniform(0.3, 1.7), 4)))
            for code, share in shares.items()
        }
        found |= {"wages": wages, "donation": self.rng.randint(0, 40) * WAN}
        found |= {"frontline_spent": found["training_fund"] * Decimal("0.62")}
        found |= {"internship_costs": self.rng.randint(0, 60) * WAN}
        zero = ("credit_carried_in", "training_carried_in", "donation_carried_1",
                "donation_carried_2", "donation_carried_3")  # fmt: skip
        found |= dict.fromkeys(zero, Decimal(0))
        return {code: f"{amount:.2f}" for code, amount in found.items()}
