"""Who may confirm a contribution, and what a year's contributions are worth."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

TENTH = Decimal("0.1")
ZERO = Decimal(0)


def confirmers(*, recorded_by: int, contributor: int, receiver: int | None, lead: int) -> set[int]:
    """The organisations of which one must confirm; never the one that wrote the entry.

    What the contributor wrote is confirmed by the lead or by whoever received it; what another
    wrote about the contributor is confirmed by the contributor.
    """
    if recorded_by != contributor:
        return {contributor}
    return {lead, *([receiver] if receiver else [])} - {contributor}


def reason_not_recordable(
    *, on: datetime.date, today: datetime.date, has_confirmer: bool, joined_on: datetime.date | None
) -> str | None:
    """Why a contribution may not be written down, or None."""
    if on > today:
        return "发生日不能晚于今天。"
    if joined_on is not None and on < joined_on:
        return f"贡献单位 {joined_on:%Y-%m-%d} 才加入，不能登记加入以前的贡献。"
    if not has_confirmer:
        return "牵头单位自己的贡献须由受益单位确认，请选择受益单位。"
    return None


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Points for one unit of a function, at most ``ceiling`` a year."""

    points: Decimal
    ceiling: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One function of a score: quantity, weight, points (得分构成). Points None is 未设定."""

    function: str
    quantity: Decimal
    weight: Weight | None
    points: Decimal | None

    @property
    def is_capped(self) -> bool:
        weight = self.weight
        return bool(weight and weight.ceiling and self.quantity * weight.points > weight.ceiling)


@dataclass(frozen=True, kw_only=True)
class Score:
    """The activity score of a year (年度活跃度得分); None while a needed weight is unset."""

    lines: tuple[ScoreLine, ...]
    points: Decimal | None

    @property
    def unset(self) -> list[str]:
        return [line.function for line in self.lines if line.weight is None]


def score_line(*, function: str, quantity: Decimal, weight: Weight | None) -> ScoreLine:
    """Quantity times weight, at most the ceiling, to a tenth."""
    points = None
    if weight is not None:
        raw = quantity * weight.points
        points = min(raw, weight.ceiling) if weight.ceiling else raw
        points = points.quantize(TENTH)
    return ScoreLine(function=function, quantity=quantity, weight=weight, points=points)


def activity_score(
    *, quantities: Iterable[tuple[str, Decimal]], weights: Mapping[str, Weight]
) -> Score:
    """The score of confirmed contributions of a year, with its parts (活跃度得分)."""
    lines = tuple(
        score_line(function=function, quantity=quantity, weight=weights.get(function))
        for function, quantity in quantities
    )
    points = None
    if weights and all(line.points is not None for line in lines):
        points = sum((line.points or ZERO for line in lines), ZERO)
    return Score(lines=lines, points=points)


@dataclass(frozen=True, kw_only=True)
class TargetStanding:
    """How a joint target stands on a day (联合目标情况)."""

    text: str
    tone: str
    percent: int
    is_overdue: bool = False


def target_standing(
    *,
    value: Decimal,
    reached: Decimal,
    due_on: datetime.date,
    is_dropped: bool,
    today: datetime.date,
) -> TargetStanding:
    """Reached, under way, or overdue; a dropped target is not judged."""
    percent = min(100, int(100 * reached / value))
    if is_dropped:
        return TargetStanding(text="已取消", tone="unset", percent=percent)
    if reached >= value:
        return TargetStanding(text="已达成", tone="ok", percent=100)
    if due_on < today:
        late = (today - due_on).days
        return TargetStanding(text=f"逾期 {late} 天", tone="late", percent=percent, is_overdue=True)
    return TargetStanding(text="推进中", tone="open", percent=percent)
