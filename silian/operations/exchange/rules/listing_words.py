"""A listing's values as a person reads them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from silian.operations.exchange.choices import Side, Visibility
from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind
from silian.operations.exchange.rules.listing_content import NO_NUMBER_UNITS

TEN_THOUSAND = Decimal(10_000)
TEN_THOUSANDS_FROM = Decimal(100_000)


def amount_words(amount: Decimal, *, unit: str) -> str:
    """An amount with its unit: 3,400 元/月; sums from 100,000 yuan in 万元."""
    if unit == "元" and amount >= TEN_THOUSANDS_FROM:
        return f"{plain(amount / TEN_THOUSAND)} 万元"
    return f"{plain(amount)} {unit}"


def plain(amount: Decimal) -> str:
    """With separators, and cents only where there are any."""
    rounded = amount.quantize(Decimal("0.01"))
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def price_words(*, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A price or pay: 3,400 元/月; 5,000–7,500 元/月; 免费; 未设定."""
    if unit in NO_NUMBER_UNITS:
        return unit
    if low is None:
        return "未设定"
    if high is None or high == low:
        return amount_words(low, unit=unit)
    first, second = amount_words(low, unit=unit), amount_words(high, unit=unit)
    if first.split(" ")[1] == second.split(" ")[1]:
        return f"{first.split(' ')[0]}–{second}"
    return f"{first}至 {second}"


def period_words(*, starts_on: datetime.date | None, ends_on: datetime.date | None) -> str:
    """A half-open period with its last day named: 2026年6月1日至11月30日."""
    if starts_on is None and ends_on is None:
        return "长期"
    last = ends_on - datetime.timedelta(days=1) if ends_on else None
    if starts_on is None or last is None:
        return f"{day_words(starts_on)}起" if starts_on else f"至{day_words(last)}"
    words = day_words(last)
    same_year = starts_on.year == last.year
    return f"{day_words(starts_on)}至{words.split('年')[1] if same_year else words}"


def day_words(day: datetime.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def detail_words(value: Any, *, item: KindField) -> str:
    """The value of an own field with its unit."""
    if value in (None, "", []):
        return ""
    if item.type is FieldType.YES_NO:
        return "是" if value else "否"
    if item.type is FieldType.CHOICES:
        return "、".join(value)
    if item.type is FieldType.MONEY:
        return amount_words(Decimal(value), unit=item.unit)
    if item.type is FieldType.NUMBER:
        return f"{value:,} {item.unit}".strip()
    return str(value)


SUGGESTED_FIELDS = "suggested_fields"
OCCUPATION_FIELD = "occupation"
SUGGESTIBLE = ("skill_names", "education", "skill_level", SUGGESTED_FIELDS)
"""Details that an import may fill with what was read; the last one names those that it did."""


def marked_words(words: str, *, field: str, details: Mapping[str, Any]) -> str:
    """The words of a field, with a mark where nobody but the program has said so (识别所得)."""
    is_read = words and field in details.get(SUGGESTED_FIELDS, ())
    return f"{words}（识别所得，待确认）" if is_read else words


def capacity_words(*, left: int | None, total: int | None, unit: str) -> str:
    if total is None:
        return ""
    if left is None or left == total:
        return f"{total:,} {unit}"
    return f"余 {left:,} / {total:,} {unit}"


LABELS = {
    "kind": "类别",
    "side": "方向",
    "title": "标题",
    "description": "说明",
    "division_id": "所在区划",
    "place": "地点",
    "industry_id": "行业",
    "occupation_id": "职业",
    "industry_chain": "重点产业链",
    "majors": "专业",
    "capacity": "数量",
    "price_min": "价格或报酬下限",
    "price_max": "价格或报酬上限",
    "price_unit": "计价单位",
    "starts_on": "开始日",
    "ends_on": "结束日（不含）",
    "visibility": "可见范围",
}


def column_words(name: str, value: Any, *, names: Mapping[str, str]) -> str:
    """A common field as text; ``names`` gives the names behind codes."""
    if value in (None, "", [], ()):
        return ""
    if name == "side":
        return str(Side(value).label)
    if name == "visibility":
        return str(Visibility(value).label)
    if name == "majors":
        return "、".join(names.get(code, code) for code in value)
    if isinstance(value, Decimal):
        return plain(value)
    return names.get(str(value), str(value))


def changes_between(
    *,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    kind: ListingKind,
    names: Mapping[str, str],
) -> dict[str, list[str]]:
    """What an edit changed: the label of each field with its old and new text (修改对照)."""
    changes: dict[str, list[str]] = {}
    for name, label in LABELS.items():
        before = column_words(name, old[name], names=names)
        after = column_words(name, new[name], names=names)
        if before != after:
            changes[label] = [before, after]
    for item in kind.fields:
        before = detail_words(old["details"].get(item.name), item=item)
        after = detail_words(new["details"].get(item.name), item=item)
        if before != after:
            changes[item.label] = [before, after]
    return changes
