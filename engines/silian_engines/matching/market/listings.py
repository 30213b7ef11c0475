"""What people say of themselves: words and fields, with gaps and errors (公开信息)."""

from __future__ import annotations

import datetime

import numpy as np
import numpy.typing as npt

from silian_engines.matching.market.people import Crowd, Floats, Ground, Ints
from silian_engines.matching.market.plan import MarketPlan, Telling
from silian_engines.matching.market.trades import noise_words, skill_words
from silian_engines.matching.recommendation.entities import Entity, Side

FIRST_DAY = datetime.date(2024, 9, 1)
LEAST_WORDS = 5
MAJORS_OF_A_TRADE = 3
INDUSTRIES_OF_A_FAMILY = 3


class Writer:
    """Writes the listings of a market; the two sides write in dialects of one language."""

    def __init__(self, plan: MarketPlan, ground: Ground, *, rng: np.random.Generator) -> None:
        self.plan, self.ground, self.rng = plan, ground, rng
        self.telling: Telling = plan.telling
        self.accents = [rng.standard_normal(len(trade.words)) for trade in ground.trades]
        terms = len(skill_words())
        self.term_accent = rng.standard_normal(terms)
        self.term_skill = rng.standard_normal((terms, plan.skills)) / np.sqrt(plan.skills)
        rank = np.arange(len(noise_words()))
        self.noise = 1 / (3.0 + rank)
        self.noise /= self.noise.sum()

    def entities(self, crowd: Crowd) -> list[Entity]:
        texts = self.texts(crowd)
        fields = self.fields(crowd)
        mark = "need" if crowd.side is Side.DEMAND else "offer"
        return [
            Entity(
                key=f"{mark}-{at}",
                side=crowd.side,
                kind=str(crowd.kinds[at]),
                words=texts[at],
                capacity=int(crowd.places[at]),
                **{name: values[at] for name, values in fields.items()},
            )
            for at in range(crowd.size)
        ]

    def texts(self, crowd: Crowd) -> list[tuple[str, ...]]:
        """Some words from the trades, some from the skills, some that mislead, and noise."""
        tell, rng, size = self.telling, self.rng, crowd.size
        lengths = np.maximum(rng.lognormal(np.log(tell.usual_words), 0.4, size), LEAST_WORDS)
        owner = np.repeat(np.arange(size), lengths.astype(np.int64))
        draw, count = rng.random(owner.size), len(self.ground.trades)
        edges = np.cumsum([tell.from_trades, tell.from_skills, tell.from_other_trades])
        words = np.empty(owner.size, object)
        sign = 1.0 if crowd.side is Side.DEMAND else -1.0
        own, strange = draw < edges[0], (draw >= edges[1]) & (draw < edges[2])
        place = (rng.random(owner.size)[:, None] > np.cumsum(crowd.shares, axis=1)[owner]).sum(1)
        trade = crowd.trades[owner, np.minimum(place, crowd.shares.shape[1] - 1)]
        trade[strange] = rng.integers(count, size=int(strange.sum()))
        self.write_trade_words(words, np.flatnonzero(own | strange), trade, sign=sign)
        skill = np.flatnonzero((draw >= edges[0]) & (draw < edges[1]))
        words[skill] = self.terms(crowd.skills, owner[skill], sign=sign)
        noise = np.flatnonzero(draw >= edges[2])
        words[noise] = rng.choice(np.array(noise_words(), object), size=noise.size, p=self.noise)
        ends = np.cumsum(np.bincount(owner, minlength=size))[:-1]
        return [tuple(dict.fromkeys(part.tolist())) for part in np.split(words, ends)]

    def write_trade_words(
        self, words: npt.NDArray[np.object_], at: Ints, trade: Ints, *, sign: float
    ) -> None:
        order = at[np.argsort(trade[at], kind="stable")]
        for number, run in grouped(trade[order], order):
            known = np.array(self.ground.trades[number].words, object)
            chance = np.exp(sign * self.telling.dialect * self.accents[number])
            words[run] = self.rng.choice(known, size=run.size, p=chance / chance.sum())

    def terms(self, skills: Floats, owner: Ints, *, sign: float) -> npt.NDArray[np.object_]:
        """Terms of skills by how well they describe their owner."""
        sharp = self.telling.skill_sharpness * np.sqrt(self.plan.skills)
        known, chosen = np.array(skill_words(), object), np.empty(owner.size, np.int64)
        accent = sign * self.telling.dialect * self.term_accent
        for part in np.array_split(np.arange(owner.size), 1 + owner.size // 20_000):
            logits = sharp * skills[owner[part]] @ self.term_skill.T + accent
            chance = np.cumsum(np.exp(logits), axis=1)
            draw = self.rng.random(part.size) * chance[:, -1]
            chosen[part] = (chance < draw[:, None]).sum(axis=1)
        return known[np.minimum(chosen, known.size - 1)]

    def fields(self, crowd: Crowd) -> dict[str, list]:
        tell, size = self.telling, crowd.size
        day = [FIRST_DAY + datetime.timedelta(days=int(d)) for d in crowd.starts]
        end = [d + datetime.timedelta(days=int(n)) for d, n in zip(day, crowd.lasts, strict=True)]
        said = self.given(tell.period_given, size)
        codes = [
            f"99{city + 1:02d}{county + 1:02d}"
            for city, county in zip(crowd.city, crowd.county, strict=True)
        ]
        return {
            "occupation": self.blanked(self.occupations(crowd), tell.occupation_given),
            "majors": self.majors(crowd),
            "industry": self.blanked(self.industries(crowd), tell.industry_given),
            "division": self.blanked(codes, tell.division_given),
            "quantity": self.blanked(crowd.places.tolist(), tell.quantity_given, nothing=None),
            "starts_on": [d if ok else None for d, ok in zip(day, said, strict=True)],
            "ends_on": [d if ok else None for d, ok in zip(end, said, strict=True)],
        }

    def occupations(self, crowd: Crowd) -> list[str]:
        """The main trade; sometimes another one that the person also has or that is near."""
        right = self.given(self.telling.occupation_right, crowd.size)
        trade = np.where(right, crowd.trades[:, 0], crowd.trades[:, 1])
        return [self.ground.trades[at].occupation for at in trade]

    def majors(self, crowd: Crowd) -> list[frozenset[str]]:
        """One to three majors of the main trade, or of another of its family."""
        tell = self.telling
        needs = crowd.side is Side.DEMAND
        share = tell.majors_given_by_needs if needs else tell.majors_given_by_offers
        said, many = self.given(share, crowd.size), self.rng.integers(1, 4, size=crowd.size)
        picks = self.rng.integers(MAJORS_OF_A_TRADE, size=(crowd.size, 3))
        astray = self.rng.random((crowd.size, 3)) < 0.15
        found = []
        for at in range(crowd.size):
            mine = crowd.trades[at, 0], crowd.trades[at, 1]
            codes = [
                self.major_code(mine[int(astray[at, n])], picks[at, n]) for n in range(many[at])
            ]
            found.append(frozenset(codes) if said[at] else frozenset())
        return found

    def major_code(self, trade: int, pick: int) -> str:
        """A six-digit code; trades of one family share the first four, neighbours some majors."""
        family = int(self.ground.family[trade])
        return f"{40 + family % 40:02d}{family // 40 + 1:02d}{(trade + int(pick)) % 60:02d}"

    def industries(self, crowd: Crowd) -> list[str]:
        family = self.ground.family[crowd.trades[:, 0]]
        pick = self.rng.integers(INDUSTRIES_OF_A_FAMILY, size=crowd.size)
        numbers = 10 + (family * 2 + pick) % 80
        return [f"{chr(65 + n % 20)}{n}{n % 9 + 1}" for n in numbers.tolist()]

    def given(self, share: float, size: int) -> npt.NDArray[np.bool_]:
        return self.rng.random(size) < share

    def blanked(self, values: list, share: float, *, nothing: object = "") -> list:
        said = self.given(share, len(values))
        return [v if ok else nothing for v, ok in zip(values, said, strict=True)]


def grouped(keys: Ints, values: Ints) -> list[tuple[int, Ints]]:
    """Runs of equal sorted keys with their values."""
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    runs = np.split(values, begins[1:])
    return list(zip(keys[begins].tolist(), runs, strict=True)) if keys.size else []
