"""How a department or county is scored, line by line, from counts alone.

The scheme is data entered by a coordinator (open parameter P13). What a policy only encourages is
left out before the counts are taken; colours play no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from silian.governance.policy_tasks.choices import Severity

CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The points of a scheme; the three weights make a hundred."""

    on_time: Decimal
    evidence: Decimal
    conduct: Decimal
    by_severity: Mapping[str, Decimal]
    per_return: Decimal
    per_overdue: Decimal


@dataclass(kw_only=True)
class Facts:
    """What is counted for one department or county (评分依据)."""

    due: int = 0
    on_time: int = 0
    running: int = 0
    with_evidence: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    returns: int = 0
    overdue: int = 0

    @property
    def has_anything(self) -> bool:
        return bool(self.due or self.running or sum(self.findings.values()))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the reckoning: what was counted, how, and what it gives."""

    name: str
    how: str
    points: Decimal | None
    most: Decimal

    def as_data(self) -> dict[str, str | None]:
        """The line as a sheet keeps it."""
        given = None if self.points is None else str(self.points)
        return {"name": self.name, "how": self.how, "points": given, "most": str(self.most)}


@dataclass(frozen=True, kw_only=True)
class Score:
    """The lines and their total in a hundred; None when nothing could be counted."""

    lines: list[Line]
    total: Decimal | None


def score_of(facts: Facts, *, weights: Weights) -> Score:
    """Reckon a score; weights without anything to count are shared out over the others."""
    lines = [
        share_line("按期办结", done=facts.on_time, of=facts.due, most=weights.on_time, unit="到期"),
        share_line(
            "佐证齐全",
            done=facts.with_evidence,
            of=facts.running,
            most=weights.evidence,
            unit="在办",
        ),
        conduct_line(facts, weights=weights),
    ]
    if not facts.has_anything:
        return Score(lines=lines, total=None)
    counted = [line for line in lines if line.points is not None]
    most = sum((line.most for line in counted), NOTHING)
    gained = sum((line.points or NOTHING for line in counted), NOTHING)
    return Score(lines=lines, total=rounded(gained * 100 / most) if most else None)


def share_line(name: str, *, done: int, of: int, most: Decimal, unit: str) -> Line:
    if not of:
        return Line(
            name=name, how=f"没有{unit}任务，本项不计，按其余权重折算", points=None, most=most
        )
    how = f"{unit} {of} 项中 {done} 项，{done}/{of} × {plain(most)}"
    return Line(name=name, how=how, points=rounded(most * done / of), most=most)


def conduct_line(facts: Facts, *, weights: Weights) -> Line:
    """What orders, returned answers and late answers take off; never below zero."""
    parts = [
        (f"{Severity(level).label} {count} 条", count * weights.by_severity[level])
        for level, count in sorted(facts.findings.items())
        if count
    ]
    parts += [
        (f"{words} {count} {unit}", count * each)
        for words, count, unit, each in (
            ("整改退回", facts.returns, "次", weights.per_return),
            ("逾期答复", facts.overdue, "条", weights.per_overdue),
        )
        if count
    ]
    taken = sum((points for _, points in parts), NOTHING)
    said = "，".join(f"{words}扣 {plain(points)}" for words, points in parts) or "没有扣分事项"
    left = max(NOTHING, weights.conduct - taken)
    return Line(
        name="督办整改",
        how=f"满分 {plain(weights.conduct)}，{said}",
        points=rounded(left),
        most=weights.conduct,
    )


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A number without needless zeros.

    >>> plain(Decimal("40.00")), plain(Decimal("2.50"))
    ('40', '2.5')
    """
    return f"{value.normalize():f}"
