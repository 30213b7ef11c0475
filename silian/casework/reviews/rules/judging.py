"""Points of experts: what may be given, when a reason is due, what they come to (专家评分)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def reason_points_wrong(*, label: str, points: Decimal, most: Decimal) -> str | None:
    """Points between nothing and the most of the criterion (分值范围)."""
    if not 0 <= points <= most:
        return f"“{label}”应在 0 至 {most.normalize():f} 分之间。"
    return None


def needs_comment(
    *, points: Decimal, most: Decimal, below: Decimal | None, above: Decimal | None
) -> bool:
    """Whether points are so low or so high that the expert says why (须写理由).

    ``below`` and ``above`` are shares of the most; None asks for nothing.
    """
    if most <= 0:
        return False
    share = points / most
    return (below is not None and share < below) or (above is not None and share > above)


def reason_score_incomplete(*, missing: Sequence[str], silent: Sequence[str]) -> str | None:
    """Every criterion has points, and a reason where one is due (评分完整)."""
    if missing:
        return f"还有 {len(missing)} 项没有评分：{'、'.join(missing[:5])}。"
    if silent:
        return f"请为偏低或偏高的评分写明理由：{'、'.join(silent[:5])}。"
    return None


def spread(totals: Sequence[Decimal]) -> Decimal:
    """How far the highest total is from the lowest (分差)."""
    return max(totals) - min(totals) if totals else Decimal(0)


def mean(values: Sequence[Decimal]) -> Decimal:
    """The mean, to the hundredth of a point (平均分)."""
    return (sum(values, Decimal(0)) / len(values)).quantize(CENT, rounding=ROUND_HALF_UP)


def diverges(*, totals: Sequence[Decimal], limit: Decimal | None) -> bool:
    """Whether totals lie further apart than the scheme allows; no limit is 未设定 (分差超限)."""
    return limit is not None and spread(totals) > limit


@dataclass(frozen=True, kw_only=True)
class Band:
    """The lowest and the highest that experts gave for a criterion (评分区间)."""

    lowest: Decimal
    highest: Decimal

    @property
    def differs(self) -> bool:
        return self.lowest != self.highest


def bands(scores: Sequence[Mapping[str, Decimal]]) -> dict[str, Band]:
    """For each criterion, between which points the experts stand."""
    codes = dict.fromkeys(code for row in scores for code in row)
    given = {code: [row[code] for row in scores if code in row] for code in codes}
    return {code: Band(lowest=min(row), highest=max(row)) for code, row in given.items()}


def means(scores: Sequence[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """For each criterion, the mean of the experts."""
    codes = dict.fromkeys(code for row in scores for code in row)
    return {code: mean([row[code] for row in scores if code in row]) for code in codes}


def reason_outside_band(*, label: str, points: Decimal, band: Band) -> str | None:
    """A moderator stays between what the experts gave (复核分在评分区间内)."""
    if not band.lowest <= points <= band.highest:
        return (
            f"“{label}”的复核分应在专家评分 {band.lowest} 至 {band.highest} 之间。"
            "如两位专家都不合适，请增派第三位专家。"
        )
    return None
