"""Precision, recall and F1 of parsed documents against labelled ones (评分)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

HEADER_FIELDS = ("title", "doc_number", "issuer", "date")


@dataclass(frozen=True, slots=True)
class Score:
    """How many items were found, missed and invented."""

    found: int
    missed: int
    invented: int

    @property
    def precision(self) -> float:
        """The share of reported items that are labelled."""
        reported = self.found + self.invented
        return self.found / reported if reported else 1.0

    @property
    def recall(self) -> float:
        """The share of labelled items that were reported."""
        labelled = self.found + self.missed
        return self.found / labelled if labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.found + self.missed + self.invented
        return 2 * self.found / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.missed + other.missed, self.invented + other.invented
        )


Items = Callable[[dict[str, Any]], Iterator[Any]]


def scores(*, labelled: dict[str, Any], parsed: dict[str, Any]) -> dict[str, Score]:
    """One score per element; an item counts only under its own clause path."""
    return {name: _score(items(labelled), items(parsed)) for name, items in ELEMENTS.items()}


def _score(labelled: Iterator[Any], parsed: Iterator[Any]) -> Score:
    wanted, given = Counter(labelled), Counter(parsed)
    found = sum((wanted & given).values())
    return Score(found, wanted.total() - found, given.total() - found)


def _path(clause: dict[str, Any]) -> str:
    return "/".join(re.sub(r"\s", "", part) for part in clause["path"])


def _header(document: dict[str, Any]) -> Iterator[Any]:
    yield from ((name, document.get(name)) for name in HEADER_FIELDS)


def _paths(document: dict[str, Any]) -> Iterator[Any]:
    yield from (_path(clause) for clause in document["clauses"])


def _tails(document: dict[str, Any]) -> Iterator[Any]:
    for clause in document["clauses"]:
        if clause.get("tail_raw"):
            yield _path(clause), re.sub(r"\s", "", clause["tail_raw"])


def _departments(document: dict[str, Any]) -> Iterator[Any]:
    for clause in document["clauses"]:
        yield from ((_path(clause), name) for name in clause["departments"])


def _leads(document: dict[str, Any]) -> Iterator[Any]:
    for clause in document["clauses"]:
        yield from ((_path(clause), name) for name in clause["lead"])


def _targets(document: dict[str, Any]) -> Iterator[Any]:
    """A target is its clause, values, unit, bound and deadline; the phrase may be cut freely."""
    for clause in document["clauses"]:
        for target in clause["numeric_targets"]:
            values = tuple(float(value) for value in target["values"])
            yield _path(clause), values, target["unit"], target["op"], target["deadline"]


def _target_forces(document: dict[str, Any]) -> Iterator[Any]:
    for clause in document["clauses"]:
        for target in clause["numeric_targets"]:
            values = tuple(float(value) for value in target["values"])
            yield _path(clause), values, target["force"], target["kind"]


def _goals(document: dict[str, Any]) -> Iterator[Any]:
    """A goal is its clause, its year, and how its words begin."""
    for clause in document["clauses"]:
        for goal in clause["dated_goals"]:
            phrase = re.sub(r"\s", "", goal["phrase"])
            yield _path(clause), goal["deadline"], phrase[:12]


ELEMENTS: dict[str, Items] = {
    "header": _header,
    "clause path": _paths,
    "tail": _tails,
    "department": _departments,
    "lead": _leads,
    "numeric target": _targets,
    "target force, kind": _target_forces,
    "dated goal": _goals,
}
