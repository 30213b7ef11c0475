"""What the structured fields of a pair say: shared levels of codes, period, number (规则特征)."""

from __future__ import annotations

import numpy as np

from silian_engines.matching.recommendation.encoding import (
    LEVELS,
    UNKNOWN,
    Floats,
    Ints,
    Library,
)
from silian_engines.matching.recommendation.words import products

NAMES = (
    "occupation",
    "occupation_unknown",
    "industry",
    "industry_unknown",
    "division",
    "division_unknown",
    "majors",
    "majors_unknown",
    "period",
    "enough",
    "number",
)
MOST_NUMBER = 3.0  # beyond twenty times as many it no longer matters


def field_features(library: Library, *, needs: Ints, offers: Ints) -> Floats:
    """One column for each of ``NAMES``; 0 is the value of what nobody has said."""
    columns = []
    for field, lengths in LEVELS.items():
        columns += shared_levels(library, field, lengths, needs=needs, offers=offers)
    columns += majors(library, needs=needs, offers=offers)
    columns.append(period(library, needs=needs, offers=offers))
    columns += number(library, needs=needs, offers=offers)
    return np.column_stack(columns).astype(np.float32)


def shared_levels(
    library: Library, field: str, lengths: tuple[int, ...], *, needs: Ints, offers: Ints
) -> list[Floats]:
    """The share of levels on which the codes agree, and whether one of them is unknown."""
    names = [f"{field}{length}" for length in lengths]
    codes = [(library.needs.levels[n][needs], library.offers.levels[n][offers]) for n in names]
    unknown = (codes[0][0] == UNKNOWN) | (codes[0][1] == UNKNOWN)
    agree = sum(((a == b) & (a != UNKNOWN)).astype(np.float32) for a, b in codes)
    return [np.asarray(agree / len(names), np.float32), unknown.astype(np.float32)]


def majors(library: Library, *, needs: Ints, offers: Ints) -> list[Floats]:
    """How much of the shorter list of majors, with their groups, the longer one holds."""
    left, right = library.needs.majors, library.offers.majors
    mine, theirs = counts(left)[needs], counts(right)[offers]
    shared = products(left[needs], right[offers])
    unknown = (mine == 0) | (theirs == 0)
    return [shared / np.maximum(np.minimum(mine, theirs), 1), unknown.astype(np.float32)]


def counts(rows: object) -> Floats:
    return np.asarray(rows.sum(axis=1), np.float32).ravel()  # type: ignore[attr-defined]


def period(library: Library, *, needs: Ints, offers: Ints) -> Floats:
    """1 when the periods meet, -1 when they miss each other, 0 when one is unknown."""
    mine, theirs = library.needs, library.offers
    starts = np.maximum(mine.starts[needs], theirs.starts[offers])
    ends = np.fmin(mine.ends[needs], theirs.ends[offers])
    meet = np.where(np.isnan(ends) | (starts < ends), 1, -1)
    return np.where(np.isnan(starts), 0, meet).astype(np.float32)


def number(library: Library, *, needs: Ints, offers: Ints) -> list[Floats]:
    """Whether the offer covers the need, and how far the two numbers are apart."""
    ratio = np.log(library.offers.quantity[offers]) - np.log(library.needs.quantity[needs])
    known = ~np.isnan(ratio)
    apart = np.minimum(np.abs(np.where(known, ratio, 0)), MOST_NUMBER)
    return [np.where(known, np.sign(ratio + 1e-6), 0).astype(np.float32), apart.astype(np.float32)]
