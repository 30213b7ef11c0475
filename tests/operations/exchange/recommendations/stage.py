"""Listings that suit each other, and recommendations between them."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.choices import Side
from silian.operations.exchange.commands.recommendation_refresh import replace_recommendations
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.recommendation import RecommendationRun
from silian.operations.exchange.rules.recommendations import RecommendationRow
from tests.operations.exchange.negotiations.stage import NOW, make_listing
from tests.world import Person

NUMERICAL = ["460103"]


def make_post(*, by: Person, **values: Any) -> Listing:
    """A job for twelve graduates of numerical control."""
    facts: dict[str, Any] = {
        "kind": "job",
        "title": "数控加工中心操作工，12 人",
        "majors": NUMERICAL,
        "capacity": 12,
    }
    return make_listing(by=by, **{**facts, **values})


def make_graduates(*, by: Person, **values: Any) -> Listing:
    """A class of 38 that may be recommended."""
    facts: dict[str, Any] = {
        "kind": "graduate_cohort",
        "side": Side.SUPPLY,
        "title": "2026 届数控技术，38 人",
        "majors": NUMERICAL,
        "capacity": 38,
    }
    return make_listing(by=by, **{**facts, **values})


def refreshed(*pairs: tuple[Listing, Listing], score: float = 5.0) -> RecommendationRun:
    """The refresh found these pairs, each from both sides."""
    both = [*pairs, *[(other, own) for own, other in pairs]]
    rows = [
        RecommendationRow(
            own_id=own.pk, other_id=other.pk, score=score, facts=(("major", True), ("place", True))
        )
        for own, other in both
    ]
    return replace_recommendations(rows=rows, now=NOW)
