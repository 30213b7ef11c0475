"""Workflow tables: a life on one page, asked before each step and drawn for the documents."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from silian.foundation.kernel.errors import DomainError, WrongState

Guard = Callable[..., str | None]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One step (办理步骤): from any of ``sources`` to ``target`` unless ``guard`` gives a reason.

    A guard is a rule: it takes facts by keyword and returns a refusal sentence or None.
    """

    name: str
    sources: frozenset[Any]
    target: Any
    label: str = ""
    guard: Guard | None = None

    @cached_property
    def facts(self) -> frozenset[str]:
        """The keyword facts that the guard asks for."""
        return frozenset(inspect.signature(self.guard).parameters) if self.guard else frozenset()


@dataclass(frozen=True)
class Workflow:
    """The table of steps of one aggregate (流程表)."""

    transitions: Sequence[Transition]
    by_name: dict[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        names = [transition.name for transition in self.transitions]
        if len(names) != len(set(names)):
            raise ValueError(f"a step stands twice in the table: {names}")
        object.__setattr__(self, "by_name", {step.name: step for step in self.transitions})

    def target(self, name: str, /, *, state: Any, **facts: Any) -> Any:
        """The state after step ``name``; raises the refusal when the step is not possible."""
        step = self.by_name[name]
        if state not in step.sources:
            raise WrongState(f"当前为“{label_of(state)}”，不能{step.label or step.name}。")
        reason = step.guard(**facts) if step.guard else None
        if reason:
            raise DomainError(reason)
        return step.target

    def steps_from(self, state: Any) -> list[Transition]:
        """The steps that leave ``state``, whatever their guards say."""
        return [step for step in self.transitions if state in step.sources]

    def states(self) -> list[Any]:
        """Every state that a step leaves or reaches, in the order of the table."""
        named = [
            state
            for step in self.transitions
            for state in [*sorted(step.sources, key=str), step.target]
        ]
        return list(dict.fromkeys(named))

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the documents."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {source_name(state)}: {label_of(state)}" for state in self.states()]
        for step in self.transitions:
            lines += [
                f"    {source_name(source)} --> {source_name(step.target)}: "
                f"{step.label or step.name}"
                for source in sorted(step.sources, key=str)
            ]
        return "\n".join(lines)


def label_of(state: Any) -> str:
    return str(getattr(state, "label", state))


def source_name(state: Any) -> str:
    return str(getattr(state, "value", state))
