"""Measures of recommendations and of the services that go with them (推荐与增值服务)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from silian.casework.metrics.choices import Periodicity
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Reduction,
    Touch,
    count,
    register_metric,
    share,
    total,
)
from silian.operations.exchange.events import DealRecorded, NegotiationOpened
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.models.value_added_service import ValueAddedUse
from silian.operations.exchange.permissions.recommendations import showings_visible_to
from silian.operations.exchange.permissions.value_added_services import uses_visible_to

SHOWING_DRILL = Drill(
    columns={
        "推荐的供需": "other.title",
        "看到的单位": "organisation.name",
        "首次展示": "first_shown_on",
        "评价": lambda row: row.get_verdict_display(),
        "应答时间": "contacted_at",
        "成交时间": "agreed_at",
    },
    visible_to=showings_visible_to,
    url=lambda row: row.other.get_absolute_url(),
    related=("other", "organisation"),
)

USE_DRILL = Drill(
    columns={
        "增值服务": "service.name",
        "使用单位": "organisation.name",
        "日期": "used_on",
        "次数": "times",
    },
    visible_to=uses_visible_to,
    related=("service", "organisation"),
)


def showings_after_answer(event: Any) -> Iterable[Touch]:
    """The day on which the answered listing was first shown to the asker."""
    for row in Negotiation.objects.filter(pk=event.negotiation_id):
        yield from shown_days(organisation_id=row.asker_id, listing_id=row.listing_id)


def showings_after_deal(event: Any) -> Iterable[Touch]:
    """The same for the listing of a deal."""
    for row in Deal.objects.filter(pk=event.deal_id).select_related("negotiation"):
        asker = row.negotiation.asker_id
        yield from shown_days(organisation_id=asker, listing_id=row.listing_id)


def shown_days(*, organisation_id: int, listing_id: int) -> Iterable[Touch]:
    rows = RecommendationShowing.objects.filter(
        organisation_id=organisation_id, other_id=listing_id
    ).select_related("other")
    for row in rows:
        yield Touch(division=row.division_id, day=row.first_shown_on)


def showing_metric(code: str, *, title: str, unit: str, formula: str, reduce: Reduction) -> None:
    """One more measure of what was first shown in a period."""
    register_metric(
        Metric(
            code=code,
            title=title,
            unit=unit,
            formula=formula,
            source="供需对接平台（推荐展示与洽谈、成交登记）",
            rows=lambda scope: RecommendationShowing.objects.all(),
            division="other__division",
            day="first_shown_on",
            reduce=reduce,
            decimals=1 if unit == "%" else 0,
            periodicity=Periodicity.DAILY,
            drill=SHOWING_DRILL,
            stale_on={
                NegotiationOpened: showings_after_answer,
                DealRecorded: showings_after_deal,
            },
        )
    )


showing_metric(
    "exchange.recommendations_shown",
    title="推荐展示数",
    unit="条",
    formula="统计期内首次向一家单位展示的推荐，同一供需对同一单位只计一次",
    reduce=count(),
)
showing_metric(
    "exchange.recommendation_answer_rate",
    title="推荐应答率",
    unit="%",
    formula="统计期内首次展示的推荐中，该单位其后应答的条数 ÷ 展示条数",
    reduce=share(Q(contacted_at__isnull=False)),
)
showing_metric(
    "exchange.recommendation_deal_rate",
    title="推荐成交率",
    unit="%",
    formula="统计期内首次展示的推荐中，该单位其后成交的条数 ÷ 展示条数",
    reduce=share(Q(agreed_at__isnull=False)),
)
register_metric(
    Metric(
        code="exchange.value_added_uses",
        title="增值服务使用次数",
        unit="次",
        formula="统计期内合同模板、政策匹配、数据报告、咨询辅导等服务被使用的次数之和",
        source="供需对接平台（增值服务使用计数）",
        rows=lambda scope: ValueAddedUse.objects.filter(organisation__isnull=False),
        division="organisation__division",
        day="used_on",
        reduce=total("times"),
        periodicity=Periodicity.DAILY,
        small_number=PUBLIC_ROWS,
        drill=USE_DRILL,
    )
)
