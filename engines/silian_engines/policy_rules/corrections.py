"""What was believed then, and what a later correction changes (事实更正): two times kept apart.

The day that a case is about chooses the rule; the day on which we look chooses the facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .compiled_rule import CompiledRule, Outcome
from .errors import FactsRefused
from .results import Value


@dataclass(frozen=True, slots=True)
class FactVersion:
    """The facts of one case as they were known from a day on (事实版本)."""

    known_from: date
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One result that a correction changes (差异)."""

    name: str
    title: str
    unit: str
    before: Value
    after: Value

    @property
    def amount(self) -> Decimal | None:
        """By how much, for numbers."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None


def facts_as_known(*, versions: Sequence[FactVersion], known_on: date) -> Mapping[str, Any]:
    """The last facts known by that day; of two on one day the later entry."""
    known = [each for each in versions if each.known_from <= known_on]
    if not known:
        raise FactsRefused(f"在 {known_on} 还没有任何事实。")
    return max(reversed(known), key=lambda each: each.known_from).facts


def outcome_as_known(
    *, compiled: CompiledRule, versions: Sequence[FactVersion], known_on: date
) -> Outcome:
    """What the rule said by the facts of that day (当时的结论)."""
    return compiled.compute(facts=facts_as_known(versions=versions, known_on=known_on))


def differences(*, before: Outcome, after: Outcome) -> list[Difference]:
    """Every output that differs, in the order of the rule."""
    old, new = before.values, after.values
    return [
        Difference(step.name, step.title, step.unit, old[step.name], new[step.name])
        for step in after.compiled.rule.steps
        if step.output and old[step.name] != new[step.name]
    ]
