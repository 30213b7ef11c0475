"""Take in the pairs that the nightly refresh computed, in an order that is fair to both sides."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.operations.exchange.choices import RankingMethod
from silian.operations.exchange.gateways.copying import copy_into
from silian.operations.exchange.gateways.recommendation_model import learned_scores
from silian.operations.exchange.models.recommendation import Recommendation, RecommendationRun
from silian.operations.exchange.queries.matches import kinds_that_meet
from silian.operations.exchange.queries.recommendation_history import (
    REMEMBERED_DAYS,
    entity_of,
    interactions,
    judgements,
    remembered_listings,
)
from silian.operations.exchange.queries.recommendation_standing import (
    TakingPart,
    listings_taking_part,
    standings,
)
from silian.operations.exchange.rules.recommendations import (
    Ranked,
    RecommendationRow,
    feedback_points,
    ordered,
    with_learning,
)

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
    fitting = [row for row in rows if stands_between_two(row, listings=taking_part)]
    today = timezone.localdate(now)
    learned = learned_from_records(fitting, today=today)
    weighed = with_learning(fitting, learned=learned or {})
    weighed = with_judgements(weighed, listings=taking_part, today=today)
    spread = ordered(weighed, standing=standings(listing_ids=taking_part, now=now))
    Recommendation.objects.all().delete()
    store(spread.ranked, now=now)
    run = RecommendationRun.objects.create(
        finished_at=now,
        method=RankingMethod.RULES if learned is None else RankingMethod.LEARNED,
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


def stands_between_two(row: RecommendationRow, *, listings: Mapping[int, TakingPart]) -> bool:
    """Whether both listings take part and belong to different organisations."""
    own, other = listings.get(row.own_id), listings.get(row.other_id)
    return own is not None and other is not None and own.organisation_id != other.organisation_id


def learned_from_records(
    rows: Sequence[RecommendationRow], *, today: datetime.date
) -> dict[tuple[int, int], float] | None:
    """What earlier meetings teach about these pairs; None while there are too few (学习)."""
    since = today - datetime.timedelta(days=REMEMBERED_DAYS)
    listings = remembered_listings(since=since)
    return learned_scores(
        pairs=[(row.own_id, row.other_id) for row in rows],
        entities=[entity_of(row) for row in listings],
        interactions=interactions(listings=listings, since=since),
        meets=kinds_that_meet(),
    )


def with_judgements(
    rows: Iterable[RecommendationRow],
    *,
    listings: Mapping[int, TakingPart],
    today: datetime.date,
) -> list[RecommendationRow]:
    """The rows with what the organisations said of them and made of them (评价与洽谈结果)."""
    since = today - datetime.timedelta(days=REMEMBERED_DAYS)
    points = feedback_points(judgements(since=since))

    def judged(row: RecommendationRow) -> RecommendationRow:
        who, other = listings[row.own_id].organisation_id, listings[row.other_id]
        added = points.get((who, "listing", row.other_id), 0.0)
        added += points.get((who, other.kind, other.organisation_id), 0.0)
        return row._replace(score=max(0.0, row.score + added)) if added else row

    return [judged(row) for row in rows] if points else list(rows)


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
