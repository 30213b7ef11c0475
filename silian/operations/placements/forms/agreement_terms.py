"""Boxes for the terms of an agreement kind that no row of this module tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms

from silian.casework.agreements.choices import TermType
from silian.casework.agreements.registry import AgreementKind, TermField, kind_named
from silian.foundation.ui.widgets import DateInput, MoneyInput

PREFIX = "term_"
ROWS = {"rows": 3}


def text_box(term: TermField) -> forms.Field:
    return forms.CharField(max_length=200)


def long_text_box(term: TermField) -> forms.Field:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs=ROWS))


def list_box(term: TermField) -> forms.Field:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs=ROWS), help_text="一行一项")


def choice_box(term: TermField) -> forms.Field:
    return forms.ChoiceField(choices=term.choices)


def yes_no_box(term: TermField) -> forms.Field:
    return forms.TypedChoiceField(
        choices=(("yes", "是"), ("no", "否")), coerce=lambda text: text == "yes"
    )


BOXES: dict[TermType, Callable[[TermField], forms.Field]] = {
    TermType.TEXT: text_box,
    TermType.LONG_TEXT: long_text_box,
    TermType.TEXT_LIST: list_box,
    TermType.CHOICE: choice_box,
    TermType.YES_NO: yes_no_box,
    TermType.DATE: lambda term: forms.DateField(widget=DateInput()),
    TermType.TIME: lambda term: forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"})),
    TermType.MONEY: lambda term: forms.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, widget=MoneyInput()
    ),
    TermType.INTEGER: lambda term: forms.IntegerField(min_value=0),
    TermType.DECIMAL: lambda term: forms.DecimalField(max_digits=8, decimal_places=2, min_value=0),
}


def typed_terms(kind: AgreementKind, *, derived: Collection[str]) -> list[TermField]:
    """The terms of a kind that somebody has to type."""
    return [term for term in kind.terms if term.code not in derived]


def box_of(term: TermField) -> forms.Field:
    """The box of one typed term, with its label, unit and help."""
    box = BOXES[term.type](term)
    box.label = f"{term.label}（{term.unit}）" if term.unit else term.label
    box.required = term.required
    box.help_text = term.help or box.help_text
    return box


class AgreementTermsForm(forms.Form):
    """The terms that both sides settle once, for every agreement of the order or programme."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        derived: Collection[str],
        terms: Mapping[str, Any] | None = None,
        **rest: Any,
    ):
        super().__init__(*args, **rest)
        self.typed = typed_terms(kind_named(kind), derived=derived)
        self.fieldsets: list[tuple[str, list[str]]] = []
        groups: dict[str, list[str]] = {}
        for term in self.typed:
            name = PREFIX + term.code
            self.fields[name] = box_of(term)
            self.initial.setdefault(name, shown(term, (terms or {}).get(term.code)))
            groups.setdefault(term.group, []).append(name)
        self.fieldsets = list(groups.items())

    @property
    def terms(self) -> dict[str, Any]:
        """The typed terms as an agreement keeps them: text, numbers, dates as text."""
        return {
            term.code: kept(term, self.cleaned_data.get(PREFIX + term.code)) for term in self.typed
        }


def kept(term: TermField, value: Any) -> Any:
    """A value as it is stored: numbers as text, lists line by line."""
    if value in (None, ""):
        return None
    if term.type == TermType.TEXT_LIST:
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    if term.type in (TermType.YES_NO, TermType.INTEGER):
        return value
    if term.type == TermType.TIME:
        return f"{value:%H:%M}"
    return str(value)


def shown(term: TermField, value: Any) -> Any:
    """A stored value as the box shows it."""
    if term.type == TermType.TEXT_LIST and isinstance(value, list):
        return "\n".join(value)
    if term.type == TermType.YES_NO and isinstance(value, bool):
        return "yes" if value else "no"
    return value
