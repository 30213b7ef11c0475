"""When a value of a parameter may be set or put right, and how a value reads (参数规则)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a form, and at which box."""

    field: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A value as typed: one number, or a span, from a day on, by a clause (参数设定)."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    valid_from: datetime.date
    valid_to: datetime.date | None
    source: str
    place: str
    clause_id: int | None
    reason: str
    is_correction: bool


def fault_of(
    setting: Setting, *, present_from: datetime.date | None, present_is_set: bool
) -> Fault | None:
    """Why this value cannot be kept, or None.

    ``present_from`` is the first day of the row in force in the same region, if there is one.
    """
    if setting.value is None and setting.low is None and setting.high is None:
        return Fault(
            field="value", text="请填写数值，或填写下限、上限；没有数值的参数保持“未设定”。"
        )
    if setting.value is not None and (setting.low is not None or setting.high is not None):
        return Fault(field="value", text="数值与上下限只能填一种。区间请只填下限和上限。")
    if setting.low is not None and setting.high is not None and setting.high < setting.low:
        return Fault(field="high", text="上限不能小于下限，请核对两个数值。")
    if setting.clause_id is None and not setting.source:
        return Fault(field="clause", text="参数要有依据：请选择条款，或填写文号和条款。")
    if setting.valid_to is not None and setting.valid_to <= setting.valid_from:
        return Fault(field="valid_to", text="停用日应晚于起用日，请改正日期。")
    return date_fault(setting, present_from=present_from, present_is_set=present_is_set)


def date_fault(
    setting: Setting, *, present_from: datetime.date | None, present_is_set: bool
) -> Fault | None:
    """A value never changes the past: it begins later, or says that it corrects a mistake."""
    if setting.is_correction:
        if not present_is_set:
            return Fault(field="is_correction", text="本地区还没有数值可以更正，请直接设定。")
        if not setting.reason:
            return Fault(field="reason", text="更正已有的数值要写明理由，历史里会保留原值。")
        return None
    if present_from is None:
        return None
    if present_is_set and setting.valid_from <= present_from:
        return Fault(
            field="valid_from",
            text=f"现行数值自 {present_from:%Y-%m-%d} 起用，新数值应晚于这一天；"
            "要改正录错的数值，请勾选“更正”。",
        )
    if setting.valid_from < present_from:
        return Fault(
            field="valid_from",
            text=f"要求设定这项参数的规定自 {present_from:%Y-%m-%d} 起有效，起用日不能更早。",
        )
    return None


def value_words(
    *, value: Decimal | None, low: Decimal | None, high: Decimal | None, comparator: str, unit: str
) -> str:
    """A value as officials write it.

    >>> value_words(value=None, low=Decimal("1.5000"), high=Decimal("2.5"), comparator="", unit="%")
    '1.5—2.5%'
    >>> value_words(value=Decimal("4500"), low=None, high=None, comparator="", unit="元/人·年")
    '4,500 元/人·年'
    >>> value_words(value=None, low=None, high=None, comparator="", unit="")
    '未设定'
    """
    sign = {">=": "不低于 ", "<=": "不超过 ", "~": "约 "}.get(comparator, "")
    if value is not None:
        return sign + measured(plain(value), unit)
    if low is not None and high is not None and low != high:
        return measured(f"{plain(low)}—{plain(high)}", unit)
    if low is None and high is None:
        return UNSET
    single = low if low is not None else high
    given = sign or ("不低于 " if low is not None and high is None else "不超过 ")
    return (sign if low == high else given) + measured(plain(single), unit)


def measured(number: str, unit: str) -> str:
    return f"{number}{unit}" if unit.startswith("%") or not unit else f"{number} {unit}"


def plain(number: Decimal | None) -> str:
    """Without noughts behind the point: 4,500 and 1.5."""
    if number is None:
        return ""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
