"""Programmes as they stood on a day, with what their shares ask for."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from silian.casework.metrics.registry import Scope
from silian.registers.programmes.choices import PlanState, ProgrammeStage
from silian.registers.programmes.models import (
    Construction,
    Participation,
    PlanCourse,
    Programme,
    StandardVersion,
    TrainingPlan,
)

ONCE_APPROVED = (PlanState.APPROVED, PlanState.SUPERSEDED)


def teaching_programmes(scope: Scope) -> QuerySet[Programme]:
    """Programmes open at the end of the day, with three facts of that day."""
    plans = TrainingPlan.objects.filter(
        programme=OuterRef("pk"), state__in=ONCE_APPROVED, approved_at__lt=scope.ends_at
    )
    newest = plans.order_by("-version").values("pk")[:1]
    halves = (
        PlanCourse.objects.filter(plan=OuterRef("newest_plan"))
        .order_by()
        .values("plan")
        .annotate(practice=Sum("practice_hours"), theory=Sum("theory_hours"))
        .filter(practice__gte=F("theory"))
    )
    current = StandardVersion.objects.filter(
        Q(in_force_until__isnull=True) | Q(in_force_until__gt=scope.as_of),
        plans=OuterRef("newest_plan"),
        in_force_from__lte=scope.as_of,
    )
    joined = Participation.objects.filter(programme=OuterRef("pk"), happened_on__lte=scope.as_of)
    return (
        Programme.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=scope.as_of),
            opened_on__lte=scope.as_of,
        )
        .exclude(stage=ProgrammeStage.PLANNED)
        .annotate(newest_plan=Subquery(newest))
        .annotate(
            practice_is_half=Exists(halves),
            has_enterprise=Exists(joined),
            cites_current=Exists(current),
        )
    )


def constructions_standing(scope: Scope) -> QuerySet[Construction]:
    """Projects approved by the day and not ended on it."""
    return Construction.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=scope.as_of), approved_on__lte=scope.as_of
    )
