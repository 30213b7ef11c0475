"""Money that moves, and how much social money the fund's money brought (投资与撬动)."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.01")


def leverage(*, fund: Decimal, social: Decimal) -> Decimal | None:
    """Yuan of social money for each yuan of the fund (撬动倍数); None without fund money.

    >>> leverage(fund=Decimal(200), social=Decimal(500))
    Decimal('2.50')
    """
    if fund <= 0:
        return None
    return (social / fund).quantize(TENTH, rounding=ROUND_HALF_UP)


def fault_of_movement(
    *, amount: Decimal, on: datetime.date, today: datetime.date, left: Decimal | None = None
) -> tuple[str, str] | None:
    """The box and sentence of what is wrong with a movement, or None; ``left`` is the most."""
    if amount <= 0:
        return "amount", "金额应大于 0。"
    if on > today:
        return "on", "日期不能晚于今天。请按实际发生日登记。"
    if left is not None and amount > left:
        return "amount", f"同意的金额还剩 {left:,.2f} 元，不能登记 {amount:,.2f} 元。"
    return None


def reason_not_correctable(*, voided: bool, reason: str) -> str | None:
    """Why a record may not be corrected, or None: once, and with a reason."""
    if voided:
        return "这条记录已更正过。请在更正后的记录上办理。"
    if not reason.strip():
        return "请写明更正原因，原记录会保留。"
    return None
