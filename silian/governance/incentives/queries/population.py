"""The enterprises of a region with what a rule asks of them, as arrays (测算对象)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.definitions import Input
from silian_engines.policy_rules.facts import Unreadable, reader
from silian_engines.policy_rules.populations import Array, Members, Population

from silian.foundation.kernel.actors import subtree_prefix
from silian.governance.incentives.gateways.guides import Guide, facts
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.queries.facts import read_value
from silian.governance.incentives.queries.known_facts import READERS, Asked, Values
from silian.governance.incentives.rules.simulation import Grouping, names_behind
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
)
from silian.registers.organisations.models import Organisation

NO_SIZE = "未登记规模"


@dataclass(frozen=True, kw_only=True)
class Enterprises:
    """A region's verified enterprises in the order of all arrays (企业)."""

    keys: list[int]
    counties: Grouping
    sizes: Grouping


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The arrays that a rule takes, and for which units everything needed is known (事实数组)."""

    population: Population
    known: Array
    unknown: Mapping[str, int]


def enterprises_of(*, division: str) -> Enterprises:
    """The verified enterprises of a region with county and size."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.ENTERPRISE,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(division),
    ).order_by("pk")
    found = list(rows.values_list("pk", "division__name", "size"))
    sizes = [str(OrganisationSize(size).label) if size else NO_SIZE for _, _, size in found]
    order = [*(str(label) for label in OrganisationSize.labels), NO_SIZE]
    return Enterprises(
        keys=[key for key, _, _ in found],
        counties=grouped([name for _, name, _ in found]),
        sizes=grouped(sizes, order=order),
    )


def grouped(labels: Sequence[str], *, order: Sequence[str] = ()) -> Grouping:
    present = set(labels)
    names = [name for name in order if name in present] or sorted(present)
    places = {name: place for place, name in enumerate(names)}
    return Grouping(
        labels=names, places=np.array([places[each] for each in labels], dtype=np.int64)
    )


def facts_of_rule(
    *,
    rule: CompiledRule,
    guide: Guide,
    result: str,
    keys: Sequence[int],
    year: int,
    today: datetime.date,
) -> Facts:
    """The rule's inputs for every unit; only what the result rests on has to be known."""
    needed = names_behind(rule, result=result)
    inputs = rule.rule.inputs
    held = values_of([guide.facts[i.name] for i in inputs], keys=keys, year=year, today=today)
    known = np.ones(len(keys), dtype=bool)
    population: dict[str, Array | Members] = {}
    unknown: dict[str, int] = {}
    for fact in inputs:
        column, present = column_of(fact, rule, held[guide.facts[fact.name]], keys)
        population[fact.name] = column
        if fact.name in needed:
            known &= present
            unknown[fact.title] = int((~present).sum())
    return Facts(population=population, known=known, unknown=unknown)


def values_of(
    codes: Collection[str], *, keys: Sequence[int], year: int, today: datetime.date
) -> dict[str, Values]:
    """Each fact by unit: stated, and over it what the platform knows."""
    held: dict[str, Values] = {code: {} for code in codes}
    stated = StatedFact.objects.present().filter(year=year, code__in=held)  # type: ignore[attr-defined]
    for unit, code, value in stated.values_list("organisation_id", "code", "value"):
        held[code][unit] = read_value(facts()[code], value)
    asked = Asked(organisations=keys, year=year, on=today)
    for code in held.keys() & READERS.keys():
        held[code] |= READERS[code](asked)
    return held


def column_of(
    fact: Input, rule: CompiledRule, values: Values, keys: Sequence[int]
) -> tuple[Array | Members, Array]:
    """A fact as whole numbers for all units, and where it is known."""
    read = reader(fact)
    found: list[Any] = []
    for key in keys:
        try:
            found.append(read(values[key]) if key in values else None)
        except Unreadable:
            found.append(None)
    found = [None if uses_closed(fact, rule, each) else each for each in found]
    present = np.array([each is not None for each in found], dtype=bool)
    if fact.each:
        return members_of(fact, [each or [] for each in found]), present
    kind = bool if fact.unit == "是否" else np.int64
    return np.array([each or 0 for each in found], dtype=kind), present


def uses_closed(fact: Input, rule: CompiledRule, value: Any) -> bool:
    """Whether the value names an option for which the policy sets no number (未设定)."""
    if value is None:
        return False
    if not fact.each:
        return value in rule.text.closed.get(fact.name, {})
    return any(
        row[place] in rule.text.closed.get(f"{fact.name}_{each.name}", {})
        for place, each in enumerate(fact.each)
        for row in value
    )


def members_of(fact: Input, rosters: list[list[tuple[Any, ...]]]) -> Members:
    """Rosters of all units as one table."""
    counts = [0, *(len(roster) for roster in rosters)]
    rows = [row for roster in rosters for row in roster]
    fields = {
        each.name: np.array(
            [row[place] for row in rows], dtype=bool if each.unit == "是否" else np.int64
        )
        for place, each in enumerate(fact.each)
    }
    return Members(offsets=np.cumsum(np.array(counts, dtype=np.int64)), fields=fields)
