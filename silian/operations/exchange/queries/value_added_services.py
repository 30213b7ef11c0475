"""The services on offer with how much they are used (增值服务登记)."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.value_added_service import ValueAddedService
from silian.operations.exchange.permissions.value_added_services import services_visible_to
from silian.registers.organisations.choices import OrganisationSize

COUNTED_DAYS = 365
SMALL = (OrganisationSize.MEDIUM, OrganisationSize.SMALL, OrganisationSize.MICRO)


def services_with_use(*, actor: Actor, today: datetime.date) -> QuerySet[ValueAddedService]:
    """With uses, using organisations, and small and medium ones among them, over a year."""
    lately = Q(uses__used_on__gt=today - datetime.timedelta(days=COUNTED_DAYS))
    small = lately & Q(uses__organisation__size__in=SMALL)
    return (
        services_visible_to(actor)
        .select_related("provider")
        .annotate(
            times=Coalesce(Sum("uses__times", filter=lately), 0),
            users=Count("uses__organisation", filter=lately, distinct=True),
            small_users=Count("uses__organisation", filter=small, distinct=True),
        )
    )
