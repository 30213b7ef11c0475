"""Fields of a form from the terms of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms

from silian.casework.agreements.choices import TermType
from silian.casework.agreements.registry import TermField
from silian.casework.agreements.rules.values import LONGEST_LONG_TEXT, LONGEST_TEXT
from silian.foundation.ui import widgets

HALF_TYPES = frozenset(
    {TermType.DATE, TermType.TIME, TermType.MONEY, TermType.INTEGER, TermType.DECIMAL}
)
MOST_DIGITS = 14
YES, NO = "yes", "no"


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def text_field(term: TermField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT)


def long_field(term: TermField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=area(3))


def list_field(term: TermField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=area(3))


def date_field(term: TermField) -> forms.Field:
    return forms.DateField(widget=widgets.DateInput())


def time_field(term: TermField) -> forms.Field:
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def money_field(term: TermField) -> forms.Field:
    unit = term.unit or "元"
    return forms.DecimalField(
        min_value=0,
        max_digits=MOST_DIGITS,
        decimal_places=2,
        widget=widgets.MoneyInput(unit=unit),
    )


def decimal_field(term: TermField) -> forms.Field:
    return forms.DecimalField(max_digits=MOST_DIGITS, decimal_places=4)


def integer_field(term: TermField) -> forms.Field:
    return forms.IntegerField()


def choice_field(term: TermField) -> forms.Field:
    return forms.ChoiceField(choices=[("", "请选择"), *term.choices])


def yes_no_field(term: TermField) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[(YES, "是"), (NO, "否")],
        coerce=lambda value: value == YES,
        empty_value=None,
        widget=widgets.RadioList(),
    )


MAKERS: dict[str, Callable[[TermField], forms.Field]] = {
    TermType.TEXT: text_field,
    TermType.LONG_TEXT: long_field,
    TermType.DATE: date_field,
    TermType.TIME: time_field,
    TermType.MONEY: money_field,
    TermType.INTEGER: integer_field,
    TermType.DECIMAL: decimal_field,
    TermType.CHOICE: choice_field,
    TermType.YES_NO: yes_no_field,
    TermType.TEXT_LIST: list_field,
}


def field_of(term: TermField) -> forms.Field:
    """The form field of a term, with its label, unit, help and width."""
    field = MAKERS[term.type](term)
    unit = f"（{term.unit}）" if term.unit and term.type != TermType.MONEY else ""
    field.label, field.help_text, field.required = f"{term.label}{unit}", term.help, term.required
    if not field.help_text and term.type == TermType.TEXT_LIST:
        field.help_text = "一行一项。"
    field.half = term.type in HALF_TYPES  # type: ignore[attr-defined]
    return field


def fields_by_group(terms: Iterable[TermField]) -> list[tuple[str, list[str]]]:
    """Headings with the names of their fields, in the order of the kind."""
    groups: dict[str, list[str]] = {}
    for term in terms:
        groups.setdefault(term.group or "约定", []).append(term.code)
    return list(groups.items())


def initial_of(terms: Iterable[TermField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the fields show them."""
    shown: dict[str, Any] = {}
    for term in terms:
        value = values.get(term.code)
        if isinstance(value, bool):
            value = YES if value else NO
        shown[term.code] = "\n".join(value) if isinstance(value, list) else value
    return shown
