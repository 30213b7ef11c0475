"""What a listing says, and whether it says enough to be published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from silian.operations.exchange.choices import Visibility
from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind

LONGEST_TEXT = 200
LONGEST_LONG_TEXT = 3000
NO_NUMBER_UNITS = frozenset({"免费", "无报酬"})


@dataclass(frozen=True, kw_only=True)
class ListingContent:
    """Everything about a listing that its publisher writes (供需内容)."""

    kind: str
    side: str
    title: str
    division_id: str
    description: str = ""
    place: str = ""
    industry_id: str | None = None
    occupation_id: str | None = None
    industry_chain: str = ""
    majors: tuple[str, ...] = ()
    capacity: int | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    price_unit: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    visibility: str = Visibility.PUBLIC
    details: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The values by column of the table."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {**values, "majors": list(self.majors), "details": dict(self.details)}


COLUMNS = tuple(item.name for item in fields(ListingContent))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A field that is missing or senseless, and the cure (字段问题)."""

    field: str
    sentence: str


def faults_of(content: ListingContent, *, kind: ListingKind) -> list[Fault]:
    """What must be filled in or put right before this content can be published."""
    return [
        *(Fault(field=name, sentence=text) for name, text in common_faults(content, kind=kind)),
        *detail_faults(content, kind=kind),
    ]


def common_faults(content: ListingContent, *, kind: ListingKind) -> Iterator[tuple[str, str]]:
    if len(content.title.strip()) < 4:
        yield "title", "标题至少 4 个字，写清对象和数量。"
    if not content.division_id:
        yield "division", "请选择所在区划，供对方按区域查找。"
    if kind.names_occupation and not content.occupation_id and kind.code in NEEDS_OCCUPATION:
        yield "occupation", "请选择对应的职业，系统会按标题给出建议。"
    if kind.quantity and kind.quantity.required and not content.capacity:
        yield "capacity", f"请填写{kind.quantity.label}。"
    yield from price_faults(content, kind=kind)
    if content.starts_on and content.ends_on and content.ends_on <= content.starts_on:
        yield "ends_on", "结束日须晚于开始日。"


NEEDS_OCCUPATION = frozenset({"job", "internship", "apprenticeship"})


def price_faults(content: ListingContent, *, kind: ListingKind) -> Iterator[tuple[str, str]]:
    if kind.price is None:
        return
    is_free = content.price_unit in NO_NUMBER_UNITS
    if kind.price.required and content.price_min is None and not is_free:
        yield "price_min", f"请填写{kind.price.label}，不能写“面议”。"
    if content.price_min is not None and content.price_unit not in kind.price.units:
        yield "price_unit", f"请选择{kind.price.label}的计价单位。"
    if content.price_max is not None:
        if content.price_min is None:
            yield "price_min", "填写了上限，请同时填写下限。"
        elif content.price_max < content.price_min:
            yield "price_max", "上限不能低于下限。"


def detail_faults(content: ListingContent, *, kind: ListingKind) -> list[Fault]:
    found = []
    for item in kind.fields_on(side=content.side):
        value = content.details.get(item.name)
        sentence = fault_of_value(value, item=item)
        if sentence:
            found.append(Fault(field=item.name, sentence=sentence))
    return found


def fault_of_value(value: Any, *, item: KindField) -> str | None:
    """What is wrong with the value of one own field, or None."""
    if value in (None, "", []):
        return f"请填写“{item.label}”。" if item.required else None
    check = CHECKS.get(item.type)
    return check(value, item) if check else None


def fault_of_text(value: Any, item: KindField) -> str | None:
    longest = LONGEST_LONG_TEXT if item.type is FieldType.LONG_TEXT else LONGEST_TEXT
    if not isinstance(value, str) or len(value) > longest:
        return f"“{item.label}”须是 {longest} 字以内的文字。"
    return None


def fault_of_number(value: Any, item: KindField) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"“{item.label}”须是整数。"
    if value < item.least:
        return f"“{item.label}”不能小于 {item.least}。"
    if item.most is not None and value > item.most:
        return f"“{item.label}”不能大于 {item.most}。"
    return None


def fault_of_money(value: Any, item: KindField) -> str | None:
    try:
        amount = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        return f"“{item.label}”须是不小于 0 的金额。"
    return None


def fault_of_choice(value: Any, item: KindField) -> str | None:
    chosen = value if item.type is FieldType.CHOICES else [value]
    if not isinstance(chosen, list) or any(one not in item.choices for one in chosen):
        return f"“{item.label}”只能选：{'、'.join(item.choices)}。"
    return None


def fault_of_yes_no(value: Any, item: KindField) -> str | None:
    return None if isinstance(value, bool) else f"“{item.label}”请选是或否。"


def fault_of_date(value: Any, item: KindField) -> str | None:
    try:
        datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return f"“{item.label}”须是日期，例如 2026-06-01。"
    return None


CHECKS = {
    FieldType.TEXT: fault_of_text,
    FieldType.LONG_TEXT: fault_of_text,
    FieldType.NUMBER: fault_of_number,
    FieldType.MONEY: fault_of_money,
    FieldType.CHOICE: fault_of_choice,
    FieldType.CHOICES: fault_of_choice,
    FieldType.YES_NO: fault_of_yes_no,
    FieldType.DATE: fault_of_date,
}
