"""What a month of practice owes, when, and what is wrong with it."""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    StudentAnswer,
)

CENT = Decimal("0.01")
ZERO = Decimal(0)
SHORTEST_NUMBER, LONGEST_NUMBER = 12, 21  # digits of bank accounts in use in China
ACCOUNT_NUMBER = re.compile(r"\d+")


class Standing(StrEnum):
    """Where the pay of a month stands (报酬状态)."""

    NONE = "none"
    WAITING = "waiting"
    PAID = "paid"
    LATE = "late"
    LOW = "low"
    CONTRARY = "contrary"


STANDING_LABELS = {
    Standing.NONE: "未建账",
    Standing.WAITING: "未到发放日",
    Standing.PAID: "已到账",
    Standing.LATE: "逾期未发",
    Standing.LOW: "未足额",
    Standing.CONTRARY: "学生反映不符",
}
STANDING_TONES = {
    Standing.NONE: "unset",
    Standing.WAITING: "open",
    Standing.PAID: "ok",
    Standing.LATE: "late",
    Standing.LOW: "late",
    Standing.CONTRARY: "watch",
}


@dataclass(frozen=True, kw_only=True)
class MonthFacts:
    """What is known of one month's pay (月度报酬)."""

    due_amount: Decimal
    due_on: datetime.date
    paid_amount: Decimal = ZERO
    paid_on: datetime.date | None = None
    monthly_pay: Decimal = ZERO
    line: Decimal | None = None
    student_answer: str = StudentAnswer.NONE
    student_amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Raised:
    """An alarm that the facts ask for (应有的预警)."""

    kind: PayAlarmKind
    gap: Decimal
    detail: str


def month_start(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month after the day's."""
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def days_in_month(month: datetime.date) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def due_amount(*, monthly_pay: Decimal, month: datetime.date, days: int) -> Decimal:
    """What the days of a month are worth: the monthly pay by calendar days (应得报酬)."""
    whole = days_in_month(month)
    if days >= whole:
        return monthly_pay.quantize(CENT)
    return (monthly_pay * days / whole).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class PayPart:
    """The days of a month at one agreed pay (分段报酬). ``first`` is the first day worked at it."""

    first: datetime.date
    days: int
    monthly_pay: Decimal
    amount: Decimal


def pay_parts(
    *,
    month: datetime.date,
    works_on: Callable[[datetime.date], bool],
    pay_on: Callable[[datetime.date], Decimal],
) -> list[PayPart]:
    """The days worked in a month, cut where the agreed pay changed (按天分段)."""
    first = month.replace(day=1)
    every = (first + datetime.timedelta(days=place) for place in range(days_in_month(first)))
    parts = []
    for pay, group in itertools.groupby(filter(works_on, every), key=pay_on):
        days = list(group)
        amount = due_amount(monthly_pay=pay, month=first, days=len(days))
        parts.append(PayPart(first=days[0], days=len(days), monthly_pay=pay, amount=amount))
    return parts


def due_on(*, month: datetime.date, pay_day: int) -> datetime.date:
    """The pay day of the agreement, in the month after the work (应发日)."""
    return next_month(month).replace(day=pay_day)


def standing_of(facts: MonthFacts, *, on: datetime.date) -> Standing:
    """Where a month's pay stands on a day; what the student says weighs more than the payroll."""
    if facts.student_answer == StudentAnswer.CONTRARY:
        return Standing.CONTRARY
    if facts.paid_amount >= facts.due_amount:
        return Standing.PAID
    if on <= facts.due_on:
        return Standing.WAITING
    return Standing.LOW if facts.paid_amount > 0 else Standing.LATE


def alarms_due(
    facts: MonthFacts,
    *,
    on: datetime.date,
    last_paid_on: datetime.date | None = None,
    longest_interval: int | None = None,
) -> list[Raised]:
    """Every alarm that a month's facts ask for on a day (报酬预警).

    Basis: 教职成〔2021〕4号第十八条. ``longest_interval`` and the line are dated
    parameters; what is not set raises nothing.
    """
    found = [
        late_or_low(facts, on=on),
        below_line(facts),
        contrary(facts),
        too_rare(facts, on=on, last=last_paid_on, longest=longest_interval),
    ]
    return [raised for raised in found if raised is not None]


def late_or_low(facts: MonthFacts, *, on: datetime.date) -> Raised | None:
    gap = facts.due_amount - facts.paid_amount
    if on <= facts.due_on or gap <= 0:
        return None
    if facts.paid_amount > 0:
        return Raised(kind=PayAlarmKind.LOW, gap=gap, detail=f"比协议少 {words(gap)} 元")
    return Raised(
        kind=PayAlarmKind.LATE, gap=gap, detail=f"应于 {facts.due_on:%m-%d} 前发 {words(gap)} 元"
    )


def below_line(facts: MonthFacts) -> Raised | None:
    """IN-20: the agreed pay itself is under the line that the law names in principle."""
    if facts.line is None or facts.monthly_pay >= facts.line:
        return None
    gap = facts.line - facts.monthly_pay
    return Raised(
        kind=PayAlarmKind.BELOW_LINE,
        gap=gap,
        detail=f"约定 {words(facts.monthly_pay)} 元/月，参照线 {words(facts.line)} 元/月",
    )


def contrary(facts: MonthFacts) -> Raised | None:
    if facts.student_answer != StudentAnswer.CONTRARY:
        return None
    got = facts.student_amount or ZERO
    gap = max(facts.paid_amount - got, facts.due_amount - got, ZERO)
    return Raised(
        kind=PayAlarmKind.CONTRARY,
        gap=gap,
        detail=f"单位填报 {words(facts.paid_amount)} 元，学生实收 {words(got)} 元",
    )


def too_rare(
    facts: MonthFacts,
    *,
    on: datetime.date,
    last: datetime.date | None,
    longest: int | None,
) -> Raised | None:
    """IN-21: unpaid, and more days since the last payment than the cycle allows."""
    is_settled = facts.paid_amount >= facts.due_amount or on <= facts.due_on
    if last is None or longest is None or is_settled:
        return None
    since = (on - last).days
    if since <= longest:
        return None
    return Raised(
        kind=PayAlarmKind.INTERVAL, gap=ZERO, detail=f"距上次发放 {since} 天，最长 {longest} 天"
    )


def closing_fact(kind: PayAlarmKind, facts: MonthFacts) -> str:
    """Which fact put an alarm to rest (解除依据)."""
    if kind == PayAlarmKind.CONTRARY:
        return "学生已确认到账"
    if facts.paid_amount >= facts.due_amount and facts.paid_on:
        return f"{facts.paid_on:%Y-%m-%d} 足额到账 {words(facts.paid_amount)} 元"
    if kind == PayAlarmKind.LATE and facts.paid_on:
        return f"{facts.paid_on:%Y-%m-%d} 到账 {words(facts.paid_amount)} 元，未足额部分另行预警"
    return "情况已改正"


def words(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def reason_account_refused(*, holder: str, student: str, number: str, bank: str) -> str | None:
    """Why this account cannot receive pay, or None (账户核对).

    Basis: 教职成〔2021〕4号第十八条: paid directly to the student.
    """
    if holder.strip() != student:
        return "户名必须是学生本人姓名，报酬不能付到他人账户。请改填本人账户。"
    digits = "".join(number.split())
    if not ACCOUNT_NUMBER.fullmatch(digits):
        return "账号应全是数字，请核对。"
    if not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
        return f"账号应为 {SHORTEST_NUMBER} 至 {LONGEST_NUMBER} 位，现为 {len(digits)} 位，请核对。"
    if not bank.strip():
        return "请填写开户银行，例如 中国工商银行。"
    return None


def masked_account(number: str) -> str:
    """Only the last four digits: **** 0021 (脱敏)."""
    return f"**** {number[-4:]}"


def is_weekly(days: Sequence[datetime.date]) -> bool:
    """Whether payments come about every week: a pattern of day labour (周结)."""
    gaps = [(after - before).days for before, after in itertools.pairwise(days)]
    return len(gaps) >= LEAST_WEEKLY and all(gap <= LONGEST_WEEK for gap in gaps)


LEAST_WEEKLY = 3  # four payments in a row; fewer may be a correction
LONGEST_WEEK = 8  # a week and a day, for transfers that settle on the next day
