"""The tree of reasons (理由树): what each value was computed from, under which clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .compilation import names_in
from .definitions import Gate, Rule, Step
from .provisions import Effective, Provision
from .results import Label, Node
from .showing import Shower, input_shower, step_shower


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one node is filled: its label, its value, and the places of its children."""

    label: Label
    show: Shower
    children: tuple[int, ...]
    fixed: tuple[Node, ...]


class Reasons:
    """Prepared once per compiled rule, filled for each case."""

    def __init__(
        self, *, rule: Rule, effective: Effective, provisions: Iterable[Provision]
    ) -> None:
        self._effective = effective
        self._inputs = [
            (Label("fact", fact.name, fact.title, fact.unit), input_shower(fact))
            for fact in rule.inputs
        ]
        self._places = {fact.name: place for place, fact in enumerate(rule.inputs)}
        self._plans: list[_Plan] = []
        for step in rule.steps:
            self._plans.append(self._step_plan(step))
            self._places[step.name] = len(rule.inputs) + len(self._plans) - 1
        self._plans += [self._gate_plan(gate) for gate in rule.gates]
        shown = [self._places[step.name] for step in rule.steps if step.output]
        first_gate = len(rule.inputs) + len(rule.steps)
        self._roots = (*shown, *range(first_gate, first_gate + len(rule.gates)))
        self._label = Label("rule", rule.id, rule.title, "", provisions=tuple(provisions))

    def tree(self, inputs: list[Any], raw: tuple[Any, ...]) -> Node:
        """The filled tree of one case; shared reasons are shared nodes."""
        nodes = [
            Node(label, show(value))
            for (label, show), value in zip(self._inputs, inputs, strict=True)
        ]
        for plan, value in zip(self._plans, raw, strict=True):
            children = tuple([nodes[place] for place in plan.children]) + plan.fixed
            nodes.append(Node(plan.label, plan.show(value), children))
        return Node(self._label, None, tuple([nodes[place] for place in self._roots]))

    def _step_plan(self, step: Step) -> _Plan:
        places, fixed, used = self._sources(step.formula)
        label = Label("step", step.name, step.title, step.unit, step.formula, _rounding(step), used)
        return _Plan(label, step_shower(step), places, fixed)

    def _gate_plan(self, gate: Gate) -> _Plan:
        places, fixed, used = self._sources(gate.formula)
        own = tuple(self._effective.of(gate.provision).values())
        label = Label("gate", gate.name, gate.title, "是否", gate.formula, "", own or used)
        return _Plan(label, lambda raw: raw, places, fixed)

    def _sources(
        self, formula: str
    ) -> tuple[tuple[int, ...], tuple[Node, ...], tuple[Provision, ...]]:
        names = names_in(formula)
        places = tuple(self._places[name] for name in names if name in self._places)
        used = tuple(each for name in names for each in self._effective.of(name).values())
        fixed = tuple(
            Node(Label("parameter", p.id, p.title, p.unit, provisions=(p,)), p.shown_value)
            for p in used
        )
        return places, fixed, used


def _rounding(step: Step) -> str:
    if step.unit == "元":
        return f"{step.rounding}到分"
    return f"{step.rounding}，保留{step.decimals}位小数" if step.decimals else step.rounding
