"""What a public notice shows of a dossier, and what it hides (公示遮盖)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.rules.definition import Definition, FormField
from silian.foundation.kernel.typed_values import ValueType, is_empty, shown

STAR = "*"
HIDDEN_AMOUNT = "不公开"
NUMBERS = re.compile(r"\d{6,}")  # phone, card and account numbers inside a text
KEPT_DIGITS = 2


def masked_name(name: str) -> str:
    """A person's name with only the first and, from three characters on, the last shown.

    >>> masked_name("王小明"), masked_name("李四")
    ('王*明', '李*')
    """
    text = name.strip()
    if len(text) < 2:
        return STAR
    if len(text) == 2:
        return text[0] + STAR
    return text[0] + STAR * (len(text) - 2) + text[-1]


def masked_numbers(text: str) -> str:
    """A text whose long numbers keep only their last digits.

    >>> masked_numbers("电话 13800001234")
    '电话 *********34'
    """

    def starred(found: re.Match[str]) -> str:
        number = found.group()
        return STAR * (len(number) - KEPT_DIGITS) + number[-KEPT_DIGITS:]

    return NUMBERS.sub(starred, text)


def public_title(subject_name: str, *, definition: Definition) -> str:
    """The subject as it is named in public: people masked, units and matters in full."""
    if definition.subject == SubjectKind.PERSON:
        return masked_name(subject_name)
    return subject_name


def public_fields(
    answers: Mapping[str, Any], *, definition: Definition, masked: frozenset[str]
) -> list[list[str]]:
    """The answers that the scheme makes public, as label and text; the rest is left out."""
    rows = [field for field in definition.form if field.public]
    return [
        [field.label, public_text(field, answers[field.code], is_masked=field.code in masked)]
        for field in rows
        if not is_empty(answers.get(field.code))
    ]


def public_text(field: FormField, value: Any, *, is_masked: bool) -> str:
    text = shown(field, value)
    if not is_masked:
        return masked_numbers(text) if field.type == ValueType.TEXT else text
    return HIDDEN_AMOUNT if field.type == ValueType.MONEY else masked_name(text)


def masked_codes(definition: Definition) -> list[str]:
    """The public fields that start out masked: amounts of money and fields of persons (姓名)."""
    return [
        field.code
        for field in definition.form
        if field.public and (field.type == ValueType.MONEY or is_of_person(field))
    ]


def is_of_person(field: FormField) -> bool:
    return any(word in field.label for word in ("姓名", "联系人", "负责人", "法定代表人"))
