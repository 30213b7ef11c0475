"""The definition of a rule as written in a rulebook (规则定义): inputs, steps, gates, carry."""

from __future__ import annotations

from dataclasses import dataclass, field

from .quantities import LARGEST, decimals_of


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that the rule asks for (事实)."""

    name: str
    title: str
    unit: str
    choices: tuple[str, ...] = ()
    each: tuple[Input, ...] = ()
    adjustable: bool = False
    may_be_negative: bool = False
    at_least: int = 0  # rows that a list of members must have
    at_most: int | None = None  # the largest number that makes sense, where dates depend on it

    @property
    def decimals(self) -> int:
        return decimals_of(self.unit)

    @property
    def largest(self) -> int:
        return LARGEST if self.at_most is None else int(self.at_most * 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Step:
    """A named value on the way, rounded once and only here (步骤)."""

    name: str
    title: str
    unit: str
    formula: str
    rounding: str = "四舍五入"
    output: bool = True

    @property
    def decimals(self) -> int:
        return decimals_of(self.unit)


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that passes or fails, with its cure (关口)."""

    name: str
    title: str
    formula: str
    provision: str
    cure: str
    kind: str = "condition"  # condition 享受条件 | duty 要求 | scope 适用范围


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: one definition for a single case, an explanation and a population (规则)."""

    id: str
    title: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    gates: tuple[Gate, ...]
    basis: tuple[str, ...]
    also: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    carry: dict[str, str] = field(default_factory=dict)
    note: str = ""
    for_each: str | None = None
    bound_to: tuple[str, str | None] | None = None
