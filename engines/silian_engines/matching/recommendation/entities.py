"""What the recommender is told: who is there, and what came of earlier meetings (推荐输入)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Which side of the market somebody stands on (供需方向)."""

    DEMAND = "demand"
    SUPPLY = "supply"


class Act(StrEnum):
    """How far a meeting went; each act presumes those before it (互动)."""

    SEEN = "seen"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """A need or an offer; every field but the key and the side may be unknown (供给或需求).

    ``words`` are the tokens of its title and text. Codes are prefixes of one another:
    ``408`` holds ``40803``. ``capacity`` is how many partners it can take in one season.
    """

    key: str
    side: Side
    kind: str = ""
    words: tuple[str, ...] = ()
    occupation: str = ""
    majors: frozenset[str] = field(default_factory=frozenset)
    industry: str = ""
    division: str = ""
    quantity: int | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    capacity: int = 1


class Interaction(NamedTuple):
    """``actor`` was shown ``other``, or asked it, or asked it and was taken."""

    actor: str
    other: str
    act: Act
    on: datetime.date


class Recommended(NamedTuple):
    """One line of a list: whom, and how strongly; scores compare across lists (推荐结果)."""

    key: str
    score: float


class UnknownKey(KeyError):
    """A key that the recommender was not fitted with."""
