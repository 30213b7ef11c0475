"""The search and the recommendations are as good as recorded, or better (见 README.md)."""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import pytest

from tests.relevance import judging, market

RECORDED = Path(__file__).parent / "recorded.toml"
TOLERANCE = 0.01


@dataclass(frozen=True, kw_only=True)
class Score:
    name: str
    hard: str
    ndcg: float


def query_scores() -> list[Score]:
    return [
        Score(name=query.words, hard=query.hard, ndcg=query_ndcg(query))
        for query in judging.queries()
    ]


def query_ndcg(query: judging.Query) -> float:
    shown = [judging.query_grade(query, one) for one in market.found(query)]
    return judging.ndcg(shown, possible=possible_for(query))


def possible_for(query: judging.Query) -> list[int]:
    return [judging.query_grade(query, one) for one in judging.listings().values()]


def need_scores() -> list[Score]:
    return [
        Score(
            name=judging.listings()[need.listing].title,
            hard=need.hard,
            ndcg=judging.ndcg(
                [judging.need_grade(need, one) for one in market.recommended(need)],
                possible=possible_answers(need),
            ),
        )
        for need in judging.needs()
    ]


def possible_answers(need: judging.Need) -> list[int]:
    return [judging.need_grade(need, one) for one in judging.listings().values()]


def told(part: str, scores: list[Score]) -> str:
    """The measured numbers, by difficulty, and the worst questions."""
    by_hard: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        by_hard[score.hard].append(score.ndcg)
    lines = [f"{part}: nDCG@10 {fmean(one.ndcg for one in scores):.4f} ({len(scores)})"]
    lines += [f"  {hard} {fmean(some):.3f} ({len(some)})" for hard, some in sorted(by_hard.items())]
    worst = sorted(scores, key=lambda one: one.ndcg)[:20]
    return "\n".join([*lines, "  worst: " + " | ".join(f"{w.name} {w.ndcg:.2f}" for w in worst)])


@pytest.fixture
def filled(db: None) -> Iterator[None]:
    """The market, of which this process remembers nothing afterwards."""
    market.fill()
    yield
    market.forget()


def test_neither_the_search_nor_the_recommendations_fall(filled: None) -> None:
    """One test for both: filling the market takes most of the time."""
    measured = {"queries": query_scores(), "needs": need_scores()}
    report = "\n".join(told(part, scores) for part, scores in measured.items())
    sys.stdout.write(f"{report}\n")
    last = tomllib.loads(RECORDED.read_text(encoding="utf-8"))["recorded"][-1]
    fallen = [
        part
        for part, scores in measured.items()
        if fmean(score.ndcg for score in scores) < last[part] - TOLERANCE
    ]
    assert not fallen, report
