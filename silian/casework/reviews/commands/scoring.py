"""Experts' scores: kept while working, handed in once, opened when all are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.commands.assignments import locked_task
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.moving import move, move_on
from silian.casework.reviews.events.judging import ScoresOpened, TaskChanged
from silian.casework.reviews.models import Assignment, Dossier, Moderation, Score
from silian.casework.reviews.queries.conflicts import conflicts_of
from silian.casework.reviews.queries.judging import (
    ScoredItem,
    all_are_in,
    expert_items,
    opened_tasks,
)
from silian.casework.reviews.rules.judging import (
    diverges,
    needs_comment,
    reason_points_wrong,
    reason_score_incomplete,
    spread,
)
from silian.casework.reviews.workflow.assignment import assignment as steps
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an expert gives for one criterion; no points yet is None (单项评分)."""

    points: Decimal | None
    comment: str = ""


@transaction.atomic
def save_scores(
    *, assignment_id: int, given: Mapping[str, Given], comment: str, actor: Actor
) -> Assignment:
    """Keep what was scored so far; only the expert reads it (暂存评分)."""
    task = locked_task(assignment_id=assignment_id, actor=actor, with_campaign=False)
    if task.state != AssignmentState.ACCEPTED:
        raise WrongState(f"任务当前为“{task.get_state_display()}”，不能评分。")
    items = expert_items(task.dossier.campaign)
    write_scores(task, items, given)
    task.comment = comment.strip()[:2000]
    task.save(update_fields=["comment"])
    return task


def write_scores(task: Assignment, items: list[ScoredItem], given: Mapping[str, Given]) -> None:
    """Write each known criterion anew; points out of range are refused beside their box."""
    rows = []
    for item in items:
        said = given.get(item.code)
        if said is None or said.points is None:
            continue
        reason = reason_points_wrong(label=item.label, points=said.points, most=item.most)
        if reason:
            raise DomainError(reason, field=item.code)
        comment = said.comment.strip()[:500]
        rows.append(
            Score(assignment=task, criterion=item.code, points=said.points, comment=comment)
        )
    task.scores.all().delete()
    Score.objects.bulk_create(rows)


@transaction.atomic
def submit_scores(
    *, assignment_id: int, given: Mapping[str, Given], comment: str, actor: Actor
) -> Assignment:
    """Hand the scores in, for good (提交评分). The last expert's opens them all.

    Ties that came up since the task was accepted refuse it.
    """
    task = save_scores(assignment_id=assignment_id, given=given, comment=comment, actor=actor)
    refuse_incomplete(task)
    total = sum((row.points for row in task.scores.all()), Decimal(0))
    known = conflicts_of(expert=task.expert, dossier=task.dossier, on=timezone.localdate())
    task.state = steps.target("submit", state=AssignmentState(task.state), conflicts=known)
    task.points, task.submitted_at = total, timezone.now()
    task.save(update_fields=["state", "points", "submitted_at"])
    record(actor, "reviews.assignment.submitted", task)
    publish(TaskChanged(assignment_id=task.pk, state=task.state))
    open_when_all_are_in(task.dossier)
    return task


def refuse_incomplete(task: Assignment) -> None:
    """Every criterion scored, a reason for what is unusually low or high, and a summary."""
    campaign = task.dossier.campaign
    procedure, number = campaign.content.procedure, campaign.values.number
    below, above = number(procedure.comment_below), number(procedure.comment_above)
    kept = {row.criterion: row for row in task.scores.all()}
    items = expert_items(campaign)
    silent = [
        item.label
        for item in items
        if (row := kept.get(item.code)) is not None
        and not row.comment
        and needs_comment(points=row.points, most=item.most, below=below, above=above)
    ]
    reason = reason_score_incomplete(
        missing=[item.label for item in items if item.code not in kept], silent=silent
    )
    if reason:
        raise DomainError(reason)
    if not task.comment:
        raise DomainError("请写总体意见。", field="comment")


def open_when_all_are_in(dossier: Dossier) -> None:
    """Open the scores when nobody is left to hand in, then moderate or go on (评分到齐)."""
    if not all_are_in(dossier):
        return
    now = timezone.now()
    Assignment.objects.filter(
        dossier=dossier, state=AssignmentState.SUBMITTED, opened_at__isnull=True
    ).update(opened_at=now)
    record(system_actor(), "reviews.dossier.scores_opened", dossier)
    publish(ScoresOpened(dossier_id=dossier.pk))
    if dossier.state == DossierState.EXPERTS:
        go_on(dossier)


def go_on(dossier: Dossier) -> None:
    """To moderation when the totals lie too far apart, else to the next stage."""
    campaign = dossier.campaign
    totals = [task.points or Decimal(0) for task in opened_tasks(dossier)]
    limit = campaign.values.number(campaign.content.procedure.divergence)
    if limit is not None and diverges(totals=totals, limit=limit):
        days = campaign.values.days(campaign.content.procedure.moderation_days)
        move(dossier=dossier, step="to_moderation", working_days=days, missing=0)
        Moderation.objects.create(
            dossier=dossier, spread=spread(totals), limit=limit, due_on=dossier.due_on
        )
        record(system_actor(), "reviews.moderation.opened", dossier)
        return
    evaluate_dossier(dossier=dossier, now=timezone.now())
    move_on(dossier=dossier)
