"""Measures of the training fund (N08 N18 N46 N60 N61): rates, punctuality, orders open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction, PeriodKind
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    share,
    stock,
    sum_share,
)
from silian.foundation.kernel.actors import Actor
from silian.operations.learning.choices import SETTLED, CallState
from silian.operations.learning.events import CallIssued, FundReturnMoved
from silian.operations.learning.models.calls import FundCall, FundCallUnit
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import calls_visible_to, returns_visible_to

SOURCE = "职工教育经费年度报告"
YEARLY = (PeriodKind.YEAR,)


def with_wages(scope: Scope) -> QuerySet[FundReturn]:
    """Settled returns that name wages."""
    return FundReturn.objects.filter(state__in=SETTLED, current__wages__gt=0)


def with_fund(scope: Scope) -> QuerySet[FundReturn]:
    """Settled returns of enterprises that extracted a fund."""
    return FundReturn.objects.filter(state__in=SETTLED, current__extracted__gt=0)


def asked(scope: Scope) -> QuerySet[FundCallUnit]:
    """Enterprises asked by issued notices, each with whether its return came in time."""
    in_time = FundReturn.objects.filter(
        call_id=OuterRef("call_id"),
        organisation_id=OuterRef("organisation_id"),
        first_submitted_at__date__lte=OuterRef("call__due_on"),
    )
    rows = FundCallUnit.objects.filter(call__state=CallState.ISSUED)
    return rows.annotate(came_in_time=Exists(in_time))


def under_order(scope: Scope) -> QuerySet[FundReturn]:
    """Orders given by the day and not ended by then."""
    lasting = Q(order_ended_on__isnull=True) | Q(order_ended_on__gt=scope.as_of)
    return FundReturn.objects.filter(lasting, ordered_on__lte=scope.as_of)


def units_visible_to(actor: Actor) -> QuerySet[FundCallUnit]:
    rows = FundCallUnit.objects.filter(call__in=calls_visible_to(actor))
    own = Q(organisation_id=actor.organisation_id)
    return rows if actor.jurisdiction else rows.filter(own)


def touched_year(event: Any) -> Iterable[Touch]:
    row = FundReturn.objects.filter(pk=event.return_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.covers_until)


def touched_due(event: Any) -> Iterable[Touch]:
    row = FundReturn.objects.filter(pk=event.return_id).select_related("call").first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.call.due_on)


def touched_call(event: Any) -> Iterable[Touch]:
    for row in FundCall.objects.filter(pk=event.call_id):
        yield Touch(division=row.division_id, day=row.due_on)


def touched_order(event: Any) -> Iterable[Touch]:
    row = FundReturn.objects.filter(pk=event.return_id, ordered_on__isnull=False).first()
    if row is not None and row.ordered_on is not None:
        yield Touch(division=row.division_id, day=min(row.ordered_on, timezone.localdate()))


YEAR_EVENTS: dict[Any, Touched] = {FundReturnMoved: touched_year}
DUE_EVENTS: dict[Any, Touched] = {FundReturnMoved: touched_due, CallIssued: touched_call}
ORDER_EVENTS: dict[Any, Touched] = {FundReturnMoved: touched_order}
DRILL = Drill(
    columns={
        "企业": "organisation.name",
        "年度": "year",
        "职工工资总额": "current.wages",
        "提取的经费": "current.extracted",
        "用于一线职工": "current.frontline_spent",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=returns_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organisation", "current"),
)

for code, title, formula, rows, part, whole in (
    (
        "learning.training_fund_extraction",
        "职工教育培训经费提取比例",
        "已确认或已改正的年度报告中，提取的经费合计 ÷ 职工工资总额合计；计入报告年度",
        with_wages,
        "extracted",
        "wages",
    ),
    (
        "learning.frontline_training_share",
        "职工教育培训经费用于一线职工的比例",
        "已确认或已改正的年度报告中，用于一线职工的支出合计 ÷ 提取的经费合计；计入报告年度",
        with_fund,
        "frontline_spent",
        "extracted",
    ),
):
    register_metric(
        Metric(
            code=code,
            title=title,
            unit="%",
            formula=formula,
            source=SOURCE,
            rows=rows,
            day="covers_until",
            reduce=sum_share(of=f"current__{part}", over=f"current__{whole}"),
            decimals=2,
            period_kinds=YEARLY,
            drill=DRILL,
            stale_on=YEAR_EVENTS,
            version=2,
        )
    )
register_metric(
    Metric(
        code="learning.returns_on_time",
        title="经费报告按期报送率",
        unit="%",
        formula="截止日在统计期内的通知，应报企业中在截止日前首次提交的占比",
        source=SOURCE,
        rows=asked,
        division="organisation__division",
        day="call__due_on",
        reduce=share(Q(came_in_time=True)),
        decimals=1,
        drill=Drill(
            columns={"企业": "organisation.name", "通知": "call.title", "截止日": "call.due_on"},
            visible_to=units_visible_to,
            url=lambda row: row.call.get_absolute_url(),
            related=("organisation", "call"),
        ),
        stale_on=DUE_EVENTS,
    )
)
register_metric(
    stock(
        code="learning.orders_open",
        title="未办结的经费责令改正",
        unit="家",
        formula="统计日已责令改正、还没有改正、认定拒不改正或撤销的年度报告份数",
        source=SOURCE,
        rows=under_order,
        direction=Direction.FALLING,
        drill=DRILL,
        stale_on=ORDER_EVENTS,
    )
)
