"""Values of terms: read from what was typed, kept as JSON, shown to a reader."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from silian.casework.agreements.choices import TermType
from silian.casework.agreements.registry import AgreementKind, TermField
from silian.foundation.kernel.errors import DomainError

UNSET = "未设定"
LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 5000
CENT = Decimal("0.01")


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def normalised_terms(
    kind: AgreementKind, terms: Mapping[str, Any], *, partial: bool = False
) -> dict[str, Any]:
    """The terms as they are kept; raises the refusal of the first that is wrong or missing.

    ``partial`` takes only the terms that are given, as an amendment does.
    """
    unknown = sorted(set(terms) - set(kind.terms_by_code))
    if unknown:
        raise DomainError(f"“{kind.label}”没有这些条款：{'、'.join(unknown)}。请核对条款名称。")
    kept: dict[str, Any] = {}
    for term in kind.all_terms:
        if term.code not in terms and partial:
            continue
        kept[term.code] = normalised(term, terms.get(term.code))
    return kept


def normalised(term: TermField, value: Any) -> Any:
    """One value as it is kept, or the refusal."""
    if is_empty(value):
        if term.required:
            raise DomainError(f"请填写“{term.label}”。", field=term.code)
        return None
    try:
        return READERS[term.type](value, term)
    except (ValueError, InvalidOperation, TypeError) as error:
        raise DomainError(
            f"“{term.label}”应为{TermType(term.type).label}，请重新填写。", field=term.code
        ) from error


def read_text(value: Any, term: TermField) -> str:
    text = str(value).strip()
    most = LONGEST_LONG_TEXT if term.type == TermType.LONG_TEXT else LONGEST_TEXT
    if len(text) > most:
        raise DomainError(f"“{term.label}”不能超过 {most} 字，请精简。", field=term.code)
    return text


def read_date(value: Any, term: TermField) -> str:
    if isinstance(value, datetime.datetime):
        raise ValueError("a moment is not a day")
    day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
    return day.isoformat()


def read_time(value: Any, term: TermField) -> str:
    clock = value if isinstance(value, datetime.time) else datetime.time.fromisoformat(str(value))
    return clock.strftime("%H:%M")


def read_money(value: Any, term: TermField) -> str:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError("no amount of money")
    return str(amount.quantize(CENT))


def read_decimal(value: Any, term: TermField) -> str:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("no number")
    return plain(number)


def read_integer(value: Any, term: TermField) -> int:
    if isinstance(value, bool) or int(value) != Decimal(str(value)):
        raise ValueError("no whole number")
    return int(value)


def read_choice(value: Any, term: TermField) -> str:
    if str(value) not in dict(term.choices):
        raise ValueError("not among the choices")
    return str(value)


def read_yes_no(value: Any, term: TermField) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither yes nor no")
    return value


def read_list(value: Any, term: TermField) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    return [str(line).strip() for line in lines if str(line).strip()]


READERS: dict[str, Callable[[Any, TermField], Any]] = {
    TermType.TEXT: read_text,
    TermType.LONG_TEXT: read_text,
    TermType.DATE: read_date,
    TermType.TIME: read_time,
    TermType.MONEY: read_money,
    TermType.INTEGER: read_integer,
    TermType.DECIMAL: read_decimal,
    TermType.CHOICE: read_choice,
    TermType.YES_NO: read_yes_no,
    TermType.TEXT_LIST: read_list,
}


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 8.50 → 8.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(term: TermField, value: Any) -> str:
    """A kept value for a reader, with its unit (条款内容)."""
    if is_empty(value):
        return UNSET
    if term.type == TermType.MONEY:
        return f"{grouped(Decimal(value))} {term.unit or '元'}"
    if term.type in (TermType.DECIMAL, TermType.INTEGER):
        return f"{plain(Decimal(str(value)))}{' ' + term.unit if term.unit else ''}"
    if term.type == TermType.DATE:
        day = datetime.date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if term.type == TermType.CHOICE:
        return dict(term.choices).get(value, str(value))
    if term.type == TermType.YES_NO:
        return "是" if value else "否"
    return "；".join(value) if isinstance(value, list) else str(value)


def grouped(amount: Decimal) -> str:
    whole = f"{amount:,.2f}"
    return whole.removesuffix(".00")


def measure(term: TermField, value: Any) -> Decimal | None:
    """The value as a number that can be compared, or None."""
    if is_empty(value):
        return None
    if term.type == TermType.YES_NO:
        return Decimal(int(value))
    if term.type in (TermType.MONEY, TermType.DECIMAL, TermType.INTEGER):
        return Decimal(str(value))
    return None
