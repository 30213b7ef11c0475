"""What the rows of a file mean beyond their columns: suggestions, marked as such (识别建议)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from silian_engines.matching.occupation_coding import CodedTitle, code_titles
from silian_engines.matching.posting_reading.reading import read_postings

from silian.foundation.reference.models import Occupation
from silian.operations.exchange.kinds.declaration import SKILL_NAMES, ListingKind
from silian.operations.exchange.queries.listing_suggestions import levels_of, sure_skills
from silian.operations.exchange.rules.import_rows import ImportedRow
from silian.operations.exchange.rules.listing_words import OCCUPATION_FIELD, SUGGESTED_FIELDS

SURE_ENOUGH = 0.5  # below it a wrong code would mislead more searches than a missing one
EXAMPLES = 8


def occupation_suggestions(rows: Sequence[ImportedRow]) -> dict[int, CodedTitle]:
    """By row number, the occupation that a title names, where that is sure enough."""
    known = set(Occupation.objects.values_list("pk", flat=True))
    coded = code_titles(titles=[row.content["title"] for row in rows])
    return {
        row.number: one
        for row, one in zip(rows, coded, strict=True)
        if one.confidence >= SURE_ENOUGH and one.code in known
    }


def examples_of(found: Mapping[int, CodedTitle]) -> list[dict[str, Any]]:
    """A few suggestions to look at, from the least to the most sure, for a person to judge."""
    ordered = sorted(found.items(), key=lambda item: (item[1].confidence, item[0]))
    step = max(1, len(ordered) // EXAMPLES)
    return [
        {
            "row": number,
            "title": coded.title,
            "code": coded.code,
            "name": coded.name,
            "percent": round(coded.confidence * 100),
        }
        for number, coded in ordered[::step][:EXAMPLES]
    ]


def take_suggestions(rows: Sequence[ImportedRow], *, kind: ListingKind) -> None:
    """Fill empty fields of rows with what title and text say, and mark each as suggested."""
    occupations = occupation_suggestions(rows)
    read = read_postings(
        titles=[row.content["title"] for row in rows],
        texts=[row.content["description"] for row in rows],
    )
    for row, posting in zip(rows, read, strict=True):
        filled: dict[str, Any] = {item.field: item.value for item in levels_of(posting, kind=kind)}
        skills = "、".join(found.skill.name for found in sure_skills(posting))
        if skills and SKILL_NAMES in kind.fields:
            filled[SKILL_NAMES.name] = skills
        marked = [name for name in filled if name not in row.details]
        row.details.update({name: filled[name] for name in marked})
        if row.number in occupations:
            row.content["occupation_id"] = occupations[row.number].code
            marked.append(OCCUPATION_FIELD)
        if marked:
            row.details[SUGGESTED_FIELDS] = marked
