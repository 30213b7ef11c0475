"""Who may see pathways and seats."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.programmes.models.pathways import EnrolmentPlan, Pathway
from silian.registers.programmes.permissions.programmes import (
    is_school_staff,
    programmes_watched_by,
)


def pathways_visible_to(actor: Actor) -> QuerySet[Pathway]:
    """Both schools, and the authority of the region."""
    seen = Q(programme__in=programmes_watched_by(actor))
    if is_school_staff(actor):
        seen |= Q(partner_id=actor.organisation_id)
    return Pathway.objects.filter(seen)


def enrolments_visible_to(actor: Actor) -> QuerySet[EnrolmentPlan]:
    """The school, and the authority of the region."""
    return EnrolmentPlan.objects.filter(programme__in=programmes_watched_by(actor))
