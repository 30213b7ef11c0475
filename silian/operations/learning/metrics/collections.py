"""Measures of what is collected after a refusal (S33): sums received, demands open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    register_metric,
    stock,
    total,
)
from silian.operations.learning.choices import CollectionState
from silian.operations.learning.events import CollectionMoved
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.collections import collections_visible_to

SOURCE = "职工教育经费依法收取登记"


def received(scope: Scope) -> QuerySet[CollectionNotice]:
    return CollectionNotice.objects.filter(
        state=CollectionState.COLLECTED, received_on__isnull=False
    )


def still_open(scope: Scope) -> QuerySet[CollectionNotice]:
    """Told by the day and not closed by then."""
    lasting = Q(closed_at__isnull=True) | Q(closed_at__date__gt=scope.as_of)
    return CollectionNotice.objects.filter(lasting, told_at__date__lte=scope.as_of)


def touched(event: Any) -> Iterable[Touch]:
    rows = CollectionNotice.objects.select_related("fund_return")
    row = rows.filter(pk=event.collection_id).first()
    if row is not None:
        told_on = timezone.localdate(row.told_at)
        for day in {row.received_on or told_on, told_on}:
            yield Touch(division=row.division_id, day=day)


DRILL = Drill(
    columns={
        "企业": "fund_return.organisation.name",
        "年度": "fund_return.year",
        "收取部门": "collector.name",
        "应收取": "amount",
        "已收取": "received",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=collections_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("fund_return__organisation", "collector"),
)
register_metric(
    Metric(
        code="learning.fund_collected",
        title="依法收取的职业教育经费",
        unit="元",
        formula="统计期内登记收取结果的金额合计，按收取日计入",
        source=SOURCE,
        rows=received,
        division="fund_return__organisation__division",
        day="received_on",
        reduce=total("received"),
        decimals=2,
        public=False,
        drill=DRILL,
        stale_on={CollectionMoved: touched},
    )
)
register_metric(
    stock(
        code="learning.collections_open",
        title="未办结的依法收取",
        unit="家",
        formula="统计日已移送收取、还没有登记收取结果的企业年度数，含退回待重新移送的",
        source=SOURCE,
        rows=still_open,
        division="fund_return__organisation__division",
        direction=Direction.FALLING,
        drill=DRILL,
        stale_on={CollectionMoved: touched},
    )
)
