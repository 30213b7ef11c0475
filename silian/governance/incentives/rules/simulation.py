"""A rule before and after a change, over a population: cost, winners, losers (政策模拟).

Money is whole 分 in int64 arrays, summed exactly. Pure: arrays in, lines out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from silian_engines.policy_rules.compilation import names_in
from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.populations import Array, Population

CENT = Decimal("0.01")
LOW_BITS = 20  # amounts are summed in two halves, each of which a double holds exactly


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A group before and after (分组结果). Units that lack a fact are in no sum."""

    label: str
    units: int
    unknown: int
    before: Decimal
    after: Decimal
    winners: int
    losers: int

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def unchanged(self) -> int:
        return self.units - self.unknown - self.winners - self.losers


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Which group each unit belongs to (分组)."""

    labels: Sequence[str]
    places: Array


def deciding_gates(rule: CompiledRule) -> list[str]:
    """The gates that stop a benefit; duties and uncertain evidence never do."""
    pairs = zip(rule.rule.gates, rule.gate_provisions, strict=True)
    return [
        gate.name
        for gate, provision in pairs
        if gate.kind != "duty"
        and not (provision is not None and provision.is_uncertain)
        and f"gate_{gate.name}" not in rule.text.open
    ]


def names_behind(rule: CompiledRule, *, result: str) -> set[str]:
    """Every step, input and parameter that the result and the deciding gates rest on."""
    formulas = {step.name: step.formula for step in rule.rule.steps}
    gates = {gate.name: gate.formula for gate in rule.rule.gates}
    waiting = [result]
    for gate in deciding_gates(rule):
        waiting += names_in(gates[gate])
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += names_in(formulas[name]) if name in formulas else []
    return found


def amounts(rule: CompiledRule, population: Population, *, result: str) -> Array:
    """What each unit gets in 分; nothing where a deciding gate is closed."""
    gates = deciding_gates(rule)
    wanted = (result, *(f"gate_{gate}" for gate in gates))
    outcome = rule.compute_many(population=population, results=wanted)
    found = outcome.values[result]
    for gate in gates:
        found = np.where(outcome.gates[gate], found, 0)
    return found


def tallies(*, before: Array, after: Array, known: Array, grouping: Grouping) -> list[Tally]:
    """One line for each group, in the order of the labels."""
    size, places = len(grouping.labels), grouping.places
    won, lost = known & (after > before), known & (after < before)

    def counted(which: Array) -> Array:
        return np.bincount(places[which], minlength=size)

    units, unknown = np.bincount(places, minlength=size), counted(~known)
    winners, losers = counted(won), counted(lost)
    sums = [exact_sums(np.where(known, each, 0), places, size) for each in (before, after)]
    return [
        Tally(
            label=label,
            units=int(units[place]),
            unknown=int(unknown[place]),
            before=sums[0][place] * CENT,
            after=sums[1][place] * CENT,
            winners=int(winners[place]),
            losers=int(losers[place]),
        )
        for place, label in enumerate(grouping.labels)
    ]


def exact_sums(values: Array, places: Array, size: int) -> list[int]:
    """Whole sums by group; no digit is lost on the way."""
    high, low = values >> LOW_BITS, values & ((1 << LOW_BITS) - 1)
    highs = np.bincount(places, weights=high, minlength=size)
    lows = np.bincount(places, weights=low, minlength=size)
    return [(int(h) << LOW_BITS) + int(lo) for h, lo in zip(highs, lows, strict=True)]


def whole(tallied: Sequence[Tally], *, label: str) -> Tally:
    """All groups together."""
    return Tally(
        label=label,
        units=sum(each.units for each in tallied),
        unknown=sum(each.unknown for each in tallied),
        before=sum((each.before for each in tallied), Decimal(0)),
        after=sum((each.after for each in tallied), Decimal(0)),
        winners=sum(each.winners for each in tallied),
        losers=sum(each.losers for each in tallied),
    )
