"""The tree of reasons (理由树): what each value was computed from, under which clause.

The tree of a rule always has the same shape, so one function that fills it is written and
compiled per rule; labels and clauses are prepared once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from .compilation import names_in
from .definitions import Gate, Input, Rule, Step
from .provisions import Effective, Provision
from .results import Label, Node
from .showing import SHOWING, input_code, step_code

Filler = Callable[..., Node]


class Reasons:
    """Writes the function that fills the tree for one case."""

    def __init__(self, *, rule: Rule, effective: Effective, open: Collection[str]) -> None:
        self._effective, self._rule, self._open = effective, rule, open
        self._space: dict[str, Any] = {**SHOWING, "Node": Node, "new": tuple.__new__}
        self._lines: list[str] = []
        self._known: set[str] = set()

    def filler(self, provisions: Iterable[Provision]) -> Filler:
        """A function of the inputs, steps and gates that gives the tree."""
        rule = self._rule
        for fact in rule.inputs:
            self._add_input(fact)
        for step in rule.steps:
            self._add_step(step)
        for gate in rule.gates:
            self._add_gate(gate)
        roots = [f"node_{step.name}" for step in rule.steps if step.output]
        roots += [f"node_gate_{gate.name}" for gate in rule.gates]
        top = Label("rule", rule.id, rule.title, "", provisions=tuple(provisions))
        self._lines.append(f"return {self._node(top, 'None', roots)}")
        parameters = [each.name for each in rule.inputs]
        parameters += [step.name for step in rule.steps]
        parameters += [f"gate_{gate.name}" for gate in rule.gates]
        body = "\n".join(f"    {line}" for line in self._lines)
        exec(f"def filled({', '.join(parameters)}):\n{body}", self._space)
        filled: Filler = self._space["filled"]
        return filled

    def _add_input(self, fact: Input) -> None:
        self._add(fact.name, Label("fact", fact.name, fact.title, fact.unit), input_code(fact), [])

    def _add_step(self, step: Step) -> None:
        children, used = self._sources(step.formula)
        label = Label("step", step.name, step.title, step.unit, step.formula, _rounding(step), used)
        self._add(step.name, label, step_code(step, is_open=step.name in self._open), children)

    def _add_gate(self, gate: Gate) -> None:
        children, used = self._sources(gate.formula)
        own = tuple(self._effective.of(gate.provision).values())
        label = Label("gate", gate.name, gate.title, "是否", gate.formula, "", own or used)
        self._add(f"gate_{gate.name}", label, f"gate_{gate.name}", children)

    def _add(self, name: str, label: Label, value: str, children: list[str]) -> None:
        self._lines.append(f"node_{name} = {self._node(label, value, children)}")
        self._known.add(name)

    def _node(self, label: Label, value: str, children: list[str]) -> str:
        children_code = "".join(f"{child}, " for child in children)
        return f"new(Node, ({self._kept(label)}, {value}, ({children_code})))"

    def _kept(self, thing: Label | Node) -> str:
        name = f"kept_{len(self._space)}"
        self._space[name] = thing
        return name

    def _sources(self, formula: str) -> tuple[list[str], tuple[Provision, ...]]:
        names = names_in(formula)
        used = tuple(each for name in names for each in self._effective.of(name).values())
        children = [f"node_{name}" for name in names if name in self._known]
        return children + [self._kept(_parameter(each)) for each in used], used


def _parameter(provision: Provision) -> Node:
    label = Label("parameter", provision.id, provision.title, provision.unit, "", "", (provision,))
    return Node(label, provision.shown_value)


def _rounding(step: Step) -> str:
    if step.unit == "元":
        return f"{step.rounding}到分"
    return f"{step.rounding}，保留{step.decimals}位小数" if step.decimals else step.rounding
