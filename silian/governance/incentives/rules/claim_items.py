"""Which days of a person count for a claim: inside a period, without what counts elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

Days = tuple[datetime.date, datetime.date]
TOO_SHORT = "在补贴期间不足一个整月"
LEFT = "中途离开，不予补贴"
FAILED = "考核不合格，不予补贴"
NOT_TRAINED = "计入的培养时间不足，不予补贴"
STATED = "stated"


def joined(periods: Iterable[Days]) -> list[Days]:
    """Half-open periods in order; those that touch or overlap are one."""
    found: list[Days] = []
    for starts, ends in sorted(periods):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif starts < ends:
            found.append((starts, ends))
    return found


def clipped(period: Days, *, to: Days) -> Days | None:
    """The part of a period inside another, or None (补贴期间内的部分)."""
    starts, ends = max(period[0], to[0]), min(period[1], to[1])
    return (starts, ends) if starts < ends else None


def without(period: Days, *, taken: Sequence[Days]) -> list[Days]:
    """The parts of a period that nothing else has taken (扣除已计入其他申领的部分)."""
    left, (starts, ends) = [], period
    for first, after in joined(taken):
        if after <= starts or first >= ends:
            continue
        if starts < first:
            left.append((starts, first))
        starts = max(starts, after)
    if starts < ends:
        left.append((starts, ends))
    return left


def words_of_days(days: Days) -> str:
    """First and last day, as people write them."""
    last = days[1] - datetime.timedelta(days=1)
    return f"{days[0]:%Y-%m-%d} 至 {last:%Y-%m-%d}"


def reason_not_trained(*, state: str, years_tenths: int) -> str:
    """Why an apprentice brings no subsidy, or empty (不计入的原因). Basis: AP-08."""
    if state == "left":
        return LEFT
    if state == "unqualified":
        return FAILED
    return "" if years_tenths else NOT_TRAINED
