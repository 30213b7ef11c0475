"""How an organisation stands to a benefit, from what the engine says (享受情况)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from silian_engines.policy_rules.results import Change, GateOutcome, Value

from silian.governance.incentives.choices.benefits import Standing


def standing_of(
    *, gates: Sequence[GateOutcome], ways: Collection[Change], amount: Value = None
) -> Standing:
    """Entitled; nearly, when each closed gate has a way to open; else not.

    An amount of zero is nothing to enjoy. A gate whose measure is unset stops nothing.
    """
    closed = [each.gate.name for each in gates if each.stops]
    if not closed:
        return Standing.NOT if amount == Decimal(0) else Standing.ENTITLED
    opened = {each.gate for each in ways}
    return Standing.NEARLY if opened.issuperset(closed) else Standing.NOT


def duty_word(gates: Sequence[GateOutcome]) -> str:
    """How a duty stands: out of scope, unset, met, or the first gap (要求)."""
    words = [each.word for each in gates]
    for word in ("不适用", "未设定", "不符合", "差距", "提示"):
        if word in words:
            return word
    return "达到"
