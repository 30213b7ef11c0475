"""The terms of an apprentice's agreement, read from programme and apprentice."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.choices.orders import (
    ApprenticeLevel,
    ApprenticeScheme,
)
from silian.operations.placements.models import Apprentice, Apprenticeship

LEVEL_TERMS = {
    ApprenticeLevel.MIDDLE: "middle",
    ApprenticeLevel.SENIOR: "high",
    ApprenticeLevel.TECHNICIAN: "technician",
}
KIND_OF_SCHEME = {
    ApprenticeScheme.MODERN: "modern_apprenticeship",
    ApprenticeScheme.ENTERPRISE: "enterprise_apprenticeship_training",
}
DERIVED = {
    "modern_apprenticeship": frozenset(
        {
            "double_identity",
            "occupation",
            "programme",
            "rotation",
            "enterprise_hours",
            "school_hours",
            "certificate",
            "mentor",
            "teacher",
            "pay",
            "pay_steps",
        }
    ),
    "enterprise_apprenticeship_training": frozenset(
        {
            "contract_number",
            "contract_starts_on",
            "contract_ends_on",
            "occupation",
            "level",
            "training_hours",
            "mentor",
            "teacher",
            "pay",
        }
    ),
    "order_class": frozenset({"occupation", "programme", "headcount", "start_wage", "commitments"}),
}
"""Terms that rows of this module tell; the others are typed once a programme or order."""


def agreement_terms(row: Apprentice) -> dict[str, Any]:
    """Everything that the agreement of this apprentice says (协议条款)."""
    programme = row.apprenticeship
    is_modern = programme.scheme == ApprenticeScheme.MODERN
    own = modern_terms(row) if is_modern else enterprise_terms(row)
    shared = {
        "occupation": programme.occupation.name if programme.occupation else programme.title,
        "mentor": name_of(row.enterprise_mentor),
        "teacher": name_of(row.school_mentor),
        "pay": str(first_wage(programme)),
    }
    return {**programme.terms, **shared, **own}


def modern_terms(row: Apprentice) -> dict[str, Any]:
    programme = row.apprenticeship
    return {
        "double_identity": True,
        "programme": programme.programme.name if programme.programme else programme.title,
        "rotation": [str(step) for step in programme.rotation.all()],
        "enterprise_hours": programme.practice_hours,
        "school_hours": programme.theory_hours,
        "certificate": programme.get_level_display(),
        "pay_steps": [str(step) for step in programme.wage_steps.all()],
    }


def enterprise_terms(row: Apprentice) -> dict[str, Any]:
    programme = row.apprenticeship
    return {
        "contract_number": row.contract_number,
        "contract_starts_on": day_text(row.contract_starts_on),
        "contract_ends_on": day_text(row.contract_ends_on),
        "level": LEVEL_TERMS[ApprenticeLevel(programme.level)],
        "training_hours": programme.theory_hours + programme.practice_hours,
    }


def first_wage(programme: Apprenticeship) -> Any:
    step = programme.wage_steps.first()
    return step.wage if step else 0


def name_of(person: Any) -> str:
    return person.name if person else ""


def day_text(day: Any) -> str:
    return day.isoformat() if day else ""
