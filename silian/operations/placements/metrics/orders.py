"""Measures of order classes and apprenticeships."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    distinct,
    register_metric,
    share,
    stock,
    total,
)
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
    OrderSeat,
    OrderState,
)
from silian.operations.placements.events.apprenticeships import (
    ApprenticeChanged,
    ApprenticeshipChanged,
)
from silian.operations.placements.events.orders import OrderChanged, OrderStudentsHired
from silian.operations.placements.models import (
    Apprentice,
    Apprenticeship,
    ClassOrder,
    OrderMember,
)
from silian.operations.placements.permissions.apprenticeships import (
    apprentices_visible_to,
    apprenticeships_visible_to,
)
from silian.operations.placements.permissions.orders import orders_visible_to, seats_visible_to
from silian.operations.placements.queries.orders import COUNTED_STATES

FILED = (
    ApprenticeshipState.FILED,
    ApprenticeshipState.RUNNING,
    ApprenticeshipState.COMPLETED,
)
ENDED = (OrderState.HIRING, OrderState.CLOSED)
RESULTS = (ApprenticeState.QUALIFIED, ApprenticeState.UNQUALIFIED, ApprenticeState.LEFT)


def order_touched(event: Any) -> Iterable[Touch]:
    for row in ClassOrder.objects.filter(pk=event.order_id).only("division_id"):
        yield Touch(division=row.division_id, day=event.on)


def apprenticeship_touched(event: Any) -> Iterable[Touch]:
    rows = Apprenticeship.objects.filter(pk=event.apprenticeship_id)
    for row in rows.only("division_id"):
        yield Touch(division=row.division_id, day=event.on)


ORDER_EVENTS: dict[Any, Any] = {OrderChanged: order_touched, OrderStudentsHired: order_touched}
APPRENTICE_EVENTS: dict[Any, Any] = {
    ApprenticeChanged: apprenticeship_touched,
    ApprenticeshipChanged: apprenticeship_touched,
}
ORDER_DRILL = Drill(
    columns={
        "订单": "title",
        "企业": "enterprise.name",
        "学校": "school.name",
        "订单人数": "head_count",
        "培养终止日": "ends_on",
    },
    visible_to=orders_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("enterprise", "school"),
)
PROGRAMME_DRILL = Drill(
    columns={
        "项目": "title",
        "形式": lambda row: row.get_scheme_display(),
        "企业": "enterprise.name",
        "院校": "school.name",
        "备案日": "filed_on",
    },
    visible_to=apprenticeships_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("enterprise", "school"),
)


APPRENTICE_DRILL = Drill(
    columns={
        "项目": "apprenticeship.title",
        "形式": lambda row: row.apprenticeship.get_scheme_display(),
        "起始日": "starts_on",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=apprentices_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("apprenticeship",),
)
SEAT_DRILL = Drill(
    columns={
        "订单": "order.title",
        "班级": "class_name",
        "录用日": "hired_on",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=seats_visible_to,
    url=lambda row: row.order.get_absolute_url(),
    related=("order",),
)


def orders_in_training(scope: Scope) -> QuerySet[ClassOrder]:
    """Signed orders whose training covers the day."""
    return ClassOrder.objects.filter(
        state__in=sorted(COUNTED_STATES), starts_on__lte=scope.as_of, ends_on__gt=scope.as_of
    )


def signed_orders(scope: Scope) -> QuerySet[ClassOrder]:
    return ClassOrder.objects.filter(state__in=sorted(COUNTED_STATES))


def ended_orders(scope: Scope) -> QuerySet[ClassOrder]:
    """Signed orders after training, each with how many the enterprise hired."""
    hired = OrderMember.objects.filter(order=OuterRef("pk"), state=OrderSeat.HIRED)
    counted = hired.order_by().values("order").annotate(n=Count("pk")).values("n")
    return ClassOrder.objects.filter(state__in=ENDED).annotate(hired=Coalesce(Subquery(counted), 0))


def apprentices_in_training(scope: Scope) -> QuerySet[Apprentice]:
    """Apprentices who train on the day, whatever became of them later."""
    begun = [ApprenticeState.TRAINING, *RESULTS]
    return Apprentice.objects.filter(
        state__in=begun, starts_on__lte=scope.as_of, ends_on__gt=scope.as_of
    ).exclude(certified_on__lte=scope.as_of)


def modern_points(scope: Scope) -> QuerySet[Apprenticeship]:
    """Filed programmes of modern apprenticeship that had begun by the day."""
    return Apprenticeship.objects.filter(
        scheme=ApprenticeScheme.MODERN,
        state__in=FILED,
        programme__isnull=False,
        filed_on__lte=scope.as_of,
    )


register_metric(
    stock(
        code="placements.order_classes",
        title="在培订单班",
        unit="个",
        formula="协议已签齐、培养期含当日的订单班数",
        source="订单班登记",
        rows=orders_in_training,
        drill=ORDER_DRILL,
        stale_on=ORDER_EVENTS,
    )
)
register_metric(
    Metric(
        code="placements.ordered_people",
        title="订单培养人数",
        unit="人",
        formula="本期开始培养的订单人数之和",
        source="订单班登记",
        rows=signed_orders,
        day="starts_on",
        reduce=total("head_count"),
        small_number=0,
        drill=ORDER_DRILL,
        stale_on=ORDER_EVENTS,
    )
)
register_metric(
    Metric(
        code="placements.order_fulfilment",
        title="订单履约率",
        unit="%",
        formula="本期培养期满的订单中，订单企业录用人数达到订单人数的占比",
        source="订单班名册",
        rows=ended_orders,
        day="ends_on",
        reduce=share(Q(hired__gte=F("head_count"))),
        decimals=1,
        small_number=0,
        drill=ORDER_DRILL,
        stale_on=ORDER_EVENTS,
    )
)
register_metric(
    Metric(
        code="placements.order_hiring",
        title="订单班录用率",
        unit="%",
        formula="本期培养期满的订单班学生中，由订单企业录用的占比",
        source="订单班名册",
        rows=lambda scope: OrderMember.objects.filter(order__state__in=ENDED),
        division="order__division",
        day="order__ends_on",
        reduce=share(Q(state=OrderSeat.HIRED)),
        decimals=1,
        drill=SEAT_DRILL,
        stale_on=ORDER_EVENTS,
    )
)
register_metric(
    stock(
        code="placements.apprentices",
        title="在培学徒",
        unit="人",
        formula="培养期含当日的学徒人数（现代学徒制和企业新型学徒制）",
        source="学徒台账",
        rows=apprentices_in_training,
        division="apprenticeship__division",
        drill=APPRENTICE_DRILL,
        stale_on=APPRENTICE_EVENTS,
    )
)
register_metric(
    stock(
        code="placements.modern_apprenticeship_points",
        title="现代学徒制专业点",
        unit="个",
        formula="已备案现代学徒制项目的专业点数，同一专业点只计一次",
        source="学徒培养项目登记",
        rows=modern_points,
        reduce=distinct("programme"),
        drill=PROGRAMME_DRILL,
        stale_on=APPRENTICE_EVENTS,
    )
)
register_metric(
    Metric(
        code="placements.apprentice_completion",
        title="学徒培养合格率",
        unit="%",
        formula="本期到期的学徒中考核合格的占比",
        source="学徒台账",
        rows=lambda scope: Apprentice.objects.filter(state__in=RESULTS),
        division="apprenticeship__division",
        day="ends_on",
        reduce=share(Q(state=ApprenticeState.QUALIFIED)),
        decimals=1,
        drill=APPRENTICE_DRILL,
        stale_on=APPRENTICE_EVENTS,
    )
)
