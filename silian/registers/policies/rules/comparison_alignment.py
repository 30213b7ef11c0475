"""Which clause of one text answers to which of another: by the share of words they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from silian_engines.matching.segmentation import index_tokens

SAME_TEXT_LEAST = 0.35  # versions of one text: below a third it is another clause
OTHER_TEXT_LEAST = 0.12  # texts of two places word the same duty differently
RUNS = re.compile(r"[0-9A-Za-z.%]+|.", re.DOTALL)
SHORTEST_KEPT = 2  # a single common character between two changes reads as noise


@dataclass(frozen=True)
class Passage:
    """A clause as it is compared: its key, its place and its words (对照的条款)."""

    key: int
    place: str
    heading: str
    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(index_tokens(f"{self.heading} {self.text}"))

    @cached_property
    def head_words(self) -> frozenset[str]:
        return frozenset(index_tokens(self.heading))


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Two clauses that answer to each other, or one that stands alone (条款对应).

    The share is the number of common words over the number of all words of both.
    """

    left: Passage | None
    right: Passage | None
    shared: int = 0
    total: int = 0

    @property
    def kind(self) -> str:
        if self.left is None:
            return "added"
        if self.right is None:
            return "removed"
        same = (self.left.heading, self.left.text) == (self.right.heading, self.right.text)
        return "same" if same else "changed"

    @property
    def percent(self) -> int:
        return round(100 * self.shared / self.total) if self.total else 0


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that stayed, went or came (文字增删)."""

    kind: str
    text: str


def aligned(*, left: Sequence[Passage], right: Sequence[Passage], least: float) -> list[Pairing]:
    """Every clause of both sides once: the closest pairs first, in the order of the right side.

    >>> a, b = Passage(1, "一", "对接", "举办对接活动"), Passage(2, "二", "实习", "规范实习管理")
    >>> [pairing.kind for pairing in aligned(left=[a, b], right=[a], least=0.3)]
    ['same', 'removed']
    """
    chosen = closest_pairs(left=left, right=right, least=least)
    by_right = {pairing.right.key: pairing for pairing in chosen if pairing.right}
    taken = {pairing.left.key for pairing in chosen if pairing.left}
    return list(in_reading_order(left=left, right=right, by_right=by_right, taken=taken))


def closest_pairs(
    *, left: Sequence[Passage], right: Sequence[Passage], least: float
) -> list[Pairing]:
    """Pairs that share at least ``least`` of their words; each clause in one pair only."""
    found = [pair for a in left for b in right if (pair := pair_of(a, b, least=least))]
    found.sort(key=closeness, reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen = []
    for pairing in found:
        a, b = pairing.left, pairing.right
        if a is None or b is None or a.key in used_left or b.key in used_right:
            continue
        used_left.add(a.key)
        used_right.add(b.key)
        chosen.append(pairing)
    return chosen


def pair_of(a: Passage, b: Passage, *, least: float) -> Pairing | None:
    shared, total = len(a.words & b.words), len(a.words | b.words)
    if not total or shared / total < least:
        return None
    return Pairing(left=a, right=b, shared=shared, total=total)


def closeness(pairing: Pairing) -> tuple[float, float]:
    """Common words first; among equals the closer headings."""
    a, b = pairing.left, pairing.right
    heads = (a.head_words | b.head_words) if a and b else frozenset()
    common = (a.head_words & b.head_words) if a and b else frozenset()
    return pairing.shared / pairing.total, len(common) / max(1, len(heads))


def in_reading_order(
    *,
    left: Sequence[Passage],
    right: Sequence[Passage],
    by_right: dict[int, Pairing],
    taken: set[int],
) -> Iterator[Pairing]:
    """The right side in order; what went stands behind the clause it stood behind."""
    gone_after: dict[int | None, list[Passage]] = {}
    last: int | None = None
    for passage in left:
        if passage.key in taken:
            last = passage.key
        else:
            gone_after.setdefault(last, []).append(passage)
    yield from (Pairing(left=gone, right=None) for gone in gone_after.get(None, []))
    for passage in right:
        pairing = by_right.get(passage.key)
        yield pairing or Pairing(left=None, right=passage)
        behind = pairing.left.key if pairing and pairing.left else None
        if behind is not None:
            yield from (Pairing(left=gone, right=None) for gone in gone_after.get(behind, []))


def pieces(*, old: str, new: str) -> list[Piece]:
    """What stayed, went and came between two wordings, in reading order.

    >>> [(piece.kind, piece.text) for piece in pieces(old="不少于12场", new="不少于15场")]
    [('same', '不少于'), ('removed', '12'), ('added', '15'), ('same', '场')]
    """
    before, after = tokens(old), tokens(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal" and (len(was) >= SHORTEST_KEPT or at_edge(a, b, before)):
            found.append(Piece(kind="same", text=was))
        else:
            found += [Piece(kind="removed", text=was)] if was else []
            found += [Piece(kind="added", text=now)] if now else []
    return joined(found)


def at_edge(start: int, end: int, whole: Sequence[str]) -> bool:
    return start == 0 or end == len(whole)


def tokens(text: str) -> list[str]:
    """Characters, with figures kept whole: 12 becomes 15, not 1[2→5]."""
    return RUNS.findall(text)


def joined(found: Sequence[Piece]) -> list[Piece]:
    """Neighbouring changes as one removal and one addition."""
    out: list[Piece] = []
    removed = added = ""
    for piece in [*found, Piece(kind="same", text="")]:
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        else:
            out += [Piece(kind="removed", text=removed)] if removed else []
            out += [Piece(kind="added", text=added)] if added else []
            removed = added = ""
            out += [piece] if piece.text else []
    return out
