"""Boxes for the terms of an agreement kind that no row of this module tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from silian.casework.agreements.registry import AgreementKind, TermField, kind_named
from silian.foundation.kernel.typed_values import ValueType
from silian.foundation.ui.typed_fields import field_of, fields_by_group, initial_of

PREFIX = "term_"


def typed_terms(kind: AgreementKind, *, derived: Collection[str]) -> list[TermField]:
    """The terms of a kind that somebody has to type."""
    return [term for term in kind.terms if term.code not in derived]


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
        for code, value in initial_of(self.typed, terms or {}).items():
            self.initial.setdefault(PREFIX + code, value)
        self.fields.update({PREFIX + term.code: field_of(term) for term in self.typed})
        self.fieldsets = [
            (heading, [PREFIX + code for code in codes])
            for heading, codes in fields_by_group(self.typed)
        ]

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
    if term.type == ValueType.TEXT_LIST:
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    if term.type in (ValueType.YES_NO, ValueType.INTEGER):
        return value
    if term.type == ValueType.TIME:
        return f"{value:%H:%M}"
    return str(value)
