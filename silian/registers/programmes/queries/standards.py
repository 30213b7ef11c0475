"""Standards with their version in force, and how far plans cite them."""

from __future__ import annotations

import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.programmes.choices import PlanState, VersionState
from silian.registers.programmes.models.plans import TrainingPlan
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.models.standards import Standard, StandardVersion
from silian.registers.programmes.permissions.standards import is_standard_reviewer


def standard_rows(rows: QuerySet[Standard]) -> QuerySet[Standard]:
    """Standards with the edition in force and the number of approved plans that cite them."""
    current = StandardVersion.objects.filter(standard=OuterRef("pk"), state=VersionState.IN_FORCE)
    return rows.select_related("keeper", "division", "occupation", "major").annotate(
        edition=Subquery(current.values("edition")[:1]),
        in_force_from=Subquery(current.values("in_force_from")[:1]),
        plans=Count(
            "versions__plans",
            filter=Q(versions__plans__state=PlanState.APPROVED),
            distinct=True,
        ),
    )


def versions_in_force(*, on: datetime.date) -> QuerySet[StandardVersion]:
    """What a plan may cite on the day (现行标准)."""
    return StandardVersion.objects.filter(
        state=VersionState.IN_FORCE, in_force_from__lte=on
    ).select_related("standard")


def plans_citing_current(*, on: datetime.date) -> QuerySet[TrainingPlan]:
    """Approved plans that cite a version in force on the day."""
    current = versions_in_force(on=on).filter(plans=OuterRef("pk"))
    return TrainingPlan.objects.filter(Exists(current), state=PlanState.APPROVED)


def programmes_without_standard(
    rows: QuerySet[Programme], *, on: datetime.date
) -> QuerySet[Programme]:
    """Teaching programmes no approved plan of which cites a current standard (缺现行标准)."""
    citing = plans_citing_current(on=on).filter(programme=OuterRef("pk"))
    return rows.filter(~Exists(citing), stage__in=["running", "paused"])


def reviews_waiting(actor: Actor) -> QuerySet[StandardVersion]:
    """Versions that wait for the review of the actor's authority (待评审)."""
    if not is_standard_reviewer(actor):
        return StandardVersion.objects.none()
    region = in_jurisdiction(actor, field="standard__division__code")
    return (
        StandardVersion.objects.filter(region, state=VersionState.IN_REVIEW)
        .exclude(standard__keeper_id=actor.organisation_id or 0)
        .select_related("standard__keeper")
        .order_by("submitted_at")
    )
