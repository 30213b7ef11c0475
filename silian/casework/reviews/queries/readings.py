"""Values of criteria as the platform and the judges say them today (指标取数)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q

from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import GONE_STATES, AssignmentState, VisitState
from silian.casework.reviews.choices.schemes import FunctionKind, SourceKind
from silian.casework.reviews.models import CriterionResult, Dossier, Moderation, Score, SiteVisit
from silian.casework.reviews.registry import UNKNOWN, Reading, Subject, source_named
from silian.casework.reviews.rules.answer_readings import answer_reading
from silian.casework.reviews.rules.definition import Criterion
from silian.casework.reviews.rules.readings import number_of, thawed
from silian.casework.reviews.rules.scoring import rounded

FREE_STATES = frozenset({DossierState.DRAFT, DossierState.SUBMITTED, DossierState.FIXING})
OUT_OF_COMPARISON = (DossierState.DRAFT, DossierState.WITHDRAWN, DossierState.REJECTED)
PLATFORM = frozenset({SourceKind.METRIC, SourceKind.REGISTER})


def readings_of(dossier: Dossier, *, on: datetime.date) -> dict[str, Reading]:
    """What is read for every item of the dossier's scheme.

    What a metric or register said is kept as it stood when the dossier was accepted.
    """
    content = dossier.campaign.content
    kept = {row.criterion: row for row in dossier.results.all()}
    judged = judgements_of(dossier)
    readings = {
        code: reading_for(item, dossier, on=on, kept=kept.get(code), judged=judged)
        for code, item in content.criteria_by_code.items()
    }
    return with_best(readings, dossier=dossier)


def reading_for(
    item: Criterion,
    dossier: Dossier,
    *,
    on: datetime.date,
    kept: CriterionResult | None,
    judged: Mapping[str, Reading],
) -> Reading:
    kind = item.source.kind if item.source else SourceKind.OFFICIAL
    if kind == SourceKind.OFFICIAL:
        return thawed(kept.value) if kept is not None and kept.judged_by_id else UNKNOWN
    if kind in PLATFORM:
        if kept is not None and kept.value and dossier.state not in FREE_STATES:
            return thawed(kept.value)
        return platform_reading(item, dossier, on=on)
    if kind == SourceKind.ANSWER:
        is_sent = dossier.state != DossierState.DRAFT
        return answer_reading(item, dossier.campaign.content, dossier.answers, is_sent=is_sent)
    return judged.get(item.code, UNKNOWN)


def platform_reading(item: Criterion, dossier: Dossier, *, on: datetime.date) -> Reading:
    if item.source is None:
        return UNKNOWN
    if item.source.kind == SourceKind.METRIC:
        return metric_reading(item.source.code, division=dossier.division_id, on=on)
    source = source_named(item.source.code)
    if source is None:
        return UNKNOWN
    reading = source.reader(subject=subject_of(dossier), on=on)
    return replace(
        reading,
        unit=reading.unit or source.unit,
        origin=reading.origin or source.label,
        period=reading.period or f"截至{on:%Y-%m-%d}",
        definition=reading.definition or source.definition,
    )


def subject_of(dossier: Dossier) -> Subject:
    """About whom registers are asked."""
    return Subject(
        organisation=dossier.applicant,
        person=dossier.person,
        source=dossier.source,
        source_id=dossier.source_id,
    )


def metric_reading(code: str, *, division: str, on: datetime.date) -> Reading:
    """The latest value of a metric for the applicant's division, with period and definition."""
    metric, value = metric_named(code), latest_value(code=code, division=division, on=on)
    if metric is None or value is None or value.value is None:
        return UNKNOWN
    return Reading(
        value=value.value,
        unit=metric.unit,
        origin=metric.title,
        period=value.period_name,
        definition=metric.formula,
    )


def judgements_of(dossier: Dossier) -> dict[str, Reading]:
    """What experts and visitors say of each item, as far as all of them are done."""
    return {**expert_readings(dossier), **visit_readings(dossier)}


def expert_readings(dossier: Dossier) -> dict[str, Reading]:
    """The mean of the experts, or what moderation settled; nothing before all are in."""
    moderated = Moderation.objects.filter(dossier=dossier).first()
    if moderated is not None and moderated.moderated_at is None:
        return {}
    if not scores_are_in(dossier):
        return {}
    means = (
        Score.objects.filter(
            assignment__dossier=dossier, assignment__state=AssignmentState.SUBMITTED
        )
        .values("criterion")
        .annotate(mean=Avg("points"), experts=Count("pk"))
    )
    readings = {
        row["criterion"]: Reading(
            value=rounded(row["mean"]), unit="分", origin=f"{row['experts']} 位专家的平均分"
        )
        for row in means
    }
    for code, points in (moderated.by_criterion if moderated else {}).items():
        readings[code] = Reading(value=Decimal(str(points)), unit="分", origin="分差复核")
    return readings


def scores_are_in(dossier: Dossier) -> bool:
    """Whether every expert who judges this dossier has handed in, and there are enough."""
    tally = dossier.assignments.aggregate(
        submitted=Count("pk", filter=Q(state=AssignmentState.SUBMITTED)),
        working=Count("pk", filter=~Q(state__in=[*GONE_STATES, AssignmentState.SUBMITTED])),
    )
    wanted = dossier.campaign.values.number(dossier.campaign.content.procedure.experts) or 0
    return tally["working"] == 0 and 0 < tally["submitted"] >= wanted


def visit_readings(dossier: Dossier) -> dict[str, Reading]:
    visit = SiteVisit.objects.filter(dossier=dossier, state=VisitState.DONE).first()
    if visit is None:
        return {}
    period = f"{visit.visited_on:%Y-%m-%d}" if visit.visited_on else ""
    return {
        code: replace(judged_reading(said), origin="实地核查", period=period)
        for code, said in visit.findings.items()
    }


def judged_reading(said: Any) -> Reading:
    """What a person wrote for an item: yes or no, a number, or both under their names."""
    if isinstance(said, Mapping):
        for name in ("value", "points", "met"):
            if said.get(name) not in (None, ""):
                return judged_reading(said[name])
        return UNKNOWN
    if isinstance(said, bool):
        return Reading(value=Decimal(int(said)))
    try:
        return Reading(value=number_of(said))
    except ArithmeticError:
        return UNKNOWN


def with_best(readings: dict[str, Reading], *, dossier: Dossier) -> dict[str, Reading]:
    """Items compared with the best get the best value of the batch so far (本批次最好值).

    What was refused or withdrawn sets no standard for the rest.
    """
    wanted = [
        code
        for code, item in dossier.campaign.content.criteria_by_code.items()
        if item.scoring.kind == FunctionKind.RATIO_TO_BEST and readings[code].is_known
    ]
    if not wanted:
        return readings
    others = CriterionResult.objects.filter(
        dossier__campaign=dossier.campaign_id, criterion__in=wanted
    ).exclude(Q(dossier=dossier) | Q(dossier__state__in=OUT_OF_COMPARISON))
    best = {code: readings[code].value or Decimal(0) for code in wanted}
    for code, value in others.values_list("criterion", "value"):
        best[code] = max(best[code], number_of(value.get("value")) or Decimal(0))
    return readings | {code: replace(readings[code], best=best[code]) for code in wanted}
