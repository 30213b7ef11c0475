"""Quantities as whole numbers of their smallest unit (数量): 分, days, ten-thousandths."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

DECIMALS = {"元": 2, "比例": 4, "月": 1, "年": 1, "学时": 1}
UNITS = {decimals: Decimal(1).scaleb(-decimals) for decimals in range(5)}
LARGEST = 10**14  # 一万亿元 in 分: every product of a rule still fits 64 bits


def decimals_of(unit: str) -> int:
    """How many decimal places a unit is kept with; what is counted has none."""
    return DECIMALS.get(unit, 0)


def exact(text: str) -> Fraction | None:
    """The exact number in “8%”, “0.08” or “5000”, or None."""
    percent = text.endswith("%")
    try:
        number = Decimal(text.removesuffix("%").replace(",", ""))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return Fraction(number) / (100 if percent else 1)


def shown(number: Fraction) -> str:
    """An exact number as plain decimal text."""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shift_years(day: int, years: int) -> int:
    """The same calendar day some years on; 29 February becomes 28 February."""
    return shift_months(day, years * 12)


def shift_months(day: int, months: int) -> int:
    """The same calendar day some months on; the last day of a shorter month."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def whole_months(first: int, end: int) -> int:
    """How many whole calendar months lie in [first, end)."""
    one, other = date.fromordinal(first), date.fromordinal(end)
    months = (other.year - one.year) * 12 + other.month - one.month
    return max(0, months if shift_months(first, months) <= end else months - 1)


def common(first: int, second: int) -> int:
    return math.lcm(first, second)
