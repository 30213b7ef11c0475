"""What a student can name and why not; who named a post (志愿选项)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from silian.operations.placements.models.rounds import HostRank, RoundPost, RoundStudent
from silian.operations.placements.queries.round_lawfulness import Pair, closures_of
from silian.operations.placements.queries.rounds import posts_of


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One post as one student sees it: named, open, or closed with the reasons (志愿选项)."""

    round_post: RoundPost
    rank: int | None
    reasons: Sequence[str]


def choices_of(seat: RoundStudent) -> list[Choice]:
    """Every post of the round for one student, in constant queries."""
    posts = list(posts_of(seat.round))
    ranks = dict(seat.wishes.values_list("round_post_id", "rank"))
    closures = closures_of(
        placement_round=seat.round,
        pairs=[Pair(student=seat, round_post=post) for post in posts],
        on=seat.round.starts_on,
    )
    return [
        Choice(round_post=post, rank=ranks.get(post.pk), reasons=reasons)
        for post, reasons in zip(posts, closures, strict=True)
    ]


def applicants_of(post: RoundPost) -> QuerySet[RoundStudent]:
    """Who named the post, without the place in their lists: a host scores suitability alone."""
    given = HostRank.objects.filter(round_post=post, student=OuterRef("pk")).values("score")[:1]
    return (
        RoundStudent.objects.filter(wishes__round_post=post, is_eligible=True, is_absent=False)
        .select_related("person", "school_class__cohort__programme")
        .annotate(given_score=Subquery(given))
        .order_by("school_class__name", "number")
    )
