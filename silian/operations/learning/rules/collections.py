"""Why a collection may not be closed or sent back, and what a receipt must say."""

from __future__ import annotations

import datetime
from decimal import Decimal


def reason_not_collected(
    *,
    number: str,
    received: Decimal,
    amount: Decimal,
    on: datetime.date,
    today: datetime.date,
    told_on: datetime.date,
    note: str,
) -> str | None:
    """Why what came in does not close a collection, or None (登记收取结果)."""
    if not number.strip():
        return "请填写凭证号，例如缴款书号。"
    if not 0 < received <= amount:
        return f"收取金额应大于 0，不超过应收取的 {amount:,} 元。"
    if not told_on <= on <= today:
        return f"收取日应在移送日 {told_on} 到今天之间。"
    if received < amount and not note.strip():
        return f"比应收取的少 {amount - received:,} 元，请在说明里写明原因。"
    return None


def reason_without_reason(*, reason: str) -> str | None:
    return None if reason.strip() else "请写明退回的原因，核对部门和企业会看到。"
