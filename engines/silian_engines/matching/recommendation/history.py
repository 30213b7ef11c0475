"""What came of earlier meetings, as pairs of positions and counts (互动记录)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library
from silian_engines.matching.recommendation.entities import Act, Interaction, Side

DEPTH = {Act.SEEN: 0, Act.ANSWERED: 1, Act.ACCEPTED: 2}
USUAL_RATE = 20.0  # so many showings weigh as much as the rate of everybody
LATE_SHARE = 0.25  # of the acceptances, the newest; the ranking learns from them


@dataclass(frozen=True, kw_only=True)
class History:
    """Meetings in order of time; ``asked_by_need`` tells who began."""

    needs: Ints
    offers: Ints
    depth: Ints
    asked_by_need: npt.NDArray[np.bool_]
    day: Ints

    def __len__(self) -> int:
        return self.needs.size

    def where(self, chosen: npt.NDArray[np.bool_]) -> History:
        return History(
            needs=self.needs[chosen],
            offers=self.offers[chosen],
            depth=self.depth[chosen],
            asked_by_need=self.asked_by_need[chosen],
            day=self.day[chosen],
        )

    def at_least(self, act: Act) -> History:
        return self.where(self.depth >= DEPTH[act])

    def split(self) -> tuple[History, History]:
        """Before and after the day from which the newest acceptances date; a day is not cut."""
        days = self.day[self.depth == DEPTH[Act.ACCEPTED]]
        if days.size == 0:
            return self, self.where(np.zeros(len(self), bool))
        from_day = np.quantile(days, 1 - LATE_SHARE, method="higher")
        return self.where(self.day < from_day), self.where(self.day >= from_day)


def history_of(interactions: Iterable[Interaction], *, library: Library) -> History:
    """The meetings whose two keys are known, on different sides."""
    needs, offers = library.needs.position, library.offers.position
    rows = []
    for actor, other, act, on in interactions:
        if actor in needs and other in offers:
            rows.append((needs[actor], offers[other], DEPTH[act], 1, on.toordinal()))
        elif actor in offers and other in needs:
            rows.append((needs[other], offers[actor], DEPTH[act], 0, on.toordinal()))
    table = np.array(rows, np.int64).reshape(-1, 5)
    table = table[np.argsort(table[:, 4], kind="stable")]
    return History(
        needs=table[:, 0],
        offers=table[:, 1],
        depth=table[:, 2],
        asked_by_need=table[:, 3].astype(bool),
        day=table[:, 4],
    )


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What somebody did who had a pair before them: ask or not, take or not (选择).

    ``kind`` tells who decided what; how a pair came to be seen plays no part.
    """

    needs: Ints
    offers: Ints
    kind: Ints
    yes: Floats

    def __len__(self) -> int:
        return self.needs.size


def decisions_of(history: History) -> Decisions:
    asked, answered = np.arange(len(history)), np.flatnonzero(history.depth >= DEPTH[Act.ANSWERED])
    rows = np.concatenate([asked, answered])
    yes = [history.depth >= DEPTH[Act.ANSWERED], history.depth[answered] == DEPTH[Act.ACCEPTED]]
    second = np.repeat([0, 2], [asked.size, answered.size])
    return Decisions(
        needs=history.needs[rows],
        offers=history.offers[rows],
        kind=second + history.asked_by_need[rows],
        yes=np.concatenate(yes).astype(np.float32),
    )


def pairs_of(history: History, *, library: Library) -> sparse.csr_matrix:
    """Needs by offers, 1 where they met to this depth."""
    shape = (library.needs.size, library.offers.size)
    ones = np.ones(len(history), np.float32)
    matrix = sparse.csr_matrix((ones, (history.needs, history.offers)), shape=shape)
    matrix.data[:] = 1
    return matrix


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the entities of one side have fared so far, on the scale of their side (表现)."""

    accepted: Floats
    asked: Floats
    shown: Floats
    rate: Floats
    asks: Floats

    @property
    def columns(self) -> Floats:
        return np.column_stack([self.accepted, self.asked, self.shown, self.rate, self.asks])


def standing_of(history: History, *, library: Library, side: Side) -> Standing:
    needs = side is Side.DEMAND
    who = history.needs if needs else history.offers
    size = library.shelf(side).size
    was_shown = history.asked_by_need != needs
    answered, accepted = history.depth >= DEPTH[Act.ANSWERED], history.depth == DEPTH[Act.ACCEPTED]

    def count(chosen: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(who[chosen], minlength=size).astype(np.float32)

    shown, asked = count(was_shown), count(was_shown & answered)
    usual = asked.sum() / max(float(shown.sum()), 1.0)
    rate = (asked + USUAL_RATE * usual) / (shown + USUAL_RATE)
    return Standing(
        accepted=on_scale(count(accepted)),
        asked=on_scale(asked),
        shown=on_scale(shown),
        rate=(rate / usual if usual else np.ones(size)).astype(np.float32),
        asks=on_scale(count(~was_shown & answered)),
    )


def on_scale(counts: Floats) -> Floats:
    """Counts as logarithms of how many times the mean they are."""
    mean = float(counts.mean()) if counts.size else 0.0
    return np.log1p(counts / mean).astype(np.float32) if mean else np.zeros_like(counts)
