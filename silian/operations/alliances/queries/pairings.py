"""What pages of pairings read."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.pairings import PairingState
from silian.operations.alliances.models.pairings import Pairing, PairingAction
from silian.operations.alliances.permissions.keeping import keeps_registers, of_unit, within


def pairings_for_list(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """With both sides, and the numbers of actions planned and done."""
    return rows.select_related("zone", "school", "helper", "division", "proposed_by").annotate(
        action_count=Count("actions"),
        done_count=Count("actions", filter=Q(actions__done_on__isnull=False)),
        people_count=Sum("actions__people"),
    )


def actions_due(actor: Actor, *, on: datetime.date) -> QuerySet[PairingAction]:
    """Open actions of the actor's own pairings that are due within a month or late."""
    mine = of_unit(actor, "pairing__school_id") | of_unit(actor, "pairing__zone__committee_id")
    if keeps_registers(actor):
        placed = Q(pairing__school__isnull=True)
        mine |= within(actor, "pairing__division") & placed
    soon = on + datetime.timedelta(days=30)
    rows = PairingAction.objects.filter(
        mine, pairing__state=PairingState.RUNNING, done_on__isnull=True, due_on__lte=soon
    )
    return rows.select_related(
        "pairing__zone", "pairing__school", "pairing__helper", "pairing__division"
    ).order_by("due_on", "pk")
