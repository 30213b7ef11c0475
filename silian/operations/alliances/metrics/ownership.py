"""Measures of schools run with enterprises and of places bought by the government."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    stock,
    total,
)
from silian.operations.alliances.choices.ownership import PUBLIC_CASES, CaseMode
from silian.operations.alliances.events.ownership import EducationPurchased, OwnershipCaseMoved
from silian.operations.alliances.models.ownership import EducationPurchase, OwnershipCase
from silian.operations.alliances.permissions.ownership import (
    cases_visible_to,
    purchases_visible_to,
)

SOURCE = "企业办学案例名录"


def approved(scope: Scope) -> QuerySet[OwnershipCase]:
    """Cases approved by the day and not ended by then."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=scope.as_of)
    return OwnershipCase.objects.filter(
        lasting, state__in=sorted(PUBLIC_CASES), approved_on__lte=scope.as_of
    )


def mixed(scope: Scope) -> QuerySet[OwnershipCase]:
    return approved(scope).filter(mode=CaseMode.SHAREHOLDING)


def touched_case(event: Any) -> Iterable[Touch]:
    row = OwnershipCase.objects.filter(pk=event.case_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.approved_on or timezone.localdate())


def touched_purchase(event: Any) -> Iterable[Touch]:
    row = EducationPurchase.objects.filter(pk=event.purchase_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.registered_on)


EVENTS: dict[Any, Touched] = {OwnershipCaseMoved: touched_case}
DRILL = Drill(
    columns={
        "案例": "title",
        "申请单位": "applicant.name",
        "办学方式": lambda row: row.get_mode_display(),
        "批准日": "approved_on",
    },
    visible_to=cases_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("applicant",),
)
PURCHASE_DRILL = Drill(
    columns={
        "购买内容": "service",
        "承接单位": "provider.name",
        "学位": "seats",
        "金额": "amount",
        "合同编号": "contract_reference",
    },
    visible_to=purchases_visible_to,
    related=("provider",),
)

for code, title, formula, rows in (
    (
        "alliances.enterprise_run_cases",
        "企业参与办学案例",
        "统计日已批准且未终止的企业办学、混合所有制办学案例",
        approved,
    ),
    (
        "alliances.mixed_ownership_cases",
        "股份制、混合所有制办学案例",
        "统计日已批准且未终止、办学方式为股份制或混合所有制的案例",
        mixed,
    ),
):
    register_metric(
        stock(
            code=code,
            title=title,
            unit="个",
            formula=formula,
            source=SOURCE,
            rows=rows,
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on=EVENTS,
        )
    )
for code, title, unit, field in (
    ("alliances.purchased_seats", "政府购买的企业办学学位", "个", "seats"),
    ("alliances.purchased_amount", "政府购买教育服务金额", "元", "amount"),
):
    register_metric(
        Metric(
            code=code,
            title=title,
            unit=unit,
            formula=f"统计期内登记的政府购买企业举办学校教育服务的{title[-2:]}合计",
            source="政府购买教育服务登记",
            rows=lambda scope: EducationPurchase.objects.all(),
            day="registered_on",
            reduce=total(field),
            main_period=PeriodKind.YEAR,
            small_number=PUBLIC_ROWS,
            drill=PURCHASE_DRILL,
            stale_on={EducationPurchased: touched_purchase},
        )
    )
