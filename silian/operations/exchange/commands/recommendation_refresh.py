"""Take in the pairs that the nightly refresh computed, in an order that is fair to both sides."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.operations.exchange.choices import RankingMethod
from silian.operations.exchange.gateways.copying import copy_into
from silian.operations.exchange.models.recommendation import Recommendation, RecommendationRun
from silian.operations.exchange.queries.recommendation_standing import (
    listings_taking_part,
    standings,
)
from silian.operations.exchange.rules.recommendations import Ranked, RecommendationRow, ordered

COLUMNS = (
    "own_id",
    "other_id",
    "rank",
    "score",
    "facts",
    "mutual_rank",
    "moved",
    "is_new",
    "computed_at",
)
REFRESH_LOCK = 5_110_021  # two refreshes at once would write the same pairs


@transaction.atomic
def replace_recommendations(
    *, rows: Iterable[RecommendationRow], now: datetime.datetime
) -> RecommendationRun:
    """Put new recommendations in the place of all old ones (更新推荐).

    Readers see the old ones until the new are complete. Pairs whose listings are gone, closed,
    of one organisation, or of one that switched recommendation off are left out.
    """
    lock_refresh()
    taking_part = listings_taking_part()
    fitting = [row for row in rows if stands_between_two(row, organisations=taking_part)]
    spread = ordered(fitting, standing=standings(listing_ids=taking_part, now=now))
    Recommendation.objects.all().delete()
    store(spread.ranked, now=now)
    run = RecommendationRun.objects.create(
        finished_at=now,
        method=RankingMethod.RULES,
        listings=len({row.own_id for row in spread.ranked}),
        pairs=len(spread.ranked),
        over_before=spread.over_before,
        over_after=spread.over_after,
    )
    record(system_actor(), "exchange.recommendation.refreshed", run)
    return run


def lock_refresh() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REFRESH_LOCK])


def stands_between_two(row: RecommendationRow, *, organisations: dict[int, int]) -> bool:
    """Whether both listings take part and belong to different organisations."""
    own, other = organisations.get(row.own_id), organisations.get(row.other_id)
    return own is not None and other is not None and own != other


def store(ranked: Sequence[Ranked], *, now: datetime.datetime) -> None:
    copy_into(
        Recommendation._meta.db_table,
        columns=COLUMNS[:-1],
        rows=(
            (
                row.own_id,
                row.other_id,
                row.rank,
                row.score,
                json.dumps(row.facts),
                row.mutual_rank,
                row.moved,
                row.is_new,
            )
            for row in ranked
        ),
        shared={"computed_at": now.isoformat()},
    )
