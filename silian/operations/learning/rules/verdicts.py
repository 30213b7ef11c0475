"""What a rule says about a return, in the words of the check page (核对结论)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

BREACH, UNSET = "不符合", "未设定"
TONES = {"达到": "ok", BREACH: "late", "差距": "watch", "提示": "watch", UNSET: "unset"}
PER_CENT = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One gate of one rule: its clause, the stated value, what is asked, the result (核对项)."""

    rule: str
    gate: str
    title: str
    word: str
    value: str = ""
    required: str = ""
    missing: Decimal | None = None
    clause: str = ""
    force: str = ""
    cure: str = ""

    @property
    def is_breach(self) -> bool:
        return self.word == BREACH

    @property
    def tone(self) -> str:
        return TONES.get(self.word, "info")


@dataclass(frozen=True, kw_only=True)
class Collection:
    """What the government collects after a refusal, as the rule computes it (依法收取)."""

    rule: str
    due: Decimal
    paid: Decimal
    amount: Decimal
    clause: str


@dataclass(frozen=True, kw_only=True)
class Deduction:
    """What of the spending may be deducted this year, and what is carried on (税前扣除)."""

    limit: Decimal
    deducted: Decimal
    carry_out: Decimal
    rate: str
    clause: str


def in_per_cent(value: object) -> str:
    """A ratio as people write it: 0.0212 → 2.12%."""
    if not isinstance(value, Decimal):
        return UNSET
    return f"{(value * PER_CENT).normalize():f}%"
