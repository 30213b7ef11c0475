"""Reads of order classes: lists with counts, fulfilment, whom to tell."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet

from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)
from silian.operations.placements.models import ClassOrder
from silian.operations.placements.rules.orders import (
    TRAINED,
    UNDECIDED,
    Fulfilment,
    fulfilment_of,
)

COUNTED_STATES = frozenset({OrderState.RUNNING, OrderState.HIRING, OrderState.CLOSED})
"""Orders whose agreement was signed; only these count in a fulfilment rate."""


def with_counts(rows: QuerySet[ClassOrder]) -> QuerySet[ClassOrder]:
    """With the numbers that lists show."""
    return rows.select_related("enterprise", "school", "programme", "division").annotate(
        enrolled=Count("members"),
        trained=Count("members", filter=Q(members__state__in=sorted(TRAINED))),
        hired=Count("members", filter=Q(members__state=OrderSeat.HIRED)),
    )


def fulfilment_of_order(order: ClassOrder) -> Fulfilment:
    """Ordered → enrolled → trained → hired of one order (订单履约)."""
    seats = order.members.values_list("state", flat=True)
    return fulfilment_of(ordered=order.head_count, seats=seats)


def orders_past_training(*, on: datetime.date) -> QuerySet[ClassOrder]:
    """Running orders whose last day of training has gone."""
    return ClassOrder.objects.filter(state=OrderState.RUNNING, ends_on__lte=on)


def orders_to_settle(rows: QuerySet[ClassOrder]) -> list[tuple[ClassOrder, int]]:
    """Orders after training, each with how many students have no result yet."""
    undecided = Q(members__state__in=sorted(UNDECIDED))
    counted = rows.filter(state=OrderState.HIRING).annotate(
        open_seats=Count("members", filter=undecided)
    )
    return [(row, row.open_seats) for row in counted.filter(open_seats__gt=0).order_by("ends_on")]
