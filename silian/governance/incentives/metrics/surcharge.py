"""Measures of money for vocational education: the surcharge's share (N09 N51), appropriations."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Case, DecimalField, F, QuerySet, Value, When

from silian.casework.metrics.choices import Direction, PeriodKind
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    register_metric,
    sum_share,
    total,
)
from silian.governance.incentives.choices.appropriation import SheetState
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.events.appropriation import (
    AppropriationPublished,
    SurchargeEntered,
)
from silian.governance.incentives.models.appropriation import AppropriationSheet
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.permissions.appropriation import sheets_visible_to
from silian.governance.incentives.permissions.surcharge import entries_visible_to

YEARLY = (PeriodKind.YEAR,)
ZERO = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))


def entries(scope: Scope) -> QuerySet[SurchargeEntry]:
    """What counts, with receipts and vocational use apart."""
    rows = SurchargeEntry.objects.present()
    return rows.annotate(
        used=Case(When(kind=SurchargeKind.VOCATIONAL, then=F("amount")), default=ZERO),
        receipts=Case(When(kind=SurchargeKind.RECEIPT, then=F("amount")), default=ZERO),
    )


def published(scope: Scope) -> QuerySet[AppropriationSheet]:
    return AppropriationSheet.objects.filter(state=SheetState.PUBLISHED)


def touched_year(event: SurchargeEntered) -> Iterable[Touch]:
    first = datetime.date(event.year, 1, 1)
    yield Touch(division=event.division, day=first, until=datetime.date(event.year, 12, 31))


def touched_sheet(event: AppropriationPublished) -> Iterable[Touch]:
    """The day of this version and those of the versions that it replaced."""
    found = AppropriationSheet.objects.filter(pk=event.sheet_id).first()
    if found is not None:
        rows = AppropriationSheet.objects.filter(
            appropriation_year_id=found.appropriation_year_id, school_id=found.school_id
        )
        for day in rows.values_list("published_on", flat=True):
            if day is not None:
                yield Touch(division=found.division_id, day=day)


register_metric(
    Metric(
        code="incentives.surcharge_vocational_share",
        title="地方教育附加用于职业教育的比例",
        unit="%",
        formula="入账日在统计期内的地方教育附加收支：用于职业教育的合计 ÷ 征收入库的合计",
        source="财政、税务填报的地方教育附加收支",
        rows=entries,
        day="booked_on",
        reduce=sum_share(of="used", over="receipts"),
        decimals=2,
        period_kinds=YEARLY,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "类别": lambda row: row.get_kind_display(),
                "项目": "item",
                "入账日": "booked_on",
                "金额（元）": "amount",
                "凭证或文号": "voucher",
            },
            visible_to=entries_visible_to,
        ),
        stale_on={SurchargeEntered: touched_year},
    )
)
register_metric(
    Metric(
        code="incentives.appropriation_published",
        title="送达学校的生均拨款",
        unit="元",
        formula="统计期内送达、没有被更正的拨款核算表的应拨经费合计",
        source="拨款核算表",
        rows=published,
        day="published_on",
        reduce=total("total"),
        decimals=2,
        direction=Direction.RISING,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "学校": "school.name",
                "年度": "appropriation_year.year",
                "应拨（元）": "total",
            },
            visible_to=sheets_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("school", "appropriation_year"),
        ),
        stale_on={AppropriationPublished: touched_sheet},
    )
)
