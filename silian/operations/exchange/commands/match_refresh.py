"""The nightly refresh: compare all listings, and put the result in the place of the old one."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from silian.operations.exchange.commands.recommendation_refresh import replace_recommendations
from silian.operations.exchange.gateways.match_refresh_engines import MatchEngine, match_engine
from silian.operations.exchange.gateways.match_refresh_expression import FACTS, FINEST
from silian.operations.exchange.gateways.match_refresh_files import write_input
from silian.operations.exchange.models.recommendation import RecommendationRun
from silian.operations.exchange.queries.match_refresh import compared_listings, counterparts
from silian.operations.exchange.rules.recommendations import RecommendationRow


def refresh_recommendations(
    *, now: datetime.datetime, engine: MatchEngine | None = None
) -> RecommendationRun:
    """Compute all recommendations anew from the listings of this moment (重新计算推荐)."""
    engine = engine or match_engine(settings.MATCH_REFRESH_URL)
    with tempfile.TemporaryDirectory(dir=engine.folder, prefix="match-refresh-") as folder:
        count = write_input(
            Path(folder),
            listings=compared_listings(today=timezone.localdate(now)),
            counterparts=counterparts(),
        )
        rows = recommendation_rows(engine, folder=Path(folder), count=count)
        return replace_recommendations(rows=rows, now=now)


def recommendation_rows(
    engine: MatchEngine, *, folder: Path, count: int
) -> Iterator[RecommendationRow]:
    """What the engine found, in the words of the recommendations."""
    for own, other, score, *facts in engine.pairs(folder, count=count):
        yield RecommendationRow(
            own_id=own, other_id=other, score=score / FINEST, facts=named_facts(*facts)
        )


@cache
def named_facts(*values: int) -> tuple[tuple[str, bool], ...]:
    """The facts that could be compared, by code; few combinations serve millions of pairs."""
    named = zip(FACTS, values, strict=True)
    return tuple((name, value > 0) for name, value in named if value)
