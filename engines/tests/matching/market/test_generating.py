"""A made-up market is repeatable, and holds what its plan says: gaps, places, an unseen future."""

from __future__ import annotations

from collections import Counter

import numpy as np
from silian_engines.matching.market.generating import Market, generated
from silian_engines.matching.market.plan import MEETS, MarketPlan
from silian_engines.matching.market.wishes import noise
from silian_engines.matching.recommendation.entities import Act, Side

PLAN = MarketPlan(needs=200, offers=800, past_seasons=3, future_seasons=1, trades=40, seed=5)
MARKET = generated(plan=PLAN)


def pairs_of(market: Market) -> list[tuple[int, int, int, int]]:
    return [
        (season.number, need, offer, depth)
        for season in [*market.past, *market.future]
        for need, offer, depth in zip(
            season.needs.tolist(), season.offers.tolist(), season.depth.tolist(), strict=True
        )
    ]


def test_the_same_plan_gives_the_same_market_and_another_seed_another() -> None:
    again, other = generated(plan=PLAN), generated(plan=MarketPlan(**{**vars(PLAN), "seed": 6}))
    assert again.entities == MARKET.entities
    assert list(again.interactions()) == list(MARKET.interactions())
    assert other.entities != MARKET.entities


def test_nobody_takes_more_than_the_places_of_a_season() -> None:
    for season in [*MARKET.past, *MARKET.future]:
        taken = season.depth == 2
        for who, crowd in (
            (season.needs, MARKET.wishes.needs),
            (season.offers, MARKET.wishes.offers),
        ):
            assert (np.bincount(who[taken], minlength=crowd.size) <= crowd.places).all()


def test_only_kinds_that_may_meet_do_and_both_sides_want_what_comes_about() -> None:
    for season in MARKET.past:
        kinds = zip(
            MARKET.wishes.needs.kinds[season.needs],
            MARKET.wishes.offers.kinds[season.offers],
            strict=True,
        )
        assert set(kinds) <= MEETS
        taken = season.depth == 2
        felt = np.minimum(*MARKET.wishes.felt(season.needs[taken], season.offers[taken]))
        assert (felt > PLAN.wanting.accepting_level).all()


def test_the_future_brings_new_pairs_and_newcomers_alone_come_with_it() -> None:
    asked = {(need, offer) for _, need, offer, depth in pairs_of(MARKET) if depth}
    assert len(asked) == sum(depth > 0 for *_, depth in pairs_of(MARKET))
    past = {row.actor for row in MARKET.interactions()} | {r.other for r in MARKET.interactions()}
    new = np.flatnonzero(MARKET.wishes.offers.from_season == PLAN.past_seasons)
    assert new.size
    assert not past & {MARKET.offers[at].key for at in new}


def test_few_are_seen_by_many_and_both_sides_begin() -> None:
    shown = Counter(row.other for row in MARKET.interactions() if row.actor.startswith("need"))
    most = sorted(shown.values(), reverse=True)
    assert sum(most[: len(MARKET.offers) // 10]) > 0.25 * sum(most)
    acts = Counter((row.actor.split("-")[0], row.act) for row in MARKET.interactions())
    assert all(acts[side, act] for side in ("need", "offer") for act in Act)


def test_listings_have_gaps_noise_and_mistakes_yet_the_trade_shows_through() -> None:
    tell = PLAN.telling
    blank = np.mean([entity.occupation == "" for entity in MARKET.entities])
    assert abs(blank - (1 - tell.occupation_given)) < 0.05
    crowd, skills = MARKET.wishes.needs, MARKET.wishes.offers
    rng = np.random.default_rng(1)
    needs, offers = rng.integers(200, size=4000), rng.integers(800, size=4000)
    fit = np.einsum("ij,ij->i", crowd.skills[needs], skills.skills[offers])
    shared = np.array(
        [
            len(set(MARKET.needs[n].words) & set(MARKET.offers[o].words))
            for n, o in zip(needs, offers, strict=True)
        ]
    )
    assert 0.1 < np.corrcoef(fit, shared)[0, 1] < 0.8
    assert {entity.side for entity in MARKET.needs} == {Side.DEMAND}


def test_what_two_know_of_each_other_is_always_the_same_and_like_a_normal_number() -> None:
    pairs = np.arange(100_000)
    first = noise(pairs, salt=2)
    assert (first == noise(pairs, salt=2)).all()
    assert abs(first.mean()) < 0.02
    assert abs(first.std() - 1) < 0.02
    assert abs(np.corrcoef(first, noise(pairs, salt=3))[0, 1]) < 0.02
