"""Rows of the registers that several measures start from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.metrics.registry import Scope
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation

ONCE_VERIFIED = (
    OrganisationState.VERIFIED,
    OrganisationState.SUSPENDED,
    OrganisationState.CLOSED,
    OrganisationState.MERGED,
)


def standing_organisations(scope: Scope) -> QuerySet[Organisation]:
    """Organisations that were verified, not suspended and not ended at the end of the day."""
    return Organisation.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=scope.as_of),
        Q(suspended_at__isnull=True) | Q(suspended_at__gte=scope.ends_at),
        verified_at__lt=scope.ends_at,
        state__in=ONCE_VERIFIED,
    )
