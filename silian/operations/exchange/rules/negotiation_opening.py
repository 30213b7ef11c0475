"""Who may answer a listing, and when a proposal fits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

# Operational setting: a refusal is an answer; asking again next day would be pressing.
DAYS_AFTER_REFUSAL = 10


def reason_not_answerable(
    *,
    writes: bool,
    verified: bool,
    own: bool,
    listing_open: bool,
    fits_kind: bool,
    answerer_names: Sequence[str],
) -> str | None:
    """Why an organisation may not answer a listing, or None (可否应答)."""
    if not writes:
        return "应答供需由单位管理员或经办人办理，请联系贵单位管理员授权。"
    if own:
        return "这是贵单位自己发布的供需，不能自己应答。"
    if not verified:
        return "贵单位尚未核验，不能应答供需。请先在“单位资料”提交核验材料。"
    if not listing_open:
        return "这条供需已不再接受应答。可以搜索同类供需，或登记未满足需求。"
    if not fits_kind:
        return f"这类供需面向{'、'.join(answerer_names)}，贵单位类别不符。"
    return None


def may_ask_again_from(*, refused_on: datetime.date) -> datetime.date:
    """The first day on which a refused organisation may ask again."""
    return refused_on + datetime.timedelta(days=DAYS_AFTER_REFUSAL)


def reason_too_soon(*, refused_on: datetime.date | None, today: datetime.date) -> str | None:
    """Why a refused organisation may not ask again yet, or None (重新发起)."""
    if refused_on is None:
        return None
    again = may_ask_again_from(refused_on=refused_on)
    if today >= again:
        return None
    return (
        f"对方 {refused_on:%Y-%m-%d} 婉拒了贵单位，{DAYS_AFTER_REFUSAL} 天后可以重新发起，"
        f"即 {again:%Y-%m-%d} 起。"
    )


def reason_quantity_unfit(*, quantity: int, left: int | None, unit: str) -> str | None:
    """Why a quantity does not fit what is left, or None (数量)."""
    if quantity < 1:
        return "数量至少为 1。"
    if left is not None and quantity > left:
        return f"这条供需还剩 {left} {unit}，不足 {quantity} {unit}。请改小数量，或与对方另行商定。"
    return None


def reason_period_unfit(
    *, starts_on: datetime.date | None, ends_on: datetime.date | None
) -> str | None:
    """Why a period is none, or None (起止日)."""
    if (starts_on is None) != (ends_on is None):
        return "开始日和结束日须同时填写，或都不填。"
    if starts_on and ends_on and ends_on <= starts_on:
        return "结束日须晚于开始日。"
    return None
