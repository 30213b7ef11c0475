"""What a batch may say otherwise than its scheme, and whether it takes applications."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.rules.definition import Definition

LONGEST_BASIS = 300


def reason_wrong_overrides(
    definition: Definition, overrides: Mapping[str, Mapping[str, str]]
) -> str | None:
    """A regional value names a parameter of the scheme, is a number, and says why (地区调整)."""
    known = {row.code: row for row in definition.parameters}
    for code, said in overrides.items():
        parameter = known.get(code)
        if parameter is None:
            return f"方案里没有“{code}”这个参数，不能调整。"
        if not is_number(said.get("value", "")):
            return f"“{parameter.label}”的地区值应为数字，请重新填写。"
        if not said.get("reason", "").strip() or not said.get("basis", "").strip():
            return f"调整“{parameter.label}”须写明理由和依据。"
    return None


def is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def reason_call_closed(
    *, state: CampaignState, opens_on: datetime.date, closes_on: datetime.date, on: datetime.date
) -> str | None:
    """Whether applications are taken on a day: the call is out and the day within it (申报期)."""
    if state != CampaignState.OPEN:
        return f"本批次{state.label}，不受理申报。请留意下一批申报通知。"
    if on < opens_on:
        return f"申报从 {opens_on:%Y年%m月%d日} 开始，请到时再填报。"
    if on >= closes_on:
        return "申报期已经截止，不再受理。请留意下一批申报通知。"
    return None
