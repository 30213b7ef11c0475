"""Whom a post takes of those who ask: ceilings, then reserved seats, then open ones.

The rule keeps whoever it kept before when others leave (substitutes), so that asking in any order
ends in the same stable assignment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from silian_engines.matching.assignment.market import NO_GROUP, Ints, Market, Queue

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rules:
    """What the posts go by, and which of them have more than a number of seats to mind."""

    seats: Ints
    group: Ints
    reserved: Ints
    ceilings: Ints
    special: Flags


def rules_of(market: Market) -> Rules:
    """The rules of a round; a post is special when a reserve or a ceiling can matter there."""
    bound = market.ceilings < market.seats[:, None]
    special = np.asarray(((market.reserved > 0) | bound).any(axis=1))
    return Rules(market.seats, market.group, market.reserved, market.ceilings, special)


def kept_of(line: Ints, *, queue: Queue, rules: Rules) -> Flags:
    """Which places of a sorted line the posts keep, many posts at once."""
    post = queue.post_at[line]
    kept = rank_within(post) < rules.seats[post]
    special = rules.special[post]
    if special.any():
        kept[special] = kept_of_special(line[special], post[special], queue=queue, rules=rules)
    return kept


def kept_of_special(line: Ints, post: Ints, *, queue: Queue, rules: Rules) -> Flags:
    group = rules.group[queue.student_at[line]]
    grouped = group != NO_GROUP
    column = np.where(grouped, group, 0)
    groups = rules.reserved.shape[1]
    within = rank_within_keys(post.astype(np.int64) * (groups + 1) + group + 1)
    allowed = ~grouped | (within < rules.ceilings[post, column])
    first = grouped & allowed & (within < rules.reserved[post, column])
    taken = np.bincount(post[first], minlength=rules.seats.size)
    rest = allowed & ~first
    kept = first.copy()
    kept[rest] = rank_within(post[rest]) < (rules.seats - taken)[post[rest]]
    return kept


def rank_within(post: Ints) -> npt.NDArray[np.int64]:
    """0, 1, 2 … within each run of equal values."""
    size = post.shape[0]
    if size == 0:
        return np.empty(0, np.int64)
    begins = np.flatnonzero(np.concatenate(([True], post[1:] != post[:-1])))
    lengths = np.diff(np.append(begins, size))
    return np.arange(size) - np.repeat(begins, lengths)


def rank_within_keys(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0, 1, 2 … within equal keys, in the order in which they stand."""
    order = np.argsort(keys, kind="stable")
    ranks = np.empty(keys.shape[0], np.int64)
    ranks[order] = rank_within(keys[order].astype(np.int64))  # type: ignore[arg-type]
    return ranks


def left_out(line: Sequence[int], *, post: int, queue: Queue, rules: Rules) -> list[int]:
    """The places of one post's sorted line that it does not keep."""
    seats = int(rules.seats[post])
    if not rules.special[post]:
        return list(line[seats:])
    counts: dict[int, int] = {}
    first, rest, out = 0, [], []
    for place in line:
        group = int(rules.group[queue.student_at[place]])
        held = counts[group] = counts.get(group, 0) + 1
        if group == NO_GROUP:
            rest.append(place)
        elif held > rules.ceilings[post, group]:
            out.append(place)
        elif held <= rules.reserved[post, group]:
            first += 1
        else:
            rest.append(place)
    return out + rest[max(0, seats - first) :]
