"""Who gets what from every address of 指标."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.casework.metrics.commands.disputes import dispute_value
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.casework.metrics.stage import NOW, defined, paper
from tests.world import CITY, ROLES, World

GOVERNMENT = ("reviewer", "coordinator", "supervisor", "leader")
JANUARY = datetime.date(2026, 1, 1)
ANSWER = "经核实，公布数没有差错。"


def a_value(world: World, *, period_kind: str = "month") -> MetricValue:
    """A value that only officials see: the public sees this metric by years."""
    found, _ = MetricValue.objects.current().get_or_create(
        metric_code="exchange.deals",
        division_id=CITY,
        period_kind=period_kind,
        period_start=JANUARY,
        defaults={
            "period_end": datetime.date(2026, 2, 1),
            "as_of": datetime.date(2026, 1, 31),
            "value": Decimal(9),
            "row_count": 9,
            "computed_at": NOW,
            "checked_at": NOW,
        },
    )
    return found


def of_value(world: World) -> dict[str, Any]:
    return {"value_id": a_value(world).pk}


def of_metric(world: World) -> dict[str, Any]:
    return {"code": "exchange.deals"}


def of_definition(world: World) -> dict[str, Any]:
    found = MetricDefinition.objects.first() or defined(world)
    return {"definition_id": found.pk}


def a_dispute(world: World) -> ValueDispute:
    """The supervisor's objection, open."""
    found = ValueDispute.objects.filter(state="raised").first()
    return found or dispute_value(
        value_id=a_value(world).pk,
        own_value=Decimal(12),
        reason="漏计三份协议",
        evidence=paper(),
        actor=world.supervisor.actor,
        now=NOW,
    )


def of_dispute(world: World) -> dict[str, Any]:
    return {"dispute_id": a_dispute(world).pk}


def by_role(otherwise: int, **given: int) -> dict[str, int]:
    return {**dict.fromkeys(ROLES, otherwise), "anonymous": LOGIN, **given}


ACCESS: dict[str, Row] = {
    "metrics:catalogue": public(),
    "metrics:metric_detail": public(kwargs=of_metric),
    "metrics:metric_series": public(kwargs=of_metric),
    "metrics:metric_recount": only("coordinator", status=302, method="post", kwargs=of_metric),
    "metrics:value_detail": Row(
        statuses=dict.fromkeys(ROLES, HIDDEN) | dict.fromkeys(GOVERNMENT, OK), kwargs=of_value
    ),
    "metrics:value_dispute": only(
        "reviewer", "coordinator", "supervisor", otherwise=HIDDEN, kwargs=of_value
    ),
    "metrics:definition_list": only(*GOVERNMENT),
    "metrics:definition_new": only("coordinator"),
    "metrics:definition_detail": only(*GOVERNMENT, kwargs=of_definition),
    "metrics:definition_edit": only("coordinator", kwargs=of_definition),
    "metrics:definition_retire": Row(
        statuses=by_role(REFUSED, coordinator=302),
        method="post",
        kwargs=of_definition,
        data=lambda world: {"reason": "平台已能自动计算"},
    ),
    "metrics:value_new": only("coordinator", kwargs=of_definition),
    "metrics:dispute_list": only(*GOVERNMENT),
    "metrics:dispute_detail": only(*GOVERNMENT, otherwise=HIDDEN, kwargs=of_dispute),
    "metrics:dispute_uphold": Row(
        statuses=by_role(
            HIDDEN, coordinator=302, **dict.fromkeys(("reviewer", "supervisor", "leader"), REFUSED)
        ),
        method="post",
        kwargs=of_dispute,
        data=lambda world: {"uphold-answer": ANSWER},
    ),
    "metrics:dispute_correct": Row(
        statuses=by_role(
            HIDDEN, coordinator=302, **dict.fromkeys(("reviewer", "supervisor", "leader"), REFUSED)
        ),
        method="post",
        kwargs=of_dispute,
        data=lambda world: {"correct-answer": ANSWER},
    ),
    "metrics:dispute_withdraw": Row(
        statuses=by_role(
            HIDDEN, supervisor=302, **dict.fromkeys(("reviewer", "coordinator", "leader"), REFUSED)
        ),
        method="post",
        kwargs=of_dispute,
    ),
}
