"""What a financial product must say before it goes public (产品规则)."""

from __future__ import annotations

import datetime
from decimal import Decimal

HIGHEST_RATE = Decimal(100)  # more than the whole amount a year is a slip of the keyboard


def fault_of_terms(
    *,
    amount_from: Decimal | None,
    amount_to: Decimal | None,
    months_from: int | None,
    months_to: int | None,
    rate_from: Decimal | None,
    rate_to: Decimal | None,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
) -> tuple[str, str] | None:
    """The box and the sentence of what does not fit, or None."""
    pairs = (
        ("amount_to", "最高额度不能小于最低额度。", amount_from, amount_to),
        ("months_to", "最长期限不能短于最短期限。", months_from, months_to),
        ("rate_to", "最高年利率（费率）不能低于最低年利率。", rate_from, rate_to),
    )
    for field, sentence, low, high in pairs:
        if low is not None and high is not None and high < low:
            return field, sentence
    for field, rate in (("rate_from", rate_from), ("rate_to", rate_to)):
        if rate is not None and not 0 <= rate <= HIGHEST_RATE:
            return field, "年利率（费率）按百分数填写，应在 0 到 100 之间，例如 3.85。"
    if valid_until is not None and valid_until <= valid_from:
        return "valid_until", "有效期的最后一天不能早于开始日。"
    return None


def reason_not_publishable(
    *, documents: str, amount_to: Decimal | None, ends: datetime.date | None, on: datetime.date
) -> str | None:
    """Why a product may not go into the public catalogue yet, or None."""
    if amount_to is None:
        return "最高额度还没有填写。请补充后再公布，申请单位据此判断是否合适。"
    if not documents.strip():
        return "申请材料还没有填写。请逐行写明材料后再公布。"
    if ends is not None and ends <= on:
        return f"产品有效期已在 {ends} 前结束。请修改有效期后再公布。"
    return None
