"""A rule in force in one place on one day (生效规则): compute, explain, run over a population."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .compilation import (
    fingerprint,
    many_cases_function,
    one_case_function,
    one_case_text,
    provisions_of,
    shown_function,
    stated_case_function,
)
from .definitions import Gate, Input, Rule
from .errors import FactsRefused
from .facts import Unreadable, read, reader
from .provisions import Effective, Provision
from .reasons import Filler, Reasons
from .results import GateOutcome, Node, Value

if TYPE_CHECKING:
    from .populations import Population, PopulationOutcome


class CompiledRule:
    """One definition, compiled once, for every use."""

    def __init__(self, *, rule: Rule, effective: Effective) -> None:
        self.rule, self.effective = rule, effective
        self.provisions = provisions_of(rule=rule, effective=effective)
        self.text = one_case_text(rule=rule, effective=effective)
        self.one_case = one_case_function(rule=rule, text=self.text)
        self._readers = [(fact, reader(fact)) for fact in rule.inputs]
        self._stated_case = stated_case_function(
            rule=rule, text=self.text, readers={fact.name: each for fact, each in self._readers}
        )
        self._many: dict[tuple[str, ...], Callable[..., tuple[Any, ...]]] = {}
        self._closed = bool(self.text.closed)

    @cached_property
    def version(self) -> str:
        return fingerprint(rule=self.rule, provisions=self.provisions)

    def many_cases(self, results: tuple[str, ...]) -> Callable[..., tuple[Any, ...]]:
        """The function over arrays for these results, written once."""
        if results not in self._many:
            self._many[results] = many_cases_function(
                rule=self.rule, effective=self.effective, results=results
            )
        return self._many[results]

    @cached_property
    def filled_tree(self) -> Filler:
        reasons = Reasons(rule=self.rule, effective=self.effective, open=self.text.open)
        return reasons.filler(self.provisions)

    @cached_property
    def shown(self) -> Callable[..., dict[str, Value]]:
        return shown_function(rule=self.rule, text=self.text)

    @cached_property
    def gate_provisions(self) -> tuple[Provision | None, ...]:
        """The provision behind each gate, in the order of the gates."""
        found = (self.effective.of(gate.provision) for gate in self.rule.gates)
        return tuple(next(iter(each.values()), None) for each in found)

    def compute(self, *, facts: Mapping[str, Any]) -> Outcome:
        """The exact result of one case; facts that do not fit are refused by name."""
        try:
            found = self._stated_case(facts)
        except (KeyError, TypeError, ValueError, OverflowError, Unreadable):
            found = None
        if found is None or len(facts) != len(found[0]):
            values = read(facts, self._readers)
            found = values, self.one_case(*values)
        if self._closed:
            self._refuse_closed(found[0])
        return Outcome(self, *found)

    def compute_many(
        self, *, population: Population, results: tuple[str, ...] | None = None
    ) -> PopulationOutcome:
        """The same over arrays of whole numbers, with equal results; all outputs and gates,

        or only the named ones (a gate as `gate_name`).
        """
        from .populations import computed

        return computed(compiled=self, population=population, results=results)

    def _refuse_closed(self, values: Sequence[Any]) -> None:
        """An option for which the policy names no value is refused, not taken as zero."""
        for fact, value in zip(self.rule.inputs, values, strict=True):
            for place, each in enumerate(fact.each):
                closed = self.text.closed.get(f"{fact.name}_{each.name}", {})
                used = {row[place] for row in value} & closed.keys()
                self._refuse(each, [closed[place] for place in sorted(used)])
            closed = self.text.closed.get(fact.name, {})
            self._refuse(fact, [closed[value]] if closed and value in closed else [])

    def _refuse(self, fact: Input, options: list[str]) -> None:
        if options:
            raise FactsRefused(
                f"{fact.title}（{fact.name}）为“{'、'.join(options)}”时没有标准：未设定。"
            )

    def outcomes_of_gates(self, raw: tuple[Any, ...]) -> list[GateOutcome]:
        truths = raw[len(self.rule.steps) :]
        rows = list(zip(self.rule.gates, self.gate_provisions, truths, strict=True))
        in_scope = not any(gate.kind == "scope" and not passed for gate, _, passed in rows)
        return [GateOutcome(*row, applies=in_scope or row[0].kind == "scope") for row in rows]


@dataclass(slots=True)
class Outcome:
    """What a rule says about one case."""

    compiled: CompiledRule
    inputs: Sequence[Any]
    raw: tuple[Any, ...]

    @property
    def values(self) -> dict[str, Value]:
        """Every output by name; None where the policies leave the value open."""
        return self.compiled.shown(*self.raw)

    @property
    def gates(self) -> list[GateOutcome]:
        return self.compiled.outcomes_of_gates(self.raw)

    @property
    def failed(self) -> list[Gate]:
        return [each.gate for each in self.gates if each.applies and each.passed is False]

    @property
    def is_entitled(self) -> bool:
        """No condition stands in the way; gaps of soft duties do not."""
        return not any(each.stops for each in self.gates)

    def explanation(self) -> Node:
        """Rule, values, inputs, clauses and version as one tree."""
        return self.compiled.filled_tree(*self.inputs, *self.raw)
