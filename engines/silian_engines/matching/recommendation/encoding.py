"""Entities as arrays: words, coded fields, and positions by key (编码)."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse

from silian_engines.matching.recommendation.entities import Entity, Side

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Meets = frozenset[tuple[str, str]] | None  # kinds of needs with kinds of offers; None for all

UNKNOWN = -1
TEXT, CODE = re.compile(r"[^:]*$"), re.compile(r"(?!kind)[a-z]+:")  # kinds decide who may meet
MAJOR = re.compile(r"major:")
LEVELS = {"occupation": (1, 3, 5, 7), "industry": (1, 3, 4), "division": (2, 4, 6)}
MAJOR_LEVELS = (2, 4, 6)
LEAST_HOLDERS = 2  # a token that stands once teaches nothing about others


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Tokens by position; a token that it does not know is passed over."""

    positions: dict[str, int]

    def among(self, pattern: re.Pattern[str]) -> Ints:
        """The positions of the tokens of one sort."""
        found = (at for token, at in self.positions.items() if pattern.match(token))
        return np.fromiter(found, np.int64)

    def matrix(self, rows: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """Which rows hold which tokens."""
        known = self.positions
        found = [[known[t] for t in dict.fromkeys(row) if t in known] for row in rows]
        ends = np.cumsum([0, *map(len, found)])
        columns = np.fromiter((at for row in found for at in row), np.int32, int(ends[-1]))
        ones = np.ones(columns.size, np.float32)
        return sparse.csr_matrix((ones, columns, ends), shape=(len(rows), len(self.positions)))


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All entities of one side, row by row."""

    entities: tuple[Entity, ...]
    position: dict[str, int]
    tokens: sparse.csr_matrix
    words: sparse.csr_matrix
    codes: sparse.csr_matrix
    majors: sparse.csr_matrix
    kinds: npt.NDArray[np.str_]
    levels: dict[str, Ints]
    quantity: Floats
    starts: Floats
    ends: Floats
    capacity: Floats

    @property
    def size(self) -> int:
        return len(self.entities)


@dataclass(frozen=True, kw_only=True)
class Library:
    """Both sides, encoded with the same vocabulary."""

    tokens: Vocabulary
    needs: Shelf
    offers: Shelf
    meets: Meets

    def shelf(self, side: Side) -> Shelf:
        return self.needs if side is Side.DEMAND else self.offers

    def side_of(self, key: str) -> Side | None:
        """The side on which a key stands, None when nobody has it."""
        if key in self.needs.position:
            return Side.DEMAND
        return Side.SUPPLY if key in self.offers.position else None

    def extended(self, entities: Sequence[Entity]) -> Library:
        """The same vocabulary and these entities besides the known ones."""
        known = {entity.key: entity for side in Side for entity in self.shelf(side).entities}
        known.update((entity.key, entity) for entity in entities)
        return shelved(list(known.values()), meets=self.meets, tokens=self.tokens)

    @cached_property
    def meeting(self) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
        """The kind of each need and of each offer as a number, and which numbers may meet."""
        needs, need_kind = np.unique(self.needs.kinds, return_inverse=True)
        offers, offer_kind = np.unique(self.offers.kinds, return_inverse=True)
        table = np.ones((needs.size, offers.size), bool)
        if self.meets is not None:
            for at, need in enumerate(needs.tolist()):
                table[at] = [(need, offer) in self.meets for offer in offers.tolist()]
        return need_kind, offer_kind, table

    def may_meet(self, needs: Ints, offers: Ints) -> npt.NDArray[np.bool_]:
        """Whether the kinds of each pair let them meet; the two are broadcast to each other."""
        need_kind, offer_kind, table = self.meeting
        return np.asarray(table[need_kind[needs], offer_kind[offers]])


def library_of(entities: Sequence[Entity], *, meets: Meets = None) -> Library:
    """Encode both sides; the vocabulary holds what at least two entities say."""
    tokens = vocabulary_of([tuple(tokens_of(entity)) for entity in entities])
    return shelved(entities, meets=meets, tokens=tokens)


def vocabulary_of(rows: Sequence[Sequence[str]]) -> Vocabulary:
    counts = Counter(token for row in rows for token in set(row))
    kept = sorted(token for token, count in counts.items() if count >= LEAST_HOLDERS)
    return Vocabulary(positions={token: at for at, token in enumerate(kept)})


def shelved(entities: Sequence[Entity], *, meets: Meets, tokens: Vocabulary) -> Library:
    def shelf(side: Side) -> Shelf:
        ours = tuple(entity for entity in entities if entity.side is side)
        said = tokens.matrix([tuple(tokens_of(entity)) for entity in ours])
        return Shelf(
            entities=ours,
            position={entity.key: at for at, entity in enumerate(ours)},
            tokens=said,
            words=said[:, tokens.among(TEXT)],
            codes=said[:, tokens.among(CODE)],
            majors=said[:, tokens.among(MAJOR)],
            kinds=np.array([entity.kind for entity in ours], str),
            levels=levels_of(ours),
            quantity=np.array([e.quantity or np.nan for e in ours], np.float32),
            starts=np.array([day_number(e.starts_on) for e in ours], np.float32),
            ends=np.array([day_number(e.ends_on) for e in ours], np.float32),
            capacity=np.array([max(e.capacity, 0) for e in ours], np.float32),
        )

    return Library(
        tokens=tokens,
        needs=shelf(Side.DEMAND),
        offers=shelf(Side.SUPPLY),
        meets=meets,
    )


def tokens_of(entity: Entity) -> Iterator[str]:
    """Words, and every prefix of every code, told apart by the field they come from."""
    yield from dict.fromkeys(entity.words)
    yield f"kind:{entity.kind}"
    for field, lengths in LEVELS.items():
        yield from (f"{field}:{code}" for code in prefixes(getattr(entity, field), lengths) if code)
    yield from major_tokens(entity)


def major_tokens(entity: Entity) -> list[str]:
    codes = (code for major in entity.majors for code in prefixes(major, MAJOR_LEVELS) if code)
    return sorted({f"major:{code}" for code in codes})


def prefixes(code: str, lengths: Sequence[int]) -> list[str]:
    """The code cut at each length; empty where it is not that long (4-08-03 counts as 40803)."""
    plain = code.replace("-", "")
    return [plain[:length] if len(plain) >= length else "" for length in lengths]


def levels_of(entities: Sequence[Entity]) -> dict[str, Ints]:
    """A number for each prefix of each field and for the kind; ``UNKNOWN`` where it is not said."""
    codes = {"kind": numbers([entity.kind for entity in entities])}
    for field, lengths in LEVELS.items():
        cut = [prefixes(getattr(entity, field), lengths) for entity in entities]
        for at, length in enumerate(lengths):
            codes[f"{field}{length}"] = numbers([row[at] for row in cut])
    return codes


def numbers(texts: Sequence[str]) -> Ints:
    return np.array([crc32(t.encode()) if t else UNKNOWN for t in texts], np.int64)


def day_number(day: datetime.date | None) -> float:
    return float("nan") if day is None else float(day.toordinal())
