"""Judge a dossier from answers, metrics, registers and people, and keep what came out."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import ENDED_DOSSIER_STATES, JUDGED_STATES
from silian.casework.reviews.commands.credit_readings import note_credit_reading
from silian.casework.reviews.models import Campaign, CriterionResult, Dossier
from silian.casework.reviews.queries.readings import readings_of
from silian.casework.reviews.rules.criteria import Evaluation, Result, evaluate
from silian.casework.reviews.rules.readings import frozen
from silian.foundation.kernel.actors import Actor

LONGEST_WARNING = 300
LIVE_STATES = JUDGED_STATES - ENDED_DOSSIER_STATES  # what was decided keeps its points
KEPT_FIELDS = ["source", "value", "met", "points", "warnings", "sentence", "judged_at"]


def evaluate_dossier(
    *, dossier: Dossier, now: datetime.datetime, actor: Actor | None = None
) -> Evaluation:
    """Judge every item and keep value, points and sentence; sets the total (自动评定).

    The caller has locked the dossier. Metrics and registers are read anew until the dossier is
    accepted and stay frozen from then on; people's judgements enter when all are in. ``actor`` is
    the official who reads the credit register by it.
    """
    campaign = dossier.campaign
    readings = readings_of(dossier, on=timezone.localdate(now))
    evaluation = evaluate(campaign.content, campaign.values, readings)
    rows = [result_row(result, dossier=dossier, now=now) for result in evaluation.results]
    CriterionResult.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["dossier", "criterion"],
        update_fields=KEPT_FIELDS,
    )
    note_credit_reading(dossier=dossier, actor=actor)
    dossier.points = evaluation.points
    dossier.save(update_fields=["points"])
    return evaluation


def result_row(result: Result, *, dossier: Dossier, now: datetime.datetime) -> CriterionResult:
    return CriterionResult(
        dossier=dossier,
        criterion=result.code,
        source=result.criterion.source.kind if result.criterion.source else "",
        value=frozen(result.reading),
        met=result.met,
        points=result.points,
        warnings=[warning[:LONGEST_WARNING] for warning in result.warnings],
        sentence=result.sentence,
        judged_at=now,
    )


@transaction.atomic
def evaluate_campaign(*, campaign: Campaign, now: datetime.datetime) -> int:
    """Judge every dossier of a batch again, so that each is compared with the same best value.

    Two rounds when items are compared with the best: the first reads, the second compares. What is
    ended keeps the points with which it was told.
    """
    dossiers = list(
        Dossier.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, state__in=LIVE_STATES)
        .select_related("applicant", "person", "campaign__version")
        .order_by("pk")
    )
    for _ in range(2 if campaign.content.compares_with_best else 1):
        for dossier in dossiers:
            evaluate_dossier(dossier=dossier, now=now)
    return len(dossiers)
