"""Fields of a form from typed fields of a definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms

from silian.foundation.kernel.typed_values import (
    LONGEST_LONG_TEXT,
    LONGEST_TEXT,
    TypedField,
    ValueType,
)
from silian.foundation.ui import widgets

HALF_TYPES = frozenset(
    {ValueType.DATE, ValueType.TIME, ValueType.MONEY, ValueType.INTEGER, ValueType.DECIMAL}
)
MOST_DIGITS = 14
YES, NO = "yes", "no"


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def text_field(field: TypedField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT)


def long_field(field: TypedField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=area(3))


def list_field(field: TypedField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=area(3))


def date_field(field: TypedField) -> forms.Field:
    return forms.DateField(widget=widgets.DateInput())


def time_field(field: TypedField) -> forms.Field:
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def money_field(field: TypedField) -> forms.Field:
    unit = field.unit or "元"
    return forms.DecimalField(
        min_value=0,
        max_digits=MOST_DIGITS,
        decimal_places=2,
        widget=widgets.MoneyInput(unit=unit),
    )


def decimal_field(field: TypedField) -> forms.Field:
    return forms.DecimalField(max_digits=MOST_DIGITS, decimal_places=4)


def integer_field(field: TypedField) -> forms.Field:
    return forms.IntegerField()


def choice_field(field: TypedField) -> forms.Field:
    return forms.ChoiceField(choices=[("", "请选择"), *field.choices])


def yes_no_field(field: TypedField) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[(YES, "是"), (NO, "否")],
        coerce=lambda value: value == YES,
        empty_value=None,
        widget=widgets.RadioList(),
    )


MAKERS: dict[str, Callable[[TypedField], forms.Field]] = {
    ValueType.TEXT: text_field,
    ValueType.LONG_TEXT: long_field,
    ValueType.DATE: date_field,
    ValueType.TIME: time_field,
    ValueType.MONEY: money_field,
    ValueType.INTEGER: integer_field,
    ValueType.DECIMAL: decimal_field,
    ValueType.CHOICE: choice_field,
    ValueType.YES_NO: yes_no_field,
    ValueType.TEXT_LIST: list_field,
}


def field_of(typed: TypedField) -> forms.Field:
    """The form field of a typed field, with its label, unit, help and width."""
    field = MAKERS[typed.type](typed)
    unit = f"（{typed.unit}）" if typed.unit and typed.type != ValueType.MONEY else ""
    field.label, field.help_text, field.required = (
        f"{typed.label}{unit}",
        typed.help,
        typed.required,
    )
    if not field.help_text and typed.type == ValueType.TEXT_LIST:
        field.help_text = "一行一项。"
    field.half = typed.type in HALF_TYPES  # type: ignore[attr-defined]
    return field


def fields_by_group(
    fields: Iterable[TypedField], *, otherwise: str = "约定"
) -> list[tuple[str, list[str]]]:
    """Headings with the codes of their fields, in the order of the definition."""
    groups: dict[str, list[str]] = {}
    for field in fields:
        groups.setdefault(field.group or otherwise, []).append(field.code)
    return list(groups.items())


def initial_of(fields: Iterable[TypedField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the fields show them."""
    shown: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.code)
        if isinstance(value, bool):
            value = YES if value else NO
        shown[field.code] = "\n".join(value) if isinstance(value, list) else value
    return shown
