"""Whether a project may stand on the list that is recommended to banks (推荐条件)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One gate: passed, not passed, or unknown (None); ``stops`` keeps a project off the list."""

    title: str
    passed: bool | None
    fact: str
    basis: str = ""
    force: str = ""
    cure: str = ""
    stops: bool = False

    @property
    def word(self) -> str:
        if self.passed is None:
            return "未知"
        return "符合" if self.passed else ("不符合" if self.stops else "差距")

    @property
    def tone(self) -> str:
        if self.passed is None:
            return "unset"
        return "ok" if self.passed else ("late" if self.stops else "watch")


def is_eligible(gates: Sequence[Gate]) -> bool:
    """No gate that stops is closed; a soft one leaves a gap (可推荐)."""
    return not any(gate.stops and gate.passed is not True for gate in gates)


def reason_not_recommendable(gates: Sequence[Gate]) -> str | None:
    """The first closed gate that stops, with its cure, or None."""
    for gate in gates:
        if gate.stops and gate.passed is not True:
            return f"不能推荐：{gate.title}，{gate.fact}。{gate.cure}"
    return None


def reason_not_approvable(*, proposed_by: int | None, approver: int | None) -> str | None:
    """Why this person may not approve, or None: who proposed does not approve (回避)."""
    if proposed_by is not None and proposed_by == approver:
        return "这一项由您提出，按回避要求不能自己审定。请由另一位审核或统筹人员审定。"
    return None
