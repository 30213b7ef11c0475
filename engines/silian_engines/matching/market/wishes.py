"""How much each side wants the other: the truth that no recommender sees (真实意愿)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from silian_engines.matching.market.people import Crowd, Floats, Ints
from silian_engines.matching.market.plan import MEETS, MarketPlan

SAME_COUNTY, SAME_CITY = 1.0, 0.6
GOLDEN, SALTING = 0x9E3779B97F4A7C15, 0xD1342543DE82EF95
USUAL_NEAR = 0.12  # what nearness is worth on average, so that levels keep their meaning


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What both sides want, pair by pair."""

    plan: MarketPlan
    needs: Crowd
    offers: Crowd

    def may_meet(self, needs: Ints, offers: Ints) -> npt.NDArray[np.bool_]:
        """Whether the kinds of the two allow a meeting."""
        names = np.unique(self.needs.kinds), np.unique(self.offers.kinds)
        table = np.array([[(n, o) in MEETS for o in names[1]] for n in names[0]])
        left = np.searchsorted(names[0], self.needs.kinds)[needs]
        return np.asarray(table[left, np.searchsorted(names[1], self.offers.kinds)[offers]])

    def lasting(self, needs: Ints, offers: Ints) -> tuple[Floats, Floats]:
        """What the need and what the offer want, but for chance."""
        want, mine, theirs = self.plan.wanting, self.needs, self.offers
        skill = np.einsum("ij,ij->i", mine.skills[needs], theirs.skills[offers])
        taste = np.einsum("ij,ij->i", mine.taste[needs], theirs.taste[offers])
        shared = want.skill * skill + want.taste * taste + want.period * self.period(needs, offers)
        near = want.place * (self.nearness(needs, offers) - USUAL_NEAR)
        enough = np.minimum(theirs.places[offers] / mine.places[needs], 1.0) - 0.5
        of_need = shared + near * mine.rooted[needs] + want.quality * theirs.quality[offers]
        of_offer = shared + near * theirs.rooted[offers] + want.quality * mine.quality[needs]
        return of_need + want.number * enough, of_offer

    def felt(self, needs: Ints, offers: Ints) -> tuple[Floats, Floats]:
        """What both want, with what only these two know of each other."""
        of_need, of_offer = self.lasting(needs, offers)
        pair = needs * self.offers.size + offers
        chance = self.plan.wanting.chance
        return (
            of_need + chance * noise(pair, salt=2 * self.plan.seed),
            of_offer + chance * noise(pair, salt=2 * self.plan.seed + 1),
        )

    def fit(self, needs: Ints, offers: Ints) -> Floats:
        """How far the less willing of the two is beyond asking; -inf for kinds that do not meet."""
        of_need, of_offer = self.lasting(needs, offers)
        less = np.minimum(of_need, of_offer) - self.plan.wanting.asking_level
        return np.where(self.may_meet(needs, offers), less, -np.inf)

    def nearness(self, needs: Ints, offers: Ints) -> Floats:
        city = self.needs.city[needs] == self.offers.city[offers]
        county = city & (self.needs.county[needs] == self.offers.county[offers])
        return np.where(county, SAME_COUNTY, np.where(city, SAME_CITY, 0.0))

    def period(self, needs: Ints, offers: Ints) -> Floats:
        """Half for periods that meet, less half for those that do not."""
        mine, theirs = self.needs, self.offers
        starts = np.maximum(mine.starts[needs], theirs.starts[offers])
        ends = np.minimum(
            mine.starts[needs] + mine.lasts[needs], theirs.starts[offers] + theirs.lasts[offers]
        )
        return np.where(starts < ends, 0.5, -0.5)


def noise(pair: Ints, *, salt: int) -> Floats:
    """A number like a standard normal one, always the same for a pair (splitmix64)."""
    begin = (salt + 1) * SALTING % 2**64
    mixed = pair.astype(np.uint64) * np.uint64(4) + np.uint64(begin)
    total = np.zeros(pair.shape)
    for _ in range(3):
        mixed = mixed + np.uint64(GOLDEN)
        word = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        total += (word ^ (word >> np.uint64(31))) / 2.0**64 - 0.5
    return total * 2.0  # three uniforms have a variance of a quarter
