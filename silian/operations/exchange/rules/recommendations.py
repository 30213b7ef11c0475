"""In which order listings are recommended: both sides count, none is shown beyond its means."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt, tanh
from statistics import mean, pstdev
from typing import NamedTuple

from silian.operations.exchange.rules.matching_facts import MatchFact

MOST_KEPT = 20  # nobody reads further; more is found in the hall
SHOWN_FIRST = 6  # what the first page shows: the places that are worth anything
SHOWN_PER_PLACE = 5  # organisations that may see a listing for each place that is still free
LEAST_ROOM = 10  # even a single instrument is shown to some, for most do not answer
MOST_ROOM = 200  # a page that everybody sees tells nobody anything
ROOM_WITHOUT_NUMBER = 40  # kinds that count nothing: services, results, products
NEW_DAYS = 14  # as long a listing counts as new and may take the trial place
LEARNED_POINTS = 3.0  # learning moves a pair at most as much as the same occupation does
SUITED_POINTS = 1.0  # what an organisation found to suit it
SAME_PUBLISHER_POINTS = 0.5  # what else comes from whom it found to suit, or not
ONE_SIDED = 0.8  # a pair that only one side would choose counts less


class RecommendationRow(NamedTuple):
    """One computed pair, as the nightly refresh hands it over (推荐候选).

    ``score`` orders the candidates of one own listing, higher is better. ``facts`` are the codes
    of the facts compared and whether each is met, e.g. ``(("occupation", True), …)``.
    """

    own_id: int
    other_id: int
    score: float
    facts: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the order needs to know of a recommended listing (承接情况).

    ``room`` is how many more organisations may see it; ``first_published_on`` is that of the
    earliest equal listing of its publisher, so that publishing again lifts nothing.
    """

    room: int = ROOM_WITHOUT_NUMBER
    first_published_on: datetime.date = datetime.date.min
    is_new: bool = False


class Ranked(NamedTuple):
    """One pair in its place."""

    own_id: int
    other_id: int
    rank: int
    score: float
    facts: tuple[tuple[str, bool], ...] = ()
    mutual_rank: int | None = None
    moved: int = 0
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The order of all lists, and how many first places went beyond the room, before and after."""

    ranked: list[Ranked]
    over_before: int
    over_after: int


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What one organisation said of one recommended listing (评价)."""

    organisation_id: int
    listing_id: int
    publisher_id: int
    kind: str
    suits: bool


Lists = dict[int, list[RecommendationRow]]


def ordered(rows: Iterable[RecommendationRow], *, standing: Mapping[int, Standing]) -> Spread:
    """Every list in its final order, with what spreading changed (排序与容量调节)."""
    lists = reciprocal_lists(rows, standing=standing)
    spread = {own: [row.other_id for row in found] for own, found in spread_out(lists, standing)}
    places = {own: places_of(found) for own, found in lists.items()}
    ranked = [
        place
        for own, others in spread.items()
        for place in ranked_list(lists[own], others=others, places=places, standing=standing)
    ]
    return Spread(
        ranked=ranked,
        over_before=overrun(
            ([row.other_id for row in found] for found in lists.values()), standing=standing
        ),
        over_after=overrun(spread.values(), standing=standing),
    )


def reciprocal_lists(
    rows: Iterable[RecommendationRow], *, standing: Mapping[int, Standing]
) -> Lists:
    """The best of each own listing; a pair counts as much as both sides think of it."""
    given = {(row.own_id, row.other_id): row for row in rows if row.other_id in standing}
    lists: Lists = defaultdict(list)
    for (own, other), row in given.items():
        back = given.get((other, own))
        score = row.score * ONE_SIDED if back is None else sqrt(row.score * back.score)
        lists[own].append(
            RecommendationRow(own_id=own, other_id=other, score=score, facts=row.facts)
        )
    for own, found in lists.items():
        found.sort(key=lambda row: order_key(row, standing=standing))
        lists[own] = found[:MOST_KEPT]
    return lists


def order_key(
    row: RecommendationRow, *, standing: Mapping[int, Standing]
) -> tuple[float, datetime.date, int]:
    """Better first; among equals whoever published first, so that nothing is won by repeating."""
    return (-row.score, standing[row.other_id].first_published_on, row.other_id)


def spread_out(
    lists: Lists, standing: Mapping[int, Standing]
) -> list[tuple[int, list[RecommendationRow]]]:
    """Fill the first places round by round; who has no room left steps back (容量调节)."""
    waiting = {own: list(found) for own, found in lists.items()}
    placed: Lists = {own: [] for own in lists}
    used: Counter[int] = Counter()
    for _ in range(SHOWN_FIRST):
        with_some = [own for own in waiting if waiting[own]]
        for own in sorted(with_some, key=lambda own: (-waiting[own][0].score, own)):
            chosen = first_with_room(waiting[own], used=used, standing=standing)
            waiting[own].remove(chosen)
            placed[own].append(chosen)
            used[chosen.other_id] += 1
    return [
        (own, with_trial_place(placed[own], waiting[own], used=used, standing=standing))
        for own in lists
    ]


def first_with_room(
    found: Sequence[RecommendationRow], *, used: Counter[int], standing: Mapping[int, Standing]
) -> RecommendationRow:
    """The best that may still be shown; the best of all when none may."""
    free = (row for row in found if used[row.other_id] < standing[row.other_id].room)
    return next(free, found[0])


def with_trial_place(
    first: list[RecommendationRow],
    rest: list[RecommendationRow],
    *,
    used: Counter[int],
    standing: Mapping[int, Standing],
) -> list[RecommendationRow]:
    """The last of the first places goes to a new listing, unless one stands there already."""
    if any(standing[row.other_id].is_new for row in first):
        return first + rest
    trial = next(
        (
            row
            for row in rest
            if standing[row.other_id].is_new and used[row.other_id] < standing[row.other_id].room
        ),
        None,
    )
    if trial is None or len(first) < SHOWN_FIRST:
        return first + rest
    used[trial.other_id] += 1
    used[first[-1].other_id] -= 1
    others = [row for row in rest if row is not trial]
    return [*first[:-1], trial, first[-1], *others]


def places_of(found: Sequence[RecommendationRow]) -> dict[int, int]:
    return {row.other_id: place for place, row in enumerate(found, start=1)}


def ranked_list(
    found: Sequence[RecommendationRow],
    *,
    others: Sequence[int],
    places: Mapping[int, Mapping[int, int]],
    standing: Mapping[int, Standing],
) -> list[Ranked]:
    rows = {row.other_id: row for row in found}
    return [
        Ranked(
            own_id=rows[other].own_id,
            other_id=other,
            rank=rank,
            score=rows[other].score,
            facts=rows[other].facts,
            mutual_rank=places.get(other, {}).get(rows[other].own_id),
            moved=rank - places[rows[other].own_id][other],
            is_new=standing[other].is_new,
        )
        for rank, other in enumerate(others, start=1)
    ]


def overrun(lists: Iterable[Sequence[int]], *, standing: Mapping[int, Standing]) -> int:
    """How many first places go to listings beyond their room (超出承接能力的展示位)."""
    shown = Counter(other for found in lists for other in found[:SHOWN_FIRST])
    return sum(max(0, count - standing[other].room) for other, count in shown.items())


def room_for(*, capacity_left: int | None, unanswered: int) -> int:
    """How many more organisations may see a listing in their first places (可展示单位数).

    ``unanswered`` are those to whom it was shown lately and who did not react.
    """
    wanted = ROOM_WITHOUT_NUMBER if capacity_left is None else SHOWN_PER_PLACE * capacity_left
    return max(0, min(max(wanted, LEAST_ROOM), MOST_ROOM) - unanswered)


def headline(facts: Sequence[MatchFact]) -> str:
    """How many facts speak for it (几项符合), for the head of the reasons."""
    met = sum(fact.met for fact in facts)
    if met == len(facts):
        return f"为什么推荐：{met} 项全部符合"
    return f"为什么推荐：{len(facts)} 项符合 {met} 项"


def with_learning(
    rows: Sequence[RecommendationRow], *, learned: Mapping[tuple[int, int], float]
) -> list[RecommendationRow]:
    """The rows with what was learned, compared within the list of each own listing (学习排序).

    The scores of a list are spread around their middle, so that learning changes the order
    within a list and never makes up for missing facts altogether.
    """
    lists: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if (value := learned.get((row.own_id, row.other_id))) is not None:
            lists[row.own_id].append(value)
    middles = {own: (mean(values), pstdev(values) or 1.0) for own, values in lists.items()}
    found = []
    for row in rows:
        value = learned.get((row.own_id, row.other_id))
        if value is not None:
            middle, width = middles[row.own_id]
            moved = LEARNED_POINTS * tanh((value - middle) / width)
            row = row._replace(score=max(0.0, row.score + moved))
        found.append(row)
    return found


def feedback_points(judgements: Iterable[Judged]) -> dict[tuple[int, str, int], float]:
    """Points by organisation for a listing, and for the publisher with the kind (反馈).

    Keys are ``(organisation, "listing", id)`` and ``(organisation, kind, publisher)``.
    """
    points: dict[tuple[int, str, int], float] = defaultdict(float)
    for row in judgements:
        sign = 1 if row.suits else -1
        points[row.organisation_id, "listing", row.listing_id] += sign * SUITED_POINTS
        key = (row.organisation_id, row.kind, row.publisher_id)
        points[key] = max(-1.0, min(1.0, points[key] + sign * SAME_PUBLISHER_POINTS))
    return points
