"""A recommender is repeatable, reciprocal, blind to the future, and better than words alone."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from silian_engines.matching.market.plan import MEETS
from silian_engines.matching.recommendation import learning
from silian_engines.matching.recommendation.entities import (
    Act,
    Entity,
    Interaction,
    Side,
    UnknownKey,
)
from silian_engines.matching.recommendation.history import LATE_SHARE, History
from silian_engines.matching.recommendation.recommending import Recommender, fit
from silian_engines.matching.recommendation.signals import Signals, signals_of
from silian_engines.matching.recommendation.storing import NotARecommender

from .small_markets import small_market, small_recommender, taught

DAY = datetime.date(2026, 3, 2)


def need(key: str, *words: str, **facts: object) -> Entity:
    return Entity(key=key, side=Side.DEMAND, kind="job", words=words, **facts)  # type: ignore[arg-type]


def offer(key: str, *words: str, **facts: object) -> Entity:
    return Entity(key=key, side=Side.SUPPLY, kind="graduate_cohort", words=words, **facts)  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    once = small_recommender().save()
    assert taught(small_market()).save() == once
    assert taught(small_market(), seed=4).save() != once


def test_a_saved_recommender_answers_as_before() -> None:
    before = small_recommender()
    after = Recommender.load(before.save())
    assert after.save() == before.save()
    lines = zip(after.top(key="need-3", k=10), before.top(key="need-3", k=10), strict=True)
    for now, then in lines:
        assert (now.key, now.score) == (then.key, pytest.approx(then.score, abs=1e-4))
    with pytest.raises(NotARecommender, match="不是本版本"):
        Recommender.load(b"something else")


def test_a_pair_has_one_score_from_either_side_and_in_both_lists() -> None:
    model = small_recommender()
    for line in model.top(key="need-5", k=10):
        there, back = model.pair_scores(pairs=[("need-5", line.key), (line.key, "need-5")])
        assert there == back == pytest.approx(line.score, abs=1e-4)


def test_lists_hold_the_other_side_once_of_kinds_that_may_meet_and_best_first() -> None:
    model, market = small_recommender(), small_market()
    kinds = {entity.key: entity.kind for entity in market.entities}
    for entity in [*market.needs[:20], *market.offers[:20]]:
        lines = model.top(key=entity.key, k=10)
        assert [line.score for line in lines] == sorted((x.score for x in lines), reverse=True)
        assert len({line.key for line in lines}) == len(lines) > 0
        for line in lines:
            pair = (entity.key, line.key) if entity.side is Side.DEMAND else (line.key, entity.key)
            assert (kinds[pair[0]], kinds[pair[1]]) in MEETS


def test_partners_of_old_can_be_left_out() -> None:
    model, market = small_recommender(), small_market()
    met, keys = model.met.toarray() > 0, [entity.key for entity in market.needs]
    rows = np.arange(len(keys))[:, None]
    assert met[rows, model.tops(keys=keys, k=10)[0]].any()
    assert not met[rows, model.tops(keys=keys, k=10, new_only=True)[0]].any()


def test_nothing_of_the_future_is_told_and_the_ranking_learns_from_an_earlier_past(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    market, told = small_market(), []
    met = small_recommender().met
    assert not met[market.future_pairs()].any()

    def note(library: object, history: History, *, rng: np.random.Generator) -> Signals:
        told.append(history.day.max())
        return signals_of(library, history, rng=rng)  # type: ignore[arg-type]

    monkeypatch.setattr(learning, "signals_of", note)
    model = taught(market)
    taken = model.history.day[model.history.depth == 2]
    assert told
    assert told[0] < np.quantile(taken, 1 - LATE_SHARE, method="higher") <= taken.max()


def test_what_both_want_is_found_better_than_by_words_or_by_chance() -> None:
    model, market = small_recommender(), small_market()
    rows = np.arange(len(market.needs))
    tops = model.tops(keys=[e.key for e in market.needs], k=10)[0]
    words = model.signals.words.of_everybody(rows, from_needs=True)
    words[~model.retrieval.may_meet(rows, from_needs=True)] = -np.inf

    def worth(found: np.ndarray) -> float:
        pairs = np.repeat(rows, found.shape[1]), np.maximum(found.ravel(), 0)
        return float(np.maximum(market.wishes.fit(*pairs), 0).mean())

    by_words = worth(np.argsort(-words, axis=1)[:, :10])
    by_chance = worth(np.random.default_rng(1).integers(len(market.offers), size=(rows.size, 10)))
    assert worth(tops) > 1.2 * by_words > 1.2 * by_chance


def test_a_market_without_past_goes_by_words_and_fields() -> None:
    model = fit(
        entities=[
            need("n", "数控", "车床", occupation="6-18-01-01", division="990102"),
            offer("same", "数控", "车床", occupation="6-18-01-01", division="990102"),
            offer("words", "数控", "车床"),
            offer("field", "会计", "出纳", occupation="6-18-01-02"),
            *(offer(f"other-{at}", "会计", "出纳", division="990301") for at in range(20)),
        ]
    )
    order = [line.key for line in model.top(key="n", k=30)]
    assert set(order[:3]) == {"same", "words", "field"}
    assert order[0] == "same"


def test_a_newcomer_is_ranked_without_training() -> None:
    model, market = small_recommender(), small_market()
    twin = replace(market.needs[4], key="new")
    lines = model.with_entities(entities=[twin]).top(key="new", k=10)
    old = {line.key for line in model.top(key="need-4", k=30)}
    assert sum(line.key in old for line in lines) >= 7
    with pytest.raises(UnknownKey):
        model.top(key="new", k=10)


def test_meetings_of_strangers_and_of_one_side_are_passed_over() -> None:
    entities = [need("n", "焊工"), need("m", "焊工"), offer("o", "焊工")]
    rows = [
        Interaction("n", "gone", Act.ACCEPTED, DAY),
        Interaction("n", "m", Act.ACCEPTED, DAY),
        Interaction("o", "n", Act.ANSWERED, DAY),
    ]
    model = fit(entities=entities, interactions=rows)
    assert len(model.history) == 1
    with pytest.raises(ValueError, match="一条需求和一条供给"):
        model.pair_scores(pairs=[("n", "m")])


def test_an_empty_market_recommends_nobody() -> None:
    assert fit(entities=[]).save()
    assert fit(entities=[need("n", "焊工")]).top(key="n", k=5) == []
