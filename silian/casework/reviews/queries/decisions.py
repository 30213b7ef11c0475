"""The decisions on a dossier and what they rested on."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.judging import AssignmentState, VisitState
from silian.casework.reviews.models import Campaign, Dossier, DossierDecision
from silian.foundation.kernel.site_calendar import site_deadline


def decisions_of(dossier: Dossier) -> QuerySet[DossierDecision]:
    """Every decision on a dossier, oldest first; the last one holds (决定经过)."""
    return dossier.decisions.select_related("decided_by").order_by("pk")


def current_decision(dossier: Dossier) -> DossierDecision | None:
    """The decision that no other supersedes."""
    return dossier.decisions.filter(superseded_by__isnull=True).first()


def current_outcomes(campaign: Campaign) -> dict[int, str]:
    """The outcome that holds for each decided dossier of a batch."""
    rows = DossierDecision.objects.filter(dossier__campaign=campaign, superseded_by__isnull=True)
    return dict(rows.values_list("dossier_id", "outcome"))


def last_appeal_day(decision: DossierDecision) -> datetime.date | None:
    """Until when the applicant may appeal; None when the scheme sets no days (申诉期限)."""
    campaign = decision.dossier.campaign
    days = campaign.values.days(campaign.content.procedure.appeal_days)
    if days is None:
        return None
    return site_deadline(decision.decided_at, working_days=days).due_on


def with_grounds(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with all that a decision's snapshot reads, in a constant number of queries."""
    return rows.select_related("applicant", "moderation").prefetch_related(
        "opinions__organisation", "assignments", "visits", "results", "versions"
    )


def snapshot_of(dossier: Dossier, *, standing: str = "") -> dict[str, Any]:
    """What was known of a dossier at this moment, kept with the decision (决定时的数据)."""
    moderation = getattr(dossier, "moderation", None)
    visits = [row for row in dossier.visits.all() if row.state == VisitState.DONE]
    return {
        "state": dossier.state,
        "rank": dossier.rank,
        "points": text_of(dossier.points),
        "standing": standing,
        "version": max((row.number for row in dossier.versions.all()), default=None),
        "opinions": [
            {
                "level": row.level,
                "organisation": row.organisation.name,
                "state": row.state,
                "text": row.text,
            }
            for row in dossier.opinions.all()
        ],
        "expert_points": [
            text_of(row.points)
            for row in dossier.assignments.all()
            if row.state == AssignmentState.SUBMITTED
        ],
        "moderated_points": text_of(moderation.points) if moderation else None,
        "visits": [row.summary for row in visits],
        "criteria": {row.criterion: text_of(row.points) for row in dossier.results.all()},
        "taken_at": timezone.now().isoformat(),
    }


def text_of(number: Any) -> str | None:
    return None if number is None else str(number)
