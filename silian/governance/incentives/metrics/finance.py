"""Measures of financing: money a year, projects recommended, deals, funds' leverage (S64, S51)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Q, QuerySet, Value, When

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    count,
    distinct,
    register_metric,
    sum_share,
    total,
)
from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.finance import FUNDING_KINDS, AnswerState, Investor
from silian.governance.incentives.events.finance import (
    AnswerMoved,
    FinanceMoneyMoved,
    InvestmentMoved,
    RecommendationMoved,
)
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceRecord,
    InvestmentRecord,
    ProjectRecommendation,
)
from silian.governance.incentives.permissions.finance import is_official, within

MONEY = DecimalField(max_digits=15, decimal_places=2)


def funding(scope: Scope) -> QuerySet[FinanceRecord]:
    """Loans, investments and bonds that were paid; guarantees and covers are counted apart."""
    rows: QuerySet[FinanceRecord] = FinanceRecord.objects.valid()  # type: ignore[attr-defined]
    return rows.filter(kind__in=FUNDING_KINDS)


def granted(scope: Scope) -> QuerySet[FinanceAnswer]:
    return FinanceAnswer.objects.filter(state=AnswerState.GRANTED)


def recommended(scope: Scope) -> QuerySet[ProjectRecommendation]:
    """Projects that were issued in the period, those removed later included."""
    return ProjectRecommendation.objects.filter(issued_on__isnull=False)


def invested(scope: Scope) -> QuerySet[Any]:
    """Valid payments, each as fund money or as social money."""
    rows = InvestmentRecord.objects.valid()  # type: ignore[attr-defined]
    return rows.annotate(fund_money=part_of(Investor.FUND), social_money=part_of(Investor.SOCIAL))


def part_of(investor: Investor) -> Case:
    nothing = Value(Decimal(0), output_field=MONEY)
    return Case(When(Q(investor=investor), then=F("amount")), default=nothing, output_field=MONEY)


def records_seen(actor: Actor) -> QuerySet[FinanceRecord]:
    rows: QuerySet[FinanceRecord] = FinanceRecord.objects.all()
    return (
        rows.filter(within(actor, "answer__need__division__code"))
        if is_official(actor)
        else rows.none()
    )


def answers_seen(actor: Actor) -> QuerySet[FinanceAnswer]:
    rows = FinanceAnswer.objects.all()
    return rows.filter(within(actor, "need__division__code")) if is_official(actor) else rows.none()


def recommendations_seen(actor: Actor) -> QuerySet[ProjectRecommendation]:
    rows = ProjectRecommendation.objects.all()
    return rows.filter(within(actor, "division__code")) if is_official(actor) else rows.none()


def investments_seen(actor: Actor) -> QuerySet[InvestmentRecord]:
    rows: QuerySet[InvestmentRecord] = InvestmentRecord.objects.all()
    return (
        rows.filter(within(actor, "pitch__owner__division__code"))
        if is_official(actor)
        else rows.none()
    )


def money_touched(event: FinanceMoneyMoved) -> Iterable[Touch]:
    """Every day on which the answer's money moved, corrected records included."""
    rows = FinanceRecord.objects.filter(answer_id=event.answer_id)
    yield from days_touched(rows.values_list("answer__need__division_id", "on"))


def days_touched(rows: Iterable[tuple[str, datetime.date | None]]) -> Iterable[Touch]:
    for division, day in rows:
        if day is not None:
            yield Touch(division=division, day=day)


def answer_touched(event: AnswerMoved) -> Iterable[Touch]:
    rows = FinanceAnswer.objects.filter(pk=event.answer_id, granted_on__isnull=False)
    yield from days_touched(rows.values_list("need__division_id", "granted_on"))


def recommendation_touched(event: RecommendationMoved) -> Iterable[Touch]:
    rows = ProjectRecommendation.objects.filter(pk=event.recommendation_id, issued_on__isnull=False)
    yield from days_touched(rows.values_list("division_id", "issued_on"))


def investment_touched(event: InvestmentMoved) -> Iterable[Touch]:
    rows = InvestmentRecord.objects.filter(pitch_id=event.pitch_id)
    yield from days_touched(rows.values_list("pitch__owner__division_id", "on"))


register_metric(
    Metric(
        code="incentives.finance_amount",
        title="产教融合项目融资到位金额",
        unit="元",
        formula="统计期内登记发放的贷款、投资和债券金额合计，更正的不计；担保和保险另计",
        source="融资对接的发放记录",
        rows=funding,
        division="answer__need__division",
        day="on",
        reduce=total("amount"),
        decimals=2,
        direction=Direction.RISING,
        public=False,
        drill=Drill(
            columns={
                "项目": "answer__need__title",
                "金融机构": "answer__provider__name",
                "金额（元）": "amount",
                "发生日": "on",
            },
            visible_to=records_seen,
        ),
        stale_on={FinanceMoneyMoved: money_touched},
    )
)
register_metric(
    Metric(
        code="incentives.finance_deals",
        title="融资对接成功数",
        unit="项",
        formula="统计期内金融机构登记同意的融资对接，每项需求与产品计一项",
        source="融资对接",
        rows=granted,
        division="need__division",
        day="granted_on",
        reduce=count(),
        direction=Direction.RISING,
        drill=Drill(
            columns={
                "需求": "need__title",
                "金融机构": "provider__name",
                "同意金额（元）": "granted",
            },
            visible_to=answers_seen,
        ),
        stale_on={AnswerMoved: answer_touched},
    )
)
register_metric(
    Metric(
        code="incentives.finance_recommended",
        title="向金融机构推荐的项目",
        unit="个",
        formula="统计期内首次发布到推荐名单的工程项目，每个项目计一次，后来移出的也计",
        source="推荐名单",
        rows=recommended,
        division="division",
        day="issued_on",
        reduce=distinct("need__project"),
        direction=Direction.RISING,
        drill=Drill(
            columns={
                "项目": "need__project__name",
                "申请单位": "need__owner__name",
                "发布日": "issued_on",
            },
            visible_to=recommendations_seen,
        ),
        stale_on={RecommendationMoved: recommendation_touched},
    )
)
register_metric(
    Metric(
        code="incentives.fund_leverage",
        title="社会资本与基金投资之比",
        unit="%",
        formula="统计期内社会资本出资合计 ÷ 基金出资合计，更正的不计；200% 即 1 元基金带来 2 元",
        source="基金投资记录",
        rows=invested,
        division="pitch__owner__division",
        day="on",
        reduce=sum_share(of="social_money", over="fund_money"),
        decimals=1,
        direction=Direction.RISING,
        public=False,
        drill=Drill(
            columns={
                "项目": "pitch__title",
                "出资单位": "investor_name",
                "金额（元）": "amount",
                "出资日": "on",
            },
            visible_to=investments_seen,
        ),
        stale_on={InvestmentMoved: investment_touched},
    )
)
