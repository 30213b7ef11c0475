"""An answer of the form as the value of a criterion (按填报取值)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from silian.casework.reviews.registry import UNKNOWN, Reading
from silian.casework.reviews.rules.definition import Criterion, Definition, FormField
from silian.casework.reviews.rules.form import is_asked
from silian.foundation.kernel.typed_values import ValueType, is_empty, measure, shown

FROM_FORM = "申报填写"
NOT_ANSWERED = "申报填写，未填写按 0 计"
SEPARATORS = "，,、；;：:（）() \t-—"


def answer_reading(
    node: Criterion, definition: Definition, answers: Mapping[str, Any], *, is_sent: bool
) -> Reading:
    """What the applicant says to the question that the item names.

    Once sent, a question left empty or not asked counts as nothing; before, it is not known.
    """
    field = definition.fields_by_code.get(node.source.code if node.source else "")
    if field is None:
        return UNKNOWN
    answer = answers.get(field.code)
    if is_empty(answer) or not is_asked(field, definition, answers):
        nothing = Reading(value=Decimal(0), unit=field.unit, origin=NOT_ANSWERED)
        return nothing if is_sent else UNKNOWN
    return reading_of(field, answer, levels=node.scoring.weights)


def reading_of(field: FormField, answer: Any, *, levels: Iterable[str]) -> Reading:
    """The answer as a number, a choice or named results with their level."""
    if field.type == ValueType.CHOICE:
        return Reading(choice=shown(field, answer), origin=FROM_FORM)
    if field.type == ValueType.TEXT_LIST:
        entries = tuple(entry_of(line, levels=levels) for line in answer)
        return Reading(entries=entries, unit=field.unit, origin=FROM_FORM)
    number = measure(field, answer)
    if number is None:  # a text or a day was given
        return Reading(value=Decimal(1), origin=FROM_FORM)
    unit = "元" if field.type == ValueType.MONEY else field.unit
    words = shown(field, answer) if field.type == ValueType.YES_NO else ""
    return Reading(value=number, words=words, unit=unit, origin=FROM_FORM)


def entry_of(line: str, *, levels: Iterable[str]) -> tuple[str, str]:
    """A line such as 智能制造现场工程师学院（国家级） as name and level."""
    for level in sorted(levels, key=len, reverse=True):
        if level in line:
            return line.replace(level, "").strip(SEPARATORS), level
    return line.strip(SEPARATORS), ""
