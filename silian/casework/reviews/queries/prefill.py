"""Answers that the platform already knows (预填)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from silian.casework.reviews.registry import fact_named
from silian.casework.reviews.rules.definition import Definition
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.typed_values import is_empty, normalised
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """A known answer and where it comes from, for the mark beside the box."""

    value: Any
    source: str


def prefilled(
    definition: Definition, organisation: Organisation, on: datetime.date
) -> dict[str, Prefilled]:
    """The answers of a form that the platform knows on a day, by field; the rest is left out.

    What does not fit the question is left out too: the applicant answers it.
    """
    known: dict[str, Prefilled] = {}
    for field in definition.form:
        fact = fact_named(field.prefill) if field.prefill else None
        value = fact.reader(organisation, on) if fact else None
        if fact is None or is_empty(value):
            continue
        try:
            known[field.code] = Prefilled(value=normalised(field, value), source=fact.label)
        except DomainError:
            continue
    return known


def prefilled_answers(
    definition: Definition, organisation: Organisation, on: datetime.date
) -> dict[str, Any]:
    """Only the values, as a first draft of the answers."""
    return {code: row.value for code, row in prefilled(definition, organisation, on).items()}
