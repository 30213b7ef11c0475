"""Every fact about an organisation in a year: known first, else stated, else unknown."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from silian.governance.incentives.choices.benefits import Origin
from silian.governance.incentives.gateways.guides import Fact, facts
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.queries.known_facts import READERS, SOURCES, Asked
from silian.governance.incentives.rules.words import with_unit
from silian.registers.organisations.models import Organisation

TRUTHS = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A fact as it is held: its value, where from, who said it and when (事实)."""

    fact: Fact
    value: Any
    origin: Origin
    source: str
    stated: StatedFact | None = None

    @property
    def words(self) -> str:
        """The value as people read it; a roster by its length."""
        if isinstance(self.value, list):
            return f"{len(self.value)} 人"
        value = Decimal(self.value) if self.is_number else self.value
        return with_unit(value, unit=self.fact.input.unit)

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, str) and self.fact.input.unit not in ("日期", "文字", "")


@dataclass(frozen=True, kw_only=True)
class HeldFacts:
    """Everything held about one organisation in one year (单位事实)."""

    organisation: Organisation
    year: int
    held: Mapping[str, Held] = field(default_factory=dict)

    def missing(self, codes: Collection[str]) -> list[Fact]:
        return [facts()[code] for code in dict.fromkeys(codes) if code not in self.held]


def facts_of(organisation: Organisation, *, year: int, today: datetime.date) -> HeldFacts:
    """What is known and stated of an organisation for a year (单位事实)."""
    asked = Asked(organisations=[organisation.pk], year=year, on=today)
    held: dict[str, Held] = {}
    for row in latest_stated(organisation, year=year):
        if row.code in facts():
            held[row.code] = stated_held(row)
    for code, read in READERS.items():
        values = read(asked)
        if organisation.pk in values:
            held[code] = Held(
                fact=facts()[code],
                value=values[organisation.pk],
                origin=Origin.KNOWN,
                source=SOURCES[code],
            )
    return HeldFacts(organisation=organisation, year=year, held=held)


def stated_held(row: StatedFact) -> Held:
    """A stated version as it is held."""
    fact = facts()[row.code]
    value = read_value(fact, row.value)
    return Held(fact=fact, value=value, origin=Origin.STATED, source="", stated=row)


def latest_stated(organisation: Organisation, *, year: int) -> list[StatedFact]:
    rows = StatedFact.objects.present().filter(organisation=organisation, year=year)  # type: ignore[attr-defined]
    return list(rows.select_related("stated_by"))


def read_value(fact: Fact, text: str) -> Any:
    """What the engine takes for a stored text."""
    return TRUTHS[text] if fact.input.unit == "是否" else text
