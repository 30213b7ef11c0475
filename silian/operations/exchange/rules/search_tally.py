"""Counts of searches in which nobody can be recognised.

A term is told only for a region in which at least ``FEWEST_ASKERS`` different askers sought it.
Where a county has too few, they count for the city, then for the province; those that stay too
few even there are counted without the term.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from silian_engines.matching.segmentation import query_tokens

NOTE_DAYS = 30
"""Single questions are kept a month: long enough to count different askers, and no longer."""
FEWEST_ASKERS = 5
"""A number that fewer askers made up could lead back to one of them."""
MAJORITY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One asker's search for one term on one day.

    ``path`` holds the division codes from the province down to the region that was meant.
    """

    day: datetime.date
    asker: str
    term: str
    path: tuple[str, ...]
    found: bool
    occupation: str = ""
    kind: str = ""
    side: str = ""

    @property
    def division(self) -> str:
        return self.path[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Searches of one day for one term in one region; the empty term holds all the others."""

    day: datetime.date
    division: str
    term: str
    searches: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedTerm:
    """A term that enough askers of a region sought in vain."""

    term: str
    division: str
    kind: str
    side: str
    missed: int
    askers: int
    first_on: datetime.date
    last_on: datetime.date


def term_key(text: str) -> str:
    """What makes two texts the same term: the same words, synonyms made one, in any order."""
    return " ".join(sorted(query_tokens(text)))


def terms_of(texts: Mapping[str, int]) -> dict[str, str]:
    """The term of each text: of all texts with the same words the one typed most often."""
    alike: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        alike[term_key(text)].append(text)
    terms: dict[str, str] = {}
    for key, spellings in alike.items():
        usual_one = max(spellings, key=lambda text: (texts[text], text))
        terms |= dict.fromkeys(spellings, usual_one if key else "")
    return terms


def once_a_day(questions: Iterable[Question]) -> list[Question]:
    """Searches of one asker for one term on one day are one; found when any of them found."""
    kept: dict[tuple[datetime.date, str, str, str], Question] = {}
    for question in questions:
        key = (question.day, question.asker, question.term, question.division)
        if key not in kept or question.found:
            kept[key] = question
    return list(kept.values())


def placed(
    questions: Iterable[Question], *, fewest: int = FEWEST_ASKERS
) -> dict[tuple[str, str], list[Question]]:
    """Questions by the term and the smallest region in which enough askers sought it."""
    by_term: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_term[question.term].append(question)
    return {
        (term, division): group
        for term, rows in by_term.items()
        if term and len({row.asker for row in rows}) >= fewest
        for division, group in by_region(rows, fewest=fewest).items()
    }


def by_region(rows: Sequence[Question], *, fewest: int) -> dict[str, list[Question]]:
    """The rows of one term: counties first, those with too few askers in their city, and so on."""
    regions: dict[str, list[Question]] = {}
    waiting = list(rows)
    for steps_below_province in (2, 1, 0):
        groups: dict[str, list[Question]] = defaultdict(list)
        for row in waiting:
            groups["".join(row.path[steps_below_province : steps_below_province + 1])].append(row)
        waiting = groups.pop("", [])  # those of larger regions wait for their level
        for division, group in groups.items():
            if len({row.asker for row in group}) >= fewest:
                regions[division] = group
            else:
                waiting += group
    return regions


def tallies_of(questions: Iterable[Question], *, fewest: int = FEWEST_ASKERS) -> list[Tally]:
    """The lasting counts of these searches (检索统计)."""
    rows = once_a_day(questions)
    searches: Counter[tuple[datetime.date, str, str]] = Counter()
    missed: Counter[tuple[datetime.date, str, str]] = Counter()
    told: set[int] = set()
    for (term, division), group in placed(rows, fewest=fewest).items():
        told |= {id(row) for row in group}
        count(group, division=division, term=term, searches=searches, missed=missed)
    for row in rows:
        if id(row) not in told:
            count([row], division=row.division, term="", searches=searches, missed=missed)
    return [
        Tally(day=day, division=division, term=term, searches=number,
              missed=missed[day, division, term])
        for (day, division, term), number in sorted(searches.items())
    ]  # fmt: skip


def count(
    rows: Iterable[Question],
    *,
    division: str,
    term: str,
    searches: Counter[tuple[datetime.date, str, str]],
    missed: Counter[tuple[datetime.date, str, str]],
) -> None:
    for row in rows:
        searches[row.day, division, term] += 1
        missed[row.day, division, term] += not row.found


def missed_terms(questions: Iterable[Question], *, fewest: int = FEWEST_ASKERS) -> list[MissedTerm]:
    """What enough askers sought in vain, most often missed first (没有找到的检索词)."""
    rows = [row for row in once_a_day(questions) if not row.found]
    terms = [
        MissedTerm(
            term=term,
            division=division,
            kind=usual(row.kind for row in group),
            side=usual(row.side for row in group),
            missed=len(group),
            askers=len({row.asker for row in group}),
            first_on=min(row.day for row in group),
            last_on=max(row.day for row in group),
        )
        for (term, division), group in placed(rows, fewest=fewest).items()
    ]
    return sorted(terms, key=lambda one: (-one.missed, one.term, one.division))


def usual(values: Iterable[str]) -> str:
    """The value given most often; nothing when nobody gave one."""
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: (counts[value], value)) if counts else ""


def occupations_asked(questions: Iterable[Question]) -> dict[str, str]:
    """The occupation of terms whose askers mostly filtered by the same one."""
    by_term: dict[str, Counter[str]] = defaultdict(Counter)
    for question in questions:
        by_term[question.term][question.occupation] += 1
    found = {}
    for term, counts in by_term.items():
        code, number = counts.most_common(1)[0]
        if code and number > MAJORITY * counts.total():
            found[term] = code
    return found
