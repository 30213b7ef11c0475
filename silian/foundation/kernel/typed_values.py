"""Typed values: read from what was typed, kept as JSON, shown to a reader."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.db import models

from silian.foundation.kernel.errors import DomainError

UNSET = "未设定"
LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 5000
CENT = Decimal("0.01")


class ValueType(models.TextChoices):
    """What a typed value holds (数据类型)."""

    TEXT = "text", "短文本"
    LONG_TEXT = "long_text", "长文本"
    DATE = "date", "日期"
    TIME = "time", "时刻"
    MONEY = "money", "金额（元）"
    INTEGER = "integer", "整数"
    DECIMAL = "decimal", "小数"
    CHOICE = "choice", "单选"
    YES_NO = "yes_no", "是或否"
    TEXT_LIST = "text_list", "逐条列出"


class TypedField(Protocol):
    """What a field of a definition says of itself (带类型的项目)."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def type(self) -> ValueType: ...
    @property
    def group(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def choices(self) -> Sequence[tuple[str, str]]: ...
    @property
    def help(self) -> str: ...


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def normalised(field: TypedField, value: Any) -> Any:
    """One value as it is kept, or the refusal."""
    if is_empty(value):
        if field.required:
            raise DomainError(f"请填写“{field.label}”。", field=field.code)
        return None
    try:
        return READERS[field.type](value, field)
    except (ValueError, InvalidOperation, TypeError) as error:
        raise DomainError(
            f"“{field.label}”应为{ValueType(field.type).label}，请重新填写。", field=field.code
        ) from error


def read_text(value: Any, field: TypedField) -> str:
    text = str(value).strip()
    most = LONGEST_LONG_TEXT if field.type == ValueType.LONG_TEXT else LONGEST_TEXT
    if len(text) > most:
        raise DomainError(f"“{field.label}”不能超过 {most} 字，请精简。", field=field.code)
    return text


def read_date(value: Any, field: TypedField) -> str:
    if isinstance(value, datetime.datetime):
        raise ValueError("a moment is not a day")
    day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
    return day.isoformat()


def read_time(value: Any, field: TypedField) -> str:
    clock = value if isinstance(value, datetime.time) else datetime.time.fromisoformat(str(value))
    return clock.strftime("%H:%M")


def read_money(value: Any, field: TypedField) -> str:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError("no amount of money")
    return str(amount.quantize(CENT))


def read_decimal(value: Any, field: TypedField) -> str:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("no number")
    return plain(number)


def read_integer(value: Any, field: TypedField) -> int:
    if isinstance(value, bool) or int(value) != Decimal(str(value)):
        raise ValueError("no whole number")
    return int(value)


def read_choice(value: Any, field: TypedField) -> str:
    if str(value) not in dict(field.choices):
        raise ValueError("not among the choices")
    return str(value)


def read_yes_no(value: Any, field: TypedField) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither yes nor no")
    return value


def read_list(value: Any, field: TypedField) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    return [str(line).strip() for line in lines if str(line).strip()]


READERS: dict[str, Callable[[Any, TypedField], Any]] = {
    ValueType.TEXT: read_text,
    ValueType.LONG_TEXT: read_text,
    ValueType.DATE: read_date,
    ValueType.TIME: read_time,
    ValueType.MONEY: read_money,
    ValueType.INTEGER: read_integer,
    ValueType.DECIMAL: read_decimal,
    ValueType.CHOICE: read_choice,
    ValueType.YES_NO: read_yes_no,
    ValueType.TEXT_LIST: read_list,
}


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 8.50 → 8.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(field: TypedField, value: Any) -> str:
    """A kept value for a reader, with its unit (条款内容)."""
    if is_empty(value):
        return UNSET
    if field.type == ValueType.MONEY:
        return f"{grouped(Decimal(value))} {field.unit or '元'}"
    if field.type in (ValueType.DECIMAL, ValueType.INTEGER):
        return f"{plain(Decimal(str(value)))}{' ' + field.unit if field.unit else ''}"
    if field.type == ValueType.DATE:
        day = datetime.date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if field.type == ValueType.CHOICE:
        return dict(field.choices).get(value, str(value))
    if field.type == ValueType.YES_NO:
        return "是" if value else "否"
    return "；".join(value) if isinstance(value, list) else str(value)


def grouped(amount: Decimal) -> str:
    whole = f"{amount:,.2f}"
    return whole.removesuffix(".00")


def measure(field: TypedField, value: Any) -> Decimal | None:
    """The value as a number that can be compared, or None."""
    if is_empty(value):
        return None
    if field.type == ValueType.YES_NO:
        return Decimal(int(value))
    if field.type in (ValueType.MONEY, ValueType.DECIMAL, ValueType.INTEGER):
        return Decimal(str(value))
    return None
