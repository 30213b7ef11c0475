"""The codes of filter values, as records carry them (筛选值代号)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from django.db import connection
from django.db.models import Max
from numpy.typing import NDArray

from silian.foundation.kernel.models import SearchValue

ValueKey = tuple[str, tuple[str, ...]]
ALLOCATION_LOCK = 7_213_001  # any number that no other advisory lock of ours has
MOST_CODES = 65_535  # a record has two bytes for each


class ValueBook:
    """All codes at one moment; ``edition`` tells whether a newer moment has others."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], int]], *, edition: int) -> None:
        self.edition = edition
        self.codes: dict[ValueKey, int] = {}
        self._values: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
        for name, values, code in rows:
            self.codes[name, tuple(values)] = code
            self._values[name][code] = tuple(values)
        self._sizes: dict[str, int] = {}
        self._held: dict[str, dict[str, list[int]]] = {}
        self._trees: dict[str, tuple[list[str], NDArray[np.intp], NDArray[np.intp]]] = {}

    def size(self, name: str) -> int:
        """One more than the largest code."""
        if name not in self._sizes:
            self._sizes[name] = max(self._values[name], default=0) + 1
        return self._sizes[name]

    def value_at(self, name: str, code: int) -> str:
        """The value that a code stands for; of a tree the lowest."""
        return self._values[name][code][-1]

    def chosen(self, name: str, values: Sequence[str]) -> NDArray[np.bool_]:
        """For each code whether it stands for one of the values, or for something below one."""
        held = self._holders(name)
        table = np.zeros(self.size(name), dtype=bool)
        for value in values:
            table[held.get(value, [])] = True
        return table

    def _holders(self, name: str) -> dict[str, list[int]]:
        """For each value the codes that stand for it or for something below it."""
        if name not in self._held:
            held: dict[str, list[int]] = defaultdict(list)
            for code, path in self._values[name].items():
                for value in path:
                    held[value].append(code)
            self._held[name] = dict(held)
        return self._held[name]

    def counted(self, name: str, codes: NDArray[np.uint16], *, scale: int) -> dict[str, int]:
        """How often each value occurs among the codes, those above counting those below."""
        labels, code_of, label_of = self._tree(name)
        if not labels:
            return {}
        times = np.bincount(codes, minlength=self.size(name))
        sums = np.bincount(label_of, weights=times[code_of], minlength=len(labels))
        found = np.flatnonzero(sums)
        counts = (sums[found] * scale).astype(np.int64).tolist()
        return {labels[place]: count for place, count in zip(found.tolist(), counts, strict=True)}

    def _tree(self, name: str) -> tuple[list[str], NDArray[np.intp], NDArray[np.intp]]:
        if name not in self._trees:
            labels: dict[str, int] = {}
            pairs = [
                (code, labels.setdefault(value, len(labels)))
                for code, path in self._values[name].items()
                for value in dict.fromkeys(path)
            ]
            table = np.array(pairs, dtype=np.intp).reshape(-1, 2)
            self._trees[name] = (list(labels), table[:, 0], table[:, 1])
        return self._trees[name]


def present_edition() -> int:
    return SearchValue.objects.aggregate(last=Max("pk"))["last"] or 0


def book_of(edition: int) -> ValueBook:
    """The book that holds everything up to an edition; kept until there is another."""
    return _kept_book(edition)


@lru_cache(maxsize=1)
def _kept_book(edition: int) -> ValueBook:
    rows = SearchValue.objects.values_list("name", "values", "code")
    return ValueBook(rows, edition=edition)


def codes_for(keys: Iterable[ValueKey]) -> dict[ValueKey, int]:
    """The codes of these values, new ones being given out one writer at a time."""
    wanted = {key for key in keys if key[1]}
    book = book_of(present_edition())
    if wanted - book.codes.keys():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALLOCATION_LOCK])
        book = book_of(present_edition())
        new = sorted(wanted - book.codes.keys())
        if new:
            give_codes(new, book=book)
            book = book_of(present_edition())
    return {key: book.codes[key] for key in wanted}


def give_codes(keys: Sequence[ValueKey], *, book: ValueBook) -> None:
    """Give new values the next numbers; the caller holds the lock."""
    next_code = {name: book.size(name) for name in {name for name, _ in keys}}
    rows = []
    for name, values in keys:
        if next_code[name] > MOST_CODES:
            raise ValueError(f"more than {MOST_CODES} different values of {name}")
        rows.append(SearchValue(name=name, values=list(values), code=next_code[name]))
        next_code[name] += 1
    SearchValue.objects.bulk_create(rows)
