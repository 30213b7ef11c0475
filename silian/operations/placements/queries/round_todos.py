"""What rounds ask of somebody now (待办)."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RoundState,
)
from silian.operations.placements.models.round_runs import RoundObjection
from silian.operations.placements.models.rounds import Round, RoundPost, RoundStudent
from silian.operations.placements.permissions.rounds import (
    objections_visible_to,
    posts_ranked_by,
    rounds_watched_by,
)


def rounds_to_wish(actor: Actor, *, now: datetime.datetime) -> QuerySet[RoundStudent]:
    """Open rounds in which the actor has not handed in anything yet."""
    return RoundStudent.objects.filter(
        person__user_id=actor.user_id or 0,
        is_eligible=True,
        wished_at__isnull=True,
        round__state=RoundState.WISHING,
        round__wishes_open_at__lte=now,
        round__wishes_close_at__gt=now,
    ).select_related("round")


def posts_to_rank(actor: Actor, *, now: datetime.datetime) -> QuerySet[RoundPost]:
    """The host's posts with applicants that nobody scored yet."""
    return (
        posts_ranked_by(actor)
        .filter(
            round__state=RoundState.RANKING,
            round__host_weight__gt=0,
            round__ranking_closes_at__gt=now,
            ranked_at__isnull=True,
            wishes__isnull=False,
        )
        .select_related("round__school", "post")
        .distinct()
    )


def rounds_to_decide(actor: Actor, *, now: datetime.datetime) -> QuerySet[Round]:
    """Rounds of the school that can be solved or published."""
    rows = rounds_watched_by(actor)
    ready = rows.filter(state=RoundState.RANKING, ranking_closes_at__lte=now)
    return ready | rows.filter(state=RoundState.SOLVED)


def objections_to_answer(actor: Actor) -> QuerySet[RoundObjection]:
    return (
        objections_visible_to(actor)
        .filter(state=ObjectionState.OPEN, result__run__round__school_id=actor.organisation_id)
        .select_related("result__run__round")
        .order_by("due_at")
    )
