"""Who may see and change training plans."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.programmes.choices import PlanState
from silian.registers.programmes.models.plans import TrainingPlan
from silian.registers.programmes.permissions.programmes import (
    is_enterprise_staff,
    programmes_visible_to,
    programmes_watched_by,
)

SHOWN_TO_ALL = (PlanState.APPROVED, PlanState.SUPERSEDED)


def plans_visible_to(actor: Actor) -> QuerySet[TrainingPlan]:
    """Approved plans with their programme; others with the school, its authority, co-authors."""
    if actor.is_system:
        return TrainingPlan.objects.all()
    seen = Q(programme__in=programmes_visible_to(actor), state__in=SHOWN_TO_ALL)
    seen |= Q(programme__in=programmes_watched_by(actor))
    if is_enterprise_staff(actor):
        seen |= Q(
            pk__in=TrainingPlan.objects.filter(
                authors__enterprise_id=actor.organisation_id, submitted_at__isnull=False
            ).values("pk")
        )
    return TrainingPlan.objects.filter(seen)
