"""Measures of rounds: how many were held, and how many students got their first wish (志愿分配)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    count,
    register_metric,
    share,
)
from silian.operations.placements.choices.rounds import (
    PUBLISHED_ROUNDS,
)
from silian.operations.placements.events.rounds import RoundPublished
from silian.operations.placements.models.round_runs import RoundResult
from silian.operations.placements.models.rounds import Round
from silian.operations.placements.permissions.rounds import results_visible_to, rounds_visible_to

SOURCE = "志愿分配轮次登记"


def published_rounds(scope: Scope) -> QuerySet[Round]:
    return Round.objects.filter(state__in=sorted(PUBLISHED_ROUNDS), published_at__isnull=False)


def published_results(scope: Scope) -> QuerySet[RoundResult]:
    """The published result of everybody who handed in wishes."""
    return RoundResult.objects.filter(
        run=F("run__round__published_run"), student__wished_at__isnull=False
    )


def touched_by_round(event: RoundPublished) -> Iterable[Touch]:
    row = Round.objects.filter(pk=event.round_id).select_related("school").first()
    if row is not None and row.published_at is not None:
        yield Touch(division=row.school.division_id, day=timezone.localdate(row.published_at))


register_metric(
    Metric(
        code="placements.rounds_held",
        title="志愿分配轮次",
        unit="轮",
        formula="统计期内公布结果的志愿分配轮次",
        source=SOURCE,
        rows=published_rounds,
        division="school__division",
        day="published_at",
        reduce=count(),
        drill=Drill(
            columns={
                "名称": "title",
                "学校": "school.name",
                "公布时间": "published_at",
                "状态": lambda row: row.get_state_display(),
            },
            visible_to=rounds_visible_to,
            related=("school",),
        ),
        stale_on={RoundPublished: touched_by_round},
    )
)
register_metric(
    Metric(
        code="placements.first_wish_share",
        title="第一志愿满足率",
        unit="%",
        formula="统计期内公布的轮次中，提交志愿的学生分配到第一志愿的占比",
        source=SOURCE,
        rows=published_results,
        division="run__round__school__division",
        day="run__round__published_at",
        reduce=share(Q(rank=1)),
        drill=Drill(
            columns={
                "轮次": "run.round.title",
                "第几志愿": "rank",
            },
            visible_to=results_visible_to,
            related=("run__round",),
        ),
        direction=Direction.RISING,
        stale_on={RoundPublished: touched_by_round},
    )
)
