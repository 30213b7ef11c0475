"""What is relevant to what, by rules that a person can read (see README.md), and how it is scored.

Nothing here knows the engine: a grade rests on what a listing is about (its columns ``trade``,
``special``, ``subject``), never on which words it happens to share with the question.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
DATA = ("corpus/listings.csv", "corpus/trades_making.toml", "corpus/trades_serving.toml",
        "corpus/topics.toml", "queries.toml", "needs.toml", "judging.py")  # fmt: skip
SHOWN = 10  # what a person sees without turning the page
NEAR = 1  # a trade into which one grows within months
MENTIONED = {"training_places": 3}
"""Where a machine that is only mentioned serves as well; elsewhere it is the second best."""
ELSEWHERE, OTHER_COUNTY, OTHER_CITY, OTHER_SPECIAL, OTHER_TIME = 1, 2, 2, 1, 1

# what answers what, best first; written for this set and not taken from the product
ANSWERS: dict[str, dict[str, int]] = {
    "job.demand": {"graduate_cohort.supply": 3},
    "internship.demand": {"graduate_cohort.supply": 3},
    "apprenticeship.demand": {"graduate_cohort.supply": 3},
    "graduate_cohort.supply": {
        "job.demand": 3, "internship.demand": 3, "apprenticeship.demand": 2,
        "order_class.demand": 2,
    },
    "order_class.demand": {
        "order_class.supply": 3, "graduate_cohort.supply": 2, "cooperation.supply": 1,
    },
    "order_class.supply": {"order_class.demand": 3, "cooperation.demand": 1},
    "cooperation.demand": {"cooperation.supply": 3, "order_class.supply": 1},
    "cooperation.supply": {"cooperation.demand": 3, "order_class.demand": 1},
    "technical_problem.demand": {
        "technical_service.supply": 3, "research_result.supply": 2, "equipment_hours.supply": 1,
    },
    "research_result.supply": {"technical_problem.demand": 3},
    "technical_service.demand": {"technical_service.supply": 3, "equipment_hours.supply": 1},
    "technical_service.supply": {"technical_service.demand": 3, "technical_problem.demand": 2},
    "equipment_hours.demand": {"equipment_hours.supply": 3, "technical_service.supply": 1},
    "equipment_hours.supply": {"equipment_hours.demand": 3},
    "training_places.demand": {"training_places.supply": 3},
    "training_places.supply": {"training_places.demand": 3},
    "course_package.demand": {"course_package.supply": 3, "teacher_mentor.supply": 1},
    "course_package.supply": {"course_package.demand": 3},
    "teacher_mentor.demand": {"teacher_mentor.supply": 3},
    "teacher_mentor.supply": {"teacher_mentor.demand": 3},
}  # fmt: skip
PLACED = {"job", "internship", "apprenticeship", "graduate_cohort", "training_places",
          "equipment_hours", "order_class"}  # fmt: skip
"""Kinds for which people or goods travel; courses, services and rights go anywhere."""
THINGS = {"equipment_hours", "training_places", "course_package", "teacher_mentor"}
"""Kinds about one machine or course: another one of the same trade is the second best."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A listing of the corpus with what it is about."""

    id: str
    trade: str
    special: str
    subject: str
    kind: str
    side: str
    division: str
    organisation: str
    title: str
    description: str
    starts_on: str
    ends_on: str
    row: Mapping[str, str] = field(repr=False)

    @property
    def place(self) -> str:
        return f"{self.kind}.{self.side}"


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question as typed, and what its asker means."""

    words: str
    kinds: Mapping[str, int]
    work: Mapping[str, int] = field(default_factory=dict)
    about: Sequence[str] = ()
    special: Sequence[str] = ()
    near: int = NEAR
    place: str = ""
    hard: str = "直接"
    grades: Mapping[str, int] = field(default_factory=dict)
    """Single listings that the rules would judge wrongly, by hand."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """A listing of the corpus for which counterparts are sought."""

    listing: str
    hard: str = "直接"
    grades: Mapping[str, int] = field(default_factory=dict)


@cache
def listings() -> dict[str, Labelled]:
    names = set(Labelled.__dataclass_fields__) - {"row"}
    with (CORPUS / "listings.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Labelled(row=row, **{name: row[name] for name in names}) for row in csv.DictReader(file)
        ]
    return {row.id: row for row in rows}


@cache
def near_trades() -> dict[str, set[str]]:
    """Both ways: whoever is near one is near the other."""
    pairs: dict[str, set[str]] = {}
    for name in ("trades_making.toml", "trades_serving.toml", "topics.toml"):
        for key, trade in read(f"corpus/{name}").items():
            for other in trade["near"]:
                pairs.setdefault(key, set()).add(other)
                pairs.setdefault(other, set()).add(key)
    return pairs


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def queries() -> list[Query]:
    content = read("queries.toml")
    wanted: dict[str, dict[str, int]] = content["wanted"]
    return [query_of(row, wanted) for row in content["query"]]


def query_of(row: dict[str, Any], wanted: dict[str, dict[str, int]]) -> Query:
    kinds = row["kinds"]
    return Query(**{**row, "kinds": wanted[kinds] if isinstance(kinds, str) else kinds})


@cache
def needs() -> list[Need]:
    return [Need(**row) for row in read("needs.toml")["need"]]


def query_grade(query: Query, listing: Labelled) -> int:
    """The weakest of the aspects decides: other work, wrong kind, wrong place (0 to 3)."""
    if listing.id in query.grades:
        return query.grades[listing.id]
    return weakest(query, listing, QUERY_ASPECTS)


def weakest(
    asked: Any, listing: Labelled, aspects: Iterable[Callable[[Any, Labelled], int]]
) -> int:
    """The smallest grade; the rest is not looked at once one is 0."""
    grade = 3
    for aspect in aspects:
        grade = min(grade, aspect(asked, listing))
        if not grade:
            break
    return grade


def kind_grade(query: Query, listing: Labelled) -> int:
    kinds = query.kinds
    return kinds.get(listing.place, kinds.get(listing.kind, kinds.get("any", 0)))


def work_grade(query: Query, listing: Labelled) -> int:
    grades = [query.work.get(listing.trade, 0), about_grade(query.about, listing)]
    if listing.trade not in query.work and near_trades().get(listing.trade, set()) & {
        trade for trade, grade in query.work.items() if grade == 3
    }:
        grades.append(query.near)
    return max(grades)


def about_grade(about: Sequence[str], listing: Labelled) -> int:
    if listing.subject in about:
        return 3
    mentioned = any(thing in listing.description for thing in about)
    return MENTIONED.get(listing.kind, 2) if mentioned else 0


def special_grade(query: Query, listing: Labelled) -> int:
    """A named skill must be there; the same trade without it is the least that may serve."""
    named = any(saying in listing.title for saying in query.special)
    return 3 if not query.special or named or listing.special in query.special else OTHER_SPECIAL


def need_grade(need: Need, listing: Labelled) -> int:
    """How well a listing answers a need (0 to 3); one's own listings answer nothing."""
    own = listings()[need.listing]
    if listing.id in need.grades:
        return need.grades[listing.id]
    if listing.organisation == own.organisation:
        return 0
    return weakest(own, listing, NEED_ASPECTS)


def answer_grade(own: Labelled, other: Labelled) -> int:
    return ANSWERS[own.place].get(other.place, 0)


def trade_grade(own: Labelled, other: Labelled) -> int:
    if own.trade == other.trade:
        return 3
    return NEAR if other.trade in near_trades().get(own.trade, set()) else 0


def thing_grade(own: Labelled, other: Labelled) -> int:
    same_kind = own.kind == other.kind and own.kind in THINGS
    return 2 if same_kind and own.subject != other.subject else 3


def city_grade(own: Labelled, other: Labelled) -> int:
    far = own.division[:4] != other.division[:4] and own.kind in PLACED
    return OTHER_CITY if far else 3


def time_grade(own: Labelled, other: Labelled) -> int:
    if not (own.starts_on and other.starts_on):
        return 3
    meet = max(own.starts_on, other.starts_on) < min(own.ends_on, other.ends_on)
    return 3 if meet else OTHER_TIME


NEED_ASPECTS = (answer_grade, trade_grade, thing_grade, city_grade, time_grade)


def place_grade(query: Query, listing: Labelled) -> int:
    """The named place, then its city, then anywhere."""
    if listing.division.startswith(query.place):
        return 3
    return OTHER_COUNTY if listing.division[:4] == query.place[:4] else ELSEWHERE


QUERY_ASPECTS = (kind_grade, work_grade, special_grade, place_grade)


def gain(grades: Iterable[int]) -> float:
    """Discounted gain: 2^grade - 1, halved by the logarithm of the place."""
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def ndcg(grades: Sequence[int], *, possible: Iterable[int]) -> float:
    """nDCG@10 against the best ten of the whole corpus."""
    best = sorted(possible, reverse=True)[:SHOWN]
    return gain(grades[:SHOWN]) / gain(best)


def fingerprint() -> str:
    """Which set this is; numbers of different sets are not compared."""
    digest = hashlib.sha256()
    for name in DATA:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:12]
