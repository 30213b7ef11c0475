"""Blind judgement: what experts score, who is in, and what is shown to whom."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.choices.schemes import SourceKind
from silian.casework.reviews.models import Assignment, Campaign, Dossier, Moderation, Score
from silian.casework.reviews.permissions.judging import (
    assignments_visible_to,
    dossiers_run_by,
    opened_tasks_visible_to,
    scores_visible_to,
)
from silian.casework.reviews.rules.agreement import Agreement, agreement_of
from silian.casework.reviews.rules.definition import Criterion
from silian.casework.reviews.rules.judging import Band, bands
from silian.foundation.kernel.actors import Actor

WORKING = (AssignmentState.INVITED, AssignmentState.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class ScoredItem:
    """A criterion that people judge, with the most points (评分项)."""

    criterion: Criterion
    most: Decimal

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def label(self) -> str:
        return self.criterion.label


def judged_items(campaign: Campaign, *, kind: SourceKind) -> list[ScoredItem]:
    """The items of a scheme that experts or visitors judge, in the order of the tree."""
    number = campaign.values.number
    return [
        ScoredItem(criterion=item, most=number(item.points) or Decimal(0))
        for item in campaign.content.criteria_by_code.values()
        if item.source is not None and item.source.kind == kind
    ]


def expert_items(campaign: Campaign) -> list[ScoredItem]:
    return judged_items(campaign, kind=SourceKind.EXPERT)


def visit_items(campaign: Campaign) -> list[ScoredItem]:
    return judged_items(campaign, kind=SourceKind.VISIT)


def experts_wanted(dossier: Dossier) -> int:
    """How many experts judge a dossier: the scheme's number, and a third when one was called."""
    procedure = dossier.campaign.content.procedure
    wanted = int(dossier.campaign.values.number(procedure.experts) or 0)
    called = Moderation.objects.filter(dossier=dossier, third_called_at__isnull=False)
    return wanted + int(called.exists())


def all_are_in(dossier: Dossier) -> bool:
    """Whether enough experts handed in and nobody still works (评分到齐)."""
    states = list(dossier.assignments.values_list("state", flat=True))
    working = any(state in WORKING for state in states)
    return not working and states.count(AssignmentState.SUBMITTED) >= experts_wanted(dossier) > 0


def blind(actor: Actor, dossier: Dossier) -> bool:
    """Whether the scores of others are still hidden from the actor (盲评中)."""
    return not opened_tasks_visible_to(actor).filter(dossier=dossier).exists()


def opened_tasks(dossier: Dossier) -> QuerySet[Assignment]:
    """The handed-in tasks of a dossier whose scores are open, in the order of the draw."""
    rows = Assignment.objects.filter(dossier=dossier, opened_at__isnull=False)
    return rows.select_related("expert__user", "expert__organisation").order_by("pk")


def points_by_task(dossier: Dossier) -> dict[int, dict[str, Decimal]]:
    """For each opened task the points by criterion."""
    found: dict[int, dict[str, Decimal]] = {task.pk: {} for task in opened_tasks(dossier)}
    rows = Score.objects.filter(assignment__in=found)
    for task, code, points in rows.values_list("assignment_id", "criterion", "points"):
        found[task][code] = points
    return found


def bands_of(dossier: Dossier) -> dict[str, Band]:
    return bands(list(points_by_task(dossier).values()))


def own_scores(task: Assignment) -> dict[str, Score]:
    return {row.criterion: row for row in task.scores.all()}


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One criterion with what each expert gave and why (评分对照)."""

    item: ScoredItem
    scores: list[Score | None]
    band: Band | None

    @property
    def differs(self) -> bool:
        return self.band is not None and self.band.differs


def comparison(actor: Actor, dossier: Dossier) -> tuple[list[Assignment], list[Compared]]:
    """The opened tasks that the actor may read, and the criteria side by side."""
    tasks = list(opened_tasks_visible_to(actor).filter(dossier=dossier).order_by("pk"))
    if not tasks:
        return [], []
    rows = scores_visible_to(actor).filter(assignment__in=tasks)
    by_place = {(row.assignment_id, row.criterion): row for row in rows}
    found = bands_of(dossier)
    lines = [
        Compared(
            item=item,
            scores=[by_place.get((task.pk, item.code)) for task in tasks],
            band=found.get(item.code),
        )
        for item in expert_items(dossier.campaign)
    ]
    return tasks, lines


@dataclass(frozen=True, kw_only=True)
class JudgingProgress:
    """How far the experts of a batch are, in numbers without any score (评审进度)."""

    waiting: int
    drawn: int
    submitted: int
    late: int
    recused: int
    moderating: int


def progress_of(campaign: Campaign, *, on: datetime.date) -> JudgingProgress:
    """What the page of a batch says of its experts."""
    tasks = list(
        Assignment.objects.filter(dossier__campaign=campaign).values_list("state", "due_on")
    )
    states = [state for state, _ in tasks]
    moderating = Dossier.objects.filter(campaign=campaign, state=DossierState.MODERATION)
    return JudgingProgress(
        waiting=len(short_by_dossier(campaign)),
        drawn=sum(state in (*WORKING, AssignmentState.SUBMITTED) for state in states),
        submitted=states.count(AssignmentState.SUBMITTED),
        late=sum(state in WORKING and due < on for state, due in tasks),
        recused=states.count(AssignmentState.CONFLICTED),
        moderating=moderating.count(),
    )


def short_by_dossier(campaign: Campaign) -> dict[int, int]:
    """How many experts each dossier of the experts' stage still lacks (待抽人数)."""
    base = int(campaign.values.number(campaign.content.procedure.experts) or 0)
    alive = Count(
        "assignments", filter=Q(assignments__state__in=[*WORKING, AssignmentState.SUBMITTED])
    )
    rows = Dossier.objects.filter(
        campaign=campaign, state__in=[DossierState.EXPERTS, DossierState.MODERATION]
    )
    lacking = {
        pk: base + (third is not None) - count
        for pk, third, count in rows.annotate(alive=alive)
        .order_by("number")
        .values_list("pk", "moderation__third_called_at", "alive")
    }
    return {pk: count for pk, count in lacking.items() if count > 0}


def campaign_agreement(campaign: Campaign) -> Agreement:
    """How far the experts of a batch agree, over dossiers whose scores are open (评分一致性)."""
    rows = Assignment.objects.filter(dossier__campaign=campaign, opened_at__isnull=False)
    totals: dict[int, list[float]] = {}
    for dossier, points in rows.values_list("dossier_id", "points"):
        totals.setdefault(dossier, []).append(float(points or 0))
    return agreement_of(list(totals.values()))


def waiting_moderations(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers whose divergence waits for an official of the organiser, all experts in."""
    working = Assignment.objects.filter(state__in=WORKING)
    return (
        dossiers_run_by(actor)
        .filter(state=DossierState.MODERATION, moderation__moderated_at__isnull=True)
        .exclude(pk__in=working.values("dossier_id"))
        .select_related("moderation", "applicant", "campaign")
        .order_by("due_on", "pk")
    )


def tasks_on(actor: Actor, dossier: Dossier) -> QuerySet[Assignment]:
    """Who judges the dossier, for those who run it; never with points."""
    rows = assignments_visible_to(actor).filter(dossier=dossier).defer("points", "comment")
    return rows.select_related("expert__user", "expert__organisation", "draw").order_by("pk")


def total_of(points: Mapping[str, Decimal]) -> Decimal:
    return sum(points.values(), Decimal(0))
