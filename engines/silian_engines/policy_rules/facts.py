"""Reading the facts of one case (读取事实): everything missing, unknown or unreadable is named."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from .definitions import Input
from .errors import FactsRefused
from .quantities import LARGEST

Reader = Callable[[Any], Any]
FARTHEST = 40  # decimal exponents beyond this are no amounts, and slow to read


class Unreadable(Exception):
    """One fact that cannot be read, as half a sentence."""


def reader(fact: Input) -> Reader:
    """The function that turns one stated fact into whole numbers."""
    if fact.each:
        return _members(fact)
    if fact.choices:
        return _choice(fact.choices)
    if fact.unit == "是否":
        return _truth
    if fact.unit == "日期":
        return _day
    return _text if fact.unit == "文字" else _number(fact)


def read(facts: Mapping[str, Any], readers: Sequence[tuple[Input, Reader]]) -> list[Any]:
    """The values of all inputs, or one refusal that names every problem."""
    try:
        values = [read_one(facts[fact.name]) for fact, read_one in readers]
    except (KeyError, Unreadable, TypeError):
        raise _refusal(facts, readers) from None
    if len(facts) != len(values):
        raise _refusal(facts, readers)
    return values


def _refusal(facts: Mapping[str, Any], readers: Sequence[tuple[Input, Reader]]) -> FactsRefused:
    if not isinstance(facts, Mapping):
        return FactsRefused("事实应当是一个对象：名称和数值成对填写。")
    names = {fact.name for fact, _ in readers}
    missing = [f"{fact.title}（{fact.name}）" for fact, _ in readers if fact.name not in facts]
    unknown = [_suggested(str(name), names) for name in facts if name not in names]
    parts = [f"缺少：{'、'.join(missing)}"] if missing else []
    parts += [f"不认识：{'、'.join(unknown)}"] if unknown else []
    for fact, read_one in readers:
        try:
            if fact.name in facts:
                read_one(facts[fact.name])
        except Unreadable as problem:
            parts.append(f"{fact.title}（{fact.name}）{problem}")
    return FactsRefused("；".join(parts) + "。")


def _suggested(name: str, names: set[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"{name}（是否为 {near[0]}）" if near else name


def is_number(fact: Input) -> bool:
    return not (fact.each or fact.choices or fact.unit in ("是否", "日期", "文字"))


def whole_parts(fact: Input) -> dict[int, int]:
    """For each denominator that the unit can hold: how many smallest units its part has."""
    factor: int = 10**fact.decimals
    return {part: factor // part for part in range(1, factor + 1) if factor % part == 0}


def _number(fact: Input) -> Reader:
    unit = fact.unit
    least, most = -LARGEST if fact.may_be_negative else 0, fact.largest
    parts = whole_parts(fact)

    def whole(value: Any) -> int:
        if type(value) is not Decimal:
            value = _decimal(value, unit)
        if not -FARTHEST < value.adjusted() < FARTHEST:
            raise Unreadable("超过可计算的范围")
        try:
            numerator, part = value.as_integer_ratio()
            result: int = numerator * parts[part]
        except KeyError:
            raise Unreadable(f"小数位过多，{unit}最多保留{fact.decimals}位小数") from None
        except (ValueError, OverflowError):
            raise Unreadable("不是有限的数") from None
        if least <= result <= most:
            return result
        raise Unreadable("不能是负数" if result < least and least == 0 else "超过可计算的范围")

    return whole


def _decimal(value: Any, unit: str) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    if type(value) is str:
        return _parsed(value, unit)
    raise Unreadable(f"应当写成十进制数，单位为{unit}")


def _parsed(text: str, unit: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable(f"“{text[:20]}”不是数，单位为{unit}") from None


def _choice(choices: tuple[str, ...]) -> Reader:
    places = {choice: place for place, choice in enumerate(choices)}

    def place(value: Any) -> int:
        found = places.get(value) if isinstance(value, str) else None
        if found is None:
            raise Unreadable(f"只能是{'、'.join(choices)}之一")
        return found

    return place


def _truth(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise Unreadable("只能是 true 或 false")


def _day(value: Any) -> int:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise Unreadable("应当写成 2021-06-30 这样的日期") from None
    if type(value) is not date:
        raise Unreadable("应当写成 2021-06-30 这样的日期")
    if not 1900 <= value.year <= 2200:
        raise Unreadable("应当在1900年至2200年之间")
    return value.toordinal()


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise Unreadable("应当是文字")


def _members(fact: Input) -> Reader:
    readers = [(field, reader(field)) for field in fact.each]
    names = {field.name for field in fact.each}

    def rows(value: Any) -> list[tuple[Any, ...]]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise Unreadable("应当是一份名册（列表）")
        if len(value) < fact.at_least:
            raise Unreadable(f"至少填写{fact.at_least}行")
        return [_member(row, place, readers, names) for place, row in enumerate(value, 1)]

    return rows


def _member(
    row: Any, place: int, readers: list[tuple[Input, Reader]], names: set[str]
) -> tuple[Any, ...]:
    if not isinstance(row, Mapping) or set(row) != names:
        raise Unreadable(f"第{place}行应当有且只有 {'、'.join(field.name for field, _ in readers)}")
    values = []
    for field, read_one in readers:
        try:
            values.append(read_one(row[field.name]))
        except Unreadable as problem:
            raise Unreadable(f"第{place}行的{field.title}（{field.name}）{problem}") from None
    return tuple(values)
