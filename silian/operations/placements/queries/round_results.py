"""Results of runs for tables, and runs side by side (结果对比)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RunState,
)
from silian.operations.placements.models.round_runs import (
    RoundObjection,
    RoundResult,
    RoundRun,
)

MEASURES = (
    ("placed", "分配到岗位", "人"),
    ("first", "第一志愿", "人"),
    ("top_three", "前三志愿", "人"),
    ("unplaced", "填了志愿未分配", "人"),
    ("silent", "没有志愿", "人"),
    ("places", "名额", "个"),
    ("reserved", "预留名额", "个"),
    ("reserved_filled", "预留已录", "个"),
)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure of several runs beside each other (对比项)."""

    label: str
    unit: str
    values: Sequence[int | None]


def comparison_of(runs: Sequence[RoundRun]) -> list[Measure]:
    """The figures of finished runs, a line for each measure (并排对比)."""
    return [
        Measure(
            label=label,
            unit=unit,
            values=[run.figures.get(name) if run.state == RunState.DONE else None for run in runs],
        )
        for name, label, unit in MEASURES
    ]


def results_of(run: RoundRun) -> QuerySet[RoundResult]:
    return run.results.select_related(
        "student__person", "student__school_class", "round_post__post__organisation"
    )


def own_result_of(
    rows: QuerySet[RoundResult], *, actor: Actor, round_id: int
) -> QuerySet[RoundResult]:
    """The actor's own published result of a round."""
    return rows.filter(
        run__round_id=round_id, student__person__user_id=actor.user_id or 0
    ).select_related("student", "round_post__post__organisation", "run")


def objections_of(rows: QuerySet[RoundObjection], *, round_id: int) -> QuerySet[RoundObjection]:
    """Open ones first, by deadline."""
    return (
        rows.filter(result__run__round_id=round_id)
        .select_related("result__student__person", "result__student__school_class")
        .alias(is_open=Case(When(state=ObjectionState.OPEN, then=0), default=1))
        .order_by("is_open", "due_at")
    )
