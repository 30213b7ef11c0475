"""A change of one number of a rule, computed for a region's enterprises (政策模拟)."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.provisions import Provision
from silian_engines.policy_rules.quantities import exact

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.gateways.guides import Guide, guides
from silian.governance.incentives.gateways.rulebook import rules_of, with_value
from silian.governance.incentives.queries.calculations import (
    keyed_title,
    provision_words,
    source_of,
)
from silian.governance.incentives.queries.population import (
    Enterprises,
    Facts,
    enterprises_of,
    facts_of_rule,
)
from silian.governance.incentives.rules.simulation import (
    Tally,
    amounts,
    names_behind,
    tallies,
    whole,
)
from silian.governance.incentives.rules.words import SHARE

SEPARATOR = "|"
LARGEST_FACTOR = 1000  # a new number beyond a thousand times the old one is a slip of the pen
FINEST = 10_000  # as many parts as a share is kept with


@dataclass(frozen=True, kw_only=True)
class Change:
    """A number of a rule that can be changed (可模拟的参数)."""

    rule: CompiledRule
    guide: Guide
    provision: Provision

    @property
    def code(self) -> str:
        return SEPARATOR.join((self.guide.rule, self.provision.id, self.provision.key or ""))

    @property
    def title(self) -> str:
        return keyed_title(self.provision)

    @property
    def before(self) -> str:
        """The present number without its unit; shares in per cent."""
        unit = self.provision.unit
        return self.now if unit == SHARE else self.provision.shown_value

    @property
    def now(self) -> str:
        return provision_words(self.provision)

    @property
    def source(self) -> str:
        return source_of(self.provision)

    @property
    def result_title(self) -> str:
        return next(s.title for s in self.rule.rule.steps if s.name == self.guide.cost)


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What a change does to a region (模拟结果)."""

    change: Change
    after: str
    year: int
    total: Tally
    counties: list[Tally]
    sizes: list[Tally]
    unknown: Mapping[str, int]
    seconds: float


def changes_of(*, place: str, year: int) -> list[Change]:
    """Every number that a money result of the place rests on, rule by rule."""
    rules = rules_of(place=place, on=datetime.date(year, 12, 31))
    found = []
    for code, guide in guides().items():
        rule = rules.get(code)
        if rule is None or guide.duty or not guide.cost or guide.cost in rule.text.open:
            continue
        behind = names_behind(rule, result=guide.cost)
        found += [
            Change(rule=rule, guide=guide, provision=each)
            for each in rule.provisions
            if each.id in behind and isinstance(each.value, Fraction)
        ]
    return found


def change_named(code: str, *, place: str, year: int) -> Change:
    """The change of that code; refuses what the place does not have."""
    for change in changes_of(place=place, year=year):
        if change.code == code:
            return change
    raise DomainError("这个地区在这一年没有该规则或参数，请重新选择。", field="change")


def number_of(text: str, *, change: Change) -> Fraction:
    """The new number, exactly; refuses what no provision could say."""
    number, present = exact(text.strip()), change.provision.value
    if number is None or number < 0:
        raise DomainError(f"“{text[:20]}”不是数；比例可以写成 8% 或 0.08。", field="after")
    assert isinstance(present, Fraction)
    if number == present:
        raise DomainError(f"与现行值 {change.now} 相同，没有可模拟的变化。", field="after")
    if present and number > present * LARGEST_FACTOR:
        raise DomainError("新数值超过现行值的一千倍，请核对单位。", field="after")
    if change.provision.unit == "比例" and number > 1:
        raise DomainError("比例不能超过 100%。", field="after")
    if FINEST % number.denominator:
        raise DomainError("新数值最多保留四位小数。", field="after")
    return number


def simulate(
    *, change: Change, after: str, division: str, year: int, today: datetime.date
) -> Simulation:
    """The rule as it is and as it would be, for every verified enterprise of the region."""
    started = time.perf_counter()
    number = number_of(after, change=change)
    units = enterprises_of(division=division)
    facts = facts_of_rule(
        rule=change.rule, guide=change.guide, result=change.guide.cost,
        keys=units.keys, year=year, today=today,
    )  # fmt: skip
    changed = with_value(rule=change.rule, provision=change.provision, value=number)
    counties, sizes = compared(change, changed, facts, units)
    return Simulation(
        change=change, after=after.strip(), year=year, counties=counties, sizes=sizes,
        total=whole(counties, label="合计"), unknown=facts.unknown,
        seconds=time.perf_counter() - started,
    )  # fmt: skip


def compared(
    change: Change, changed: CompiledRule, facts: Facts, units: Enterprises
) -> tuple[list[Tally], list[Tally]]:
    """Lines by county and by size."""
    result = change.guide.cost
    given: dict[str, Any] = {
        "before": amounts(change.rule, facts.population, result=result),
        "after": amounts(changed, facts.population, result=result),
        "known": facts.known,
    }
    return (
        tallies(**given, grouping=units.counties),
        tallies(**given, grouping=units.sizes),
    )
