"""What a reported value, a correction and an answer need."""

from __future__ import annotations

import datetime
from decimal import Decimal

SHORTEST_WORDS = 4  # a reason that others can check needs at least that
WHOLE = Decimal(100)
LARGEST = Decimal("9999999999999999")


def reason_too_short(*, reason: str) -> str | None:
    """Why the words do not do as a reason, or None."""
    if len(reason.strip()) < SHORTEST_WORDS:
        return f"请写明理由，至少 {SHORTEST_WORDS} 个字。"
    return None


def reason_answer_too_short(*, answer: str) -> str | None:
    """Why the words do not do as an answer, or None."""
    if len(answer.strip()) < SHORTEST_WORDS:
        return f"请写明答复，说明核实情况，至少 {SHORTEST_WORDS} 个字。"
    return None


def reason_not_corrected(
    *, answer: str, before: Decimal | None, after: Decimal | None
) -> str | None:
    """Why an objection is not settled by a correction, or None."""
    if before == after:
        return "重新计算后数值没有变化。请先更正原始记录再办理，或选择“维持原数”并说明理由。"
    return reason_answer_too_short(answer=answer)


def reason_value_unfit(
    *,
    value: Decimal,
    is_percentage: bool,
    decimals: int,
    starts: datetime.date,
    today: datetime.date,
) -> str | None:
    """Why a number may not be reported, or None; a share above 100 % hides a wrong unit."""
    if starts > today:
        return "统计期还没有开始，不能填报。请选择已开始的统计期。"
    if value < 0:
        return "数值不能小于 0，请核对。"
    if value > LARGEST:
        return "数值过大，请核对单位。"
    if is_percentage and value > WHOLE:
        return "百分比不能超过 100，请核对数值和单位。"
    if -int(value.normalize().as_tuple().exponent) > decimals:
        return f"这项指标最多保留 {decimals} 位小数，请核对。"
    return None
