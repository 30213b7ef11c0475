"""How sums over rows become one value, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.0001")  # what the table keeps
HUNDRED = Decimal(100)
RATIOS = {"share": HUNDRED, "percent": HUNDRED, "ratio": Decimal(1), "sum_share": HUNDRED}


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A value with what it was divided from (数值)."""

    value: Decimal | None
    row_count: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def figures_of(
    *,
    reduction: str,
    row_count: int,
    part: Decimal | None,
    over: int | None = None,
    whole: Decimal | None = None,
) -> Figures:
    """The value of one group of rows.

    ``part`` is the sum, the median, the number of different values or the rows that satisfy a
    share; ``over`` the rows of the second set of a ratio; ``whole`` the sum of the field by which
    a sum is divided. A ratio is always that of the sums, so
    that a region's is not the mean of its parts'. Nothing to divide by gives no value.
    """
    if reduction == "count":
        return Figures(value=Decimal(row_count), row_count=row_count)
    if reduction in RATIOS:
        numerator = Decimal(row_count) if over is not None else part or Decimal(0)
        denominator = Decimal(row_count if over is None else over)
        if reduction == "sum_share":
            denominator = whole or Decimal(0)
        return Figures(
            value=quotient(numerator, denominator, times=RATIOS[reduction]),
            row_count=row_count,
            numerator=numerator,
            denominator=denominator,
        )
    if reduction == "median":
        return Figures(value=None if part is None else kept(part), row_count=row_count)
    return Figures(value=kept(part or Decimal(0)), row_count=row_count)


def quotient(numerator: Decimal, denominator: Decimal, *, times: Decimal) -> Decimal | None:
    return kept(numerator * times / denominator) if denominator else None


def kept(value: Decimal) -> Decimal:
    """The value as the table keeps it, halves up."""
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)
