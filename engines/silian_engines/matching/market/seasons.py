"""Season after season: who sees whom, who asks, who is taken (逐季互动).

Before there is a recommender people see those who are popular, those whose text holds a word of
theirs, those of their place or occupation, and some by chance. They ask those whom they want most;
the asked take whom they want most while they have places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from silian_engines.matching.market.people import Crowd, Floats, Ints
from silian_engines.matching.market.plan import MarketPlan
from silian_engines.matching.market.wishes import Wishes
from silian_engines.matching.recommendation.entities import Entity, Side

NOBODY = -1


@dataclass(frozen=True, kw_only=True)
class Season:
    """What happened in one season, pair by pair; ``depth`` is 0 seen, 1 asked, 2 taken."""

    number: int
    needs: Ints
    offers: Ints
    by_need: npt.NDArray[np.bool_]
    depth: Ints


class Index:
    """Who on one side holds which label, for browsing: words, places, occupations."""

    def __init__(self, labels: Sequence[Sequence[str]], known: dict[str, int]) -> None:
        owner = np.repeat(np.arange(len(labels)), [len(row) for row in labels])
        label = np.array([known.setdefault(x, len(known)) for row in labels for x in row], np.int64)
        self.label, self.begins = label, np.searchsorted(owner, np.arange(len(labels) + 1))
        order = np.argsort(label, kind="stable")
        self.holders, self.sorted = owner[order], label[order]

    def some_label(self, who: Ints, *, rng: np.random.Generator) -> Ints:
        """A label of each, ``-1`` for those who have none."""
        begin, end = self.begins[who], self.begins[who + 1]
        at = begin + (rng.random(who.size) * (end - begin)).astype(np.int64)
        found = self.label[np.minimum(at, self.label.size - 1)]
        return np.where(end > begin, found, NOBODY)

    def some_holder(self, label: Ints, *, rng: np.random.Generator) -> Ints:
        """Somebody who holds each label, ``-1`` where nobody does."""
        begin = np.searchsorted(self.sorted, label, side="left")
        end = np.searchsorted(self.sorted, label, side="right")
        at = begin + (rng.random(label.size) * (end - begin)).astype(np.int64)
        found = self.holders[np.minimum(at, self.holders.size - 1)]
        return np.where((end > begin) & (label != NOBODY), found, NOBODY)


class Browsing:
    """How both sides come to see each other."""

    def __init__(self, needs: Sequence[Entity], offers: Sequence[Entity]) -> None:
        self.indexes: list[tuple[Index, Index]] = []
        for labels in (
            lambda e: e.words,
            lambda e: [e.division[:4]] if e.division else [],
            lambda e: [e.occupation] if e.occupation else [],
        ):
            known: dict[str, int] = {}
            self.indexes.append(
                (
                    Index([labels(e) for e in needs], known),
                    Index([labels(e) for e in offers], known),
                )
            )

    def found(self, who: Ints, *, by_need: bool, way: int, rng: np.random.Generator) -> Ints:
        mine, theirs = self.indexes[way] if by_need else self.indexes[way][::-1]
        return theirs.some_holder(mine.some_label(who, rng=rng), rng=rng)


@dataclass(kw_only=True)
class Street:
    """The market while it runs: it remembers who was asked, and who has asked whom."""

    plan: MarketPlan
    wishes: Wishes
    browsing: Browsing
    rng: np.random.Generator
    asked_pairs: set[int]
    popularity: dict[Side, Floats]

    def season(self, number: int) -> Season:
        seen = [self.seen(number, by_need=by_need) for by_need in (True, False)]
        needs = np.concatenate([s[0] for s in seen])
        offers = np.concatenate([s[1] for s in seen])
        by_need = np.concatenate(
            [np.full(s[0].size, way) for s, way in zip(seen, (True, False), strict=True)]
        )
        return self.lived(number, needs, offers, by_need)

    def seen(self, number: int, *, by_need: bool) -> tuple[Ints, Ints]:
        """Pairs that come to be seen: present, of kinds that may meet, new to each other."""
        showing, rng = self.plan.showing, self.rng
        mine, theirs = self.sides(by_need=by_need)
        usual = showing.seen_by_needs if by_need else showing.seen_by_offers
        here = mine.from_season <= number
        who = np.repeat(np.arange(mine.size), rng.poisson(1.6 * usual * mine.activity * here))
        others = self.shown_to(who, by_need=by_need)
        kept = others != NOBODY
        who, others = who[kept], others[kept]
        kept = theirs.from_season[others] <= number
        who, others = who[kept], others[kept]
        needs, offers = (who, others) if by_need else (others, who)
        kept = self.wishes.may_meet(needs, offers)
        return needs[kept], offers[kept]

    def shown_to(self, who: Ints, *, by_need: bool) -> Ints:
        showing, rng = self.plan.showing, self.rng
        _, theirs = self.sides(by_need=by_need)
        weight = (1 + self.popularity[theirs.side]) ** showing.popularity_power
        edges = np.cumsum(weight * theirs.prominence)
        popular = np.searchsorted(edges, rng.random(who.size) * edges[-1])
        others = rng.integers(theirs.size, size=who.size)
        ways = np.cumsum(
            [showing.by_popularity, showing.by_words, showing.by_place, showing.by_occupation]
        )
        draw = np.searchsorted(ways, rng.random(who.size), side="right")
        others = np.where(draw == 0, np.minimum(popular, theirs.size - 1), others)
        for way in range(3):
            chosen = draw == way + 1
            others[chosen] = self.browsing.found(who[chosen], by_need=by_need, way=way, rng=rng)
        return others

    def lived(
        self, number: int, needs: Ints, offers: Ints, by_need: npt.NDArray[np.bool_]
    ) -> Season:
        """Who asks whom of those seen, and whom the asked take."""
        pair = needs * self.wishes.offers.size + offers
        _, once = np.unique(pair, return_index=True)
        once = np.sort(once)
        new = np.array([p not in self.asked_pairs for p in pair[once].tolist()], bool)
        chosen = once[new]
        needs, offers, by_need, pair = needs[chosen], offers[chosen], by_need[chosen], pair[chosen]
        of_need, of_offer = self.wishes.felt(needs, offers)
        asks = self.asking(needs, offers, by_need, np.where(by_need, of_need, of_offer))
        takes = self.taking(needs, offers, by_need, asks, of_need=of_need, of_offer=of_offer)
        self.asked_pairs.update(pair[asks].tolist())
        for side, who, mine in ((Side.DEMAND, needs, ~by_need), (Side.SUPPLY, offers, by_need)):
            size = self.popularity[side].size
            self.popularity[side] = 0.7 * self.popularity[side] + np.bincount(
                who[asks & mine], minlength=size
            )
        depth = asks.astype(np.int64) + takes
        return Season(number=number, needs=needs, offers=offers, by_need=by_need, depth=depth)

    def asking(
        self, needs: Ints, offers: Ints, by_need: npt.NDArray[np.bool_], wish: Floats
    ) -> npt.NDArray[np.bool_]:
        """The best of those seen whom one wants enough, up to as many as one can ask."""
        actor = np.where(by_need, needs, self.wishes.needs.size + offers)
        place = standing(actor, wish)
        most = np.where(by_need, self.plan.showing.asks_by_need, self.plan.showing.asks_by_offer)
        return (wish > self.plan.wanting.asking_level) & (place < most)

    def taking(
        self,
        needs: Ints,
        offers: Ints,
        by_need: npt.NDArray[np.bool_],
        asks: npt.NDArray[np.bool_],
        *,
        of_need: Floats,
        of_offer: Floats,
    ) -> npt.NDArray[np.bool_]:
        """Those asked take the best who ask; then both sides must still have a place."""
        wish = np.where(by_need, of_offer, of_need)
        free = self.wishes.needs.places.copy(), self.wishes.offers.places.copy()
        takes = np.zeros(asks.size, bool)
        willing = np.flatnonzero(asks & (wish > self.plan.wanting.accepting_level))
        for at in willing[np.argsort(-wish[willing], kind="stable")].tolist():
            need, offer = needs[at], offers[at]
            if free[0][need] and free[1][offer]:
                free[0][need] -= 1
                free[1][offer] -= 1
                takes[at] = True
        return takes

    def sides(self, *, by_need: bool) -> tuple[Crowd, Crowd]:
        pair = self.wishes.needs, self.wishes.offers
        return pair if by_need else pair[::-1]


def standing(group: Ints, value: Floats) -> Ints:
    """0 for the largest value of its group, 1 for the next, and so on."""
    order = np.lexsort((-value, group))
    sorted_group = group[order]
    begins = np.flatnonzero(np.diff(sorted_group, prepend=-1))
    lengths = np.diff(np.append(begins, group.size))
    places = np.empty(group.size, np.int64)
    places[order] = np.arange(group.size) - np.repeat(begins, lengths)
    return places
