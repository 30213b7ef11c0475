"""Occupations that a title may mean, asked of the matching engine."""

from __future__ import annotations

from dataclasses import dataclass

from silian_engines.matching.occupation_coding import code_title

from silian.foundation.reference.models import Occupation

SHOWN = 3
SHORTEST_TITLE = 2


@dataclass(frozen=True, kw_only=True)
class OccupationSuggestion:
    """An occupation that fits a title, best first (建议职业)."""

    occupation: Occupation
    is_best: bool


def occupation_suggestions(*, title: str) -> list[OccupationSuggestion]:
    """The occupations of the catalogue that the title most likely means."""
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    coded = code_title(title=title[:80], alternatives=SHOWN - 1)
    if not coded.confidence:
        return []
    codes = [coded.code, *(other.code for other in coded.alternatives)][:SHOWN]
    known = Occupation.objects.filter(pk__in=codes).in_bulk()
    return [
        OccupationSuggestion(occupation=known[code], is_best=place == 0)
        for place, code in enumerate(codes)
        if code in known
    ]
