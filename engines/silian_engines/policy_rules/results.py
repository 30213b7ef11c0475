"""Results that explain themselves (结果): values, gates, cures, and the tree of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .definitions import Gate
from .provisions import Provision

Value = Decimal | bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """A gate, passed or not; None when the policies leave its measure open (未设定)."""

    gate: Gate
    provision: Provision | None
    passed: bool | None
    applies: bool = True

    @property
    def word(self) -> str:
        """How the outcome is called: a soft rule has a gap, never a breach."""
        if not self.applies:
            return "不适用"
        if self.passed is None:
            return "未设定"
        yes, no = _WORDS[self.gate.kind]
        if self.passed:
            return yes
        if self.provision and self.provision.is_uncertain:
            return "提示"
        is_soft = self.gate.kind == "duty" and (not self.provision or self.provision.is_soft)
        return "差距" if is_soft else no

    @property
    def stops(self) -> bool:
        """Whether the benefit or the finding depends on it; what is uncertain never stops."""
        uncertain = self.provision is not None and self.provision.is_uncertain
        return self.passed is False and self.gate.kind != "duty" and not uncertain


_WORDS = {
    "condition": ("满足", "未满足"),
    "duty": ("达到", "不符合"),
    "scope": ("适用", "不适用"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What stays the same about a node: prepared once per compiled rule."""

    kind: str
    name: str
    title: str
    unit: str
    formula: str = ""
    rounding: str = ""
    provisions: tuple[Provision, ...] = ()


class Node(NamedTuple):
    """A value in the tree of reasons, with the values it comes from (理由)."""

    label: Label
    value: Value
    children: tuple[Node, ...] = ()


class Change(NamedTuple):
    """A change of one fact that opens a gate (补救)."""

    gate: str
    fact: str
    title: str
    unit: str
    before: Value
    after: Value

    @property
    def difference(self) -> Decimal | None:
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None
