"""Which questions an applicant is asked, and the answers as they are kept (申报表)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from silian.casework.reviews.rules.definition import Definition, FormField, ShowIf
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.typed_values import is_empty, normalised

YES, NO = "true", "false"
NOTHING = (False, 0, "0", "0.00")  # what is not there needs no proof


def visible_fields(definition: Definition, answers: Mapping[str, Any]) -> list[FormField]:
    """The fields that these answers lead to, in order (跳转后的申报项).

    A field whose condition points to a hidden field is hidden too, whatever stands there.
    """
    return [field for field in definition.form if is_asked(field, definition, answers)]


def is_asked(
    field: FormField,
    definition: Definition,
    answers: Mapping[str, Any],
    passed: frozenset[str] = frozenset(),
) -> bool:
    condition = field.show_if
    if condition is None:
        return True
    other = definition.fields_by_code.get(condition.code)
    if other is None or field.code in passed:
        return False
    return is_asked(other, definition, answers, passed | {field.code}) and holds(
        condition, answers.get(condition.code)
    )


def holds(condition: ShowIf, answer: Any) -> bool:
    """Whether an answer is among those that lead on; yes and no read ``true`` and ``false``."""
    given = answer if isinstance(answer, list) else [answer]
    return any(spelt(one) in condition.values for one in given)


def spelt(answer: Any) -> str:
    if isinstance(answer, bool):
        return YES if answer else NO
    return "" if answer is None else str(answer)


def normalised_answers(
    definition: Definition, answers: Mapping[str, Any], *, partial: bool = False
) -> dict[str, Any]:
    """The answers as they are kept, without those to hidden fields; raises the first refusal.

    ``partial`` keeps a draft: what is still empty is left out and not refused.
    """
    kept, refusals = checked_answers(definition, answers, partial=partial)
    if refusals:
        raise refusals[0]
    return kept


def checked_answers(
    definition: Definition, answers: Mapping[str, Any], *, partial: bool = False
) -> tuple[dict[str, Any], list[DomainError]]:
    """What can be kept, and every refusal with its field, so that a page shows all at once."""
    kept: dict[str, Any] = {}
    refusals: list[DomainError] = []
    for field in visible_fields(definition, answers):
        given = answers.get(field.code)
        if is_empty(given) and (partial or not field.required):
            continue
        try:
            kept[field.code] = normalised(field, given)
        except DomainError as refusal:
            refusals.append(refusal)
    return kept, refusals


def missing_evidence(
    definition: Definition, answers: Mapping[str, Any], *, filed: frozenset[str]
) -> list[FormField]:
    """Fields that ask for files and have none (缺少佐证的申报项).

    A field that need not be answered needs a file only when it is.
    """
    return [
        field
        for field in visible_fields(definition, answers)
        if field.evidence
        and field.code not in filed
        and (field.required or not is_empty(answers.get(field.code)))
        and answers.get(field.code) not in NOTHING
    ]
