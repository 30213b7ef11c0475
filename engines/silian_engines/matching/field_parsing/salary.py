"""Pay as people write it (薪资解析): 1-1.5万/月, 150元/天, 6K-8K·13薪, 面议, 4001-6000."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class PayPeriod(StrEnum):
    """What the pay is for (计薪周期)."""

    MONTH = "month"
    YEAR = "year"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay in yuan (薪资): as written, and per month; `problem` tells why it could not be read."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    period: PayPeriod = PayPeriod.MONTH
    months_per_year: int = 12
    monthly_minimum: Decimal | None = None
    monthly_maximum: Decimal | None = None
    negotiable: bool = False
    period_assumed: bool = False
    problem: str | None = None


# 21.75 paid days a month and 8 hours a day: 劳社部发〔2008〕3号.
_PER_MONTH = {
    PayPeriod.MONTH: Decimal(1),
    PayPeriod.YEAR: Decimal(1) / Decimal(12),
    PayPeriod.WEEK: Decimal(52) / Decimal(12),
    PayPeriod.DAY: Decimal("21.75"),
    PayPeriod.HOUR: Decimal("174"),
}
_LARGEST_MONTHLY = Decimal(2_000_000)
_UNITS = {"": 1, "元": 1, "块": 1, "千": 1000, "k": 1000, "万": 10000, "w": 10000}
_NEGOTIABLE = re.compile(r"面议|面谈|详谈|协商|保密|待定|不限")
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"小时|时薪|/时|/h\b|每时|元/?h")),
    (PayPeriod.DAY, re.compile(r"/天|每天|一天|日薪|/日|日结|每日|/day|天$")),
    (PayPeriod.WEEK, re.compile(r"/周|每周|周薪|周结")),
    (PayPeriod.YEAR, re.compile(r"/年|年薪|每年|一年|/year|年$")),
    (PayPeriod.MONTH, re.compile(r"/月|月薪|每月|一月|月入|/month|月$")),
)
_MONTHS = re.compile(r"(\d{2})\s*(?:薪|个月)")
_ORDINAL_BONUS = re.compile(r"[·*x×+]?\s*\d{2}\s*(?:薪|个月)")
# 1万5 is 1.5万.
_TAIL_DIGIT = re.compile(r"(\d+)(万|千)(\d)(?![\d.千万kw])")
_RANGE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(千|k|万|w|元|块)?\s*(?:[-~—–－至到]+|以?上?到)\s*"
    r"(\d+(?:\.\d+)?)\s*(千|k|万|w|元|块)?"
)
_SINGLE = re.compile(r"(\d+(?:\.\d+)?)\s*(千|k|万|w|元|块)?\s*(以上|以下|起|左右|\+|以内|封顶)?")


@lru_cache(maxsize=65536)
def parse_salary(text: str, /) -> Salary:
    """Read pay from a cell; an empty cell or 面议 is negotiable, not a problem."""
    plain = unicodedata.normalize("NFKC", text).lower().replace(",", "").replace("￥", "")
    plain = plain.replace("¥", "").strip()
    if not plain or _NEGOTIABLE.search(plain):
        return Salary(negotiable=True)
    period = next((p for p, words in _PERIODS if words.search(plain)), None)
    months = _MONTHS.search(plain)
    months_per_year = int(months.group(1)) if months else 12
    amounts = _amounts(_TAIL_DIGIT.sub(r"\1.\3\2", _ORDINAL_BONUS.sub("", plain)))
    if amounts is None:
        return Salary(problem=f"薪资“{text}”里没有读到金额，请写成“4000-6000元/月”或“面议”。")
    return _salary(text, amounts, period, months_per_year)


def _amounts(plain: str) -> tuple[Decimal | None, Decimal | None] | None:
    pair = _RANGE.search(plain)
    if pair:
        low, low_unit, high, high_unit = pair.groups()
        high_unit = high_unit or low_unit or ""
        if low_unit is None:
            low_unit = high_unit if Decimal(low) < 1000 else ""
        return Decimal(low) * _UNITS[low_unit], Decimal(high) * _UNITS[high_unit]
    single = _SINGLE.search(plain)
    if not single:
        return None
    number, unit, bound = single.groups()
    amount = Decimal(number) * _UNITS[unit or _unit_after_bound(plain)]
    if bound in ("以上", "起", "+"):
        return amount, None
    if bound in ("以下", "以内", "封顶"):
        return None, amount
    return amount, amount


def _unit_after_bound(plain: str) -> str:
    """2以上千/月 puts the unit behind the bound."""
    later = re.search(r"(?:以上|以下)(千|万)", plain)
    return later.group(1) if later else ""


def _salary(
    text: str,
    amounts: tuple[Decimal | None, Decimal | None],
    period: PayPeriod | None,
    months_per_year: int,
) -> Salary:
    low, high = amounts
    known = [amount for amount in amounts if amount is not None]
    assumed = period is None
    if period is None:
        # 20万 without a period is a year's pay; nobody is offered 80,000 a month unsaid.
        period = PayPeriod.YEAR if max(known) >= 80000 else PayPeriod.MONTH
    problem = _problem(text, low, high, period, assumed, months_per_year)
    if problem:
        return Salary(period=period, problem=problem)
    rate = _PER_MONTH[period]
    return Salary(
        minimum=low,
        maximum=high,
        period=period,
        months_per_year=months_per_year,
        monthly_minimum=None if low is None else (low * rate).quantize(Decimal("0.01")),
        monthly_maximum=None if high is None else (high * rate).quantize(Decimal("0.01")),
        period_assumed=assumed,
    )


def _problem(
    text: str,
    low: Decimal | None,
    high: Decimal | None,
    period: PayPeriod,
    assumed: bool,
    months_per_year: int,
) -> str | None:
    largest = max(amount for amount in (low, high) if amount is not None)
    if low is not None and high is not None and low > high:
        return f"薪资“{text}”的下限高于上限，请核对两个数字和单位。"
    if largest == 0:
        return f"薪资“{text}”为零，请写明金额，或写“面议”。"
    if assumed and largest < 100:
        return f"薪资“{text}”没有单位，请写明元、千或万，以及按月、按天还是按小时。"
    if largest * _PER_MONTH[period] > _LARGEST_MONTHLY:
        return f"薪资“{text}”折合每月超过二百万元，请核对单位。"
    if not 12 <= months_per_year <= 36:
        return f"薪资“{text}”的发薪月数{months_per_year}不在12到36之间，请核对。"
    return None
