"""What was paid by each rate of a subsidy: people, money, the part in advance (N56–N59)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    distinct,
    register_metric,
    sum_share,
    total,
)
from silian.governance.incentives.choices.claims import ClaimScheme, PaymentKind
from silian.governance.incentives.events.claims import ClaimPaymentMoved
from silian.governance.incentives.metrics.claim_money import (
    PAYMENTS,
    SOURCE,
    arrived,
    of_scheme,
    touched,
)
from silian.governance.incentives.models import ClaimItem, ClaimPayment
from silian.governance.incentives.permissions.claims import all_items_visible_to
from silian.operations.placements.choices.orders import ApprenticeLevel


def paid_people(scheme: ClaimScheme, level: str = "") -> Callable[[Scope], QuerySet[ClaimItem]]:
    """Whoever counts in a claim of which money arrived, with the day of the first money."""

    def rows(scope: Scope) -> QuerySet[ClaimItem]:
        money = arrived(scope).filter(claim=OuterRef("claim")).order_by().values("claim")
        items = ClaimItem.objects.filter(
            counts=True, person__isnull=False, claim__call__scheme=scheme
        )
        items = items.filter(level=level) if level else items
        first = Subquery(money.annotate(day=Min("paid_on")).values("day"))
        return items.annotate(first_paid_on=first).filter(first_paid_on__isnull=False)

    return rows


def paid_at(level: str) -> Callable[[Scope], QuerySet[ClaimPayment]]:
    """Money that arrived for apprenticeships of a level; a claim is of one level."""
    items = ClaimItem.objects.filter(claim=OuterRef("claim"), level=level)
    return lambda scope: of_scheme(ClaimScheme.APPRENTICESHIP)(scope).filter(Exists(items))


def advanced(scope: Scope) -> QuerySet[ClaimPayment]:
    """Advances that arrived, each with what its claim was approved for."""
    rows = of_scheme(ClaimScheme.APPRENTICESHIP)(scope).filter(kind=PaymentKind.ADVANCE)
    return rows.annotate(approved=F("claim__planned"))


PEOPLE = Drill(
    columns={
        "单位": "claim.organisation.name",
        "申领": "claim.number",
        "等级": "level",
        "审定金额（元）": "amount",
        "首次到账日": "first_paid_on",
    },
    visible_to=all_items_visible_to,
    url=lambda row: row.claim.get_absolute_url(),
    related=("claim__organisation",),
)
BY_PAYMENT: dict[str, Any] = {
    "source": SOURCE,
    "division": "claim__call__division",
    "day": "paid_on",
    "public": False,
    "drill": PAYMENTS,
    "stale_on": {ClaimPaymentMoved: touched},
}


def register_people(code: str, title: str, rows: Callable[[Scope], QuerySet[ClaimItem]]) -> None:
    register_metric(
        Metric(
            code=code,
            title=title,
            unit="人",
            formula="有补贴到账的申领中计入的人员，每人计一次，按首次到账日计入",
            source=SOURCE,
            rows=rows,
            division="claim__call__division",
            day="first_paid_on",
            reduce=distinct("person"),
            direction=Direction.NEUTRAL,
            drill=PEOPLE,
            stale_on={ClaimPaymentMoved: touched},
        )
    )


for level in ApprenticeLevel:
    name = level.name.lower()
    register_people(
        f"incentives.paid_people_{name}",
        f"领到学徒培训补贴的{level.label}",
        paid_people(ClaimScheme.APPRENTICESHIP, str(level.value)),
    )
    register_metric(
        Metric(
            code=f"incentives.paid_apprenticeship_{name}",
            title=f"学徒培训补贴已付：{level.label}",
            unit="元",
            formula=f"统计期内到账和抵扣的拨付金额之和，培养目标为{level.label}的申领",
            rows=paid_at(str(level.value)),
            reduce=total("value"),
            direction=Direction.NEUTRAL,
            **BY_PAYMENT,
        )
    )
register_people(
    "incentives.paid_people_internship",
    "领到实习成本补助的申领涉及学生",
    paid_people(ClaimScheme.INTERNSHIP),
)
register_metric(
    Metric(
        code="incentives.advance_share",
        title="学徒培训补贴预支比例",
        unit="%",
        formula="统计期内到账的预支合计 ÷ 这些申领的审定金额合计",
        rows=advanced,
        reduce=sum_share(of="value", over="approved"),
        decimals=1,
        direction=Direction.NEUTRAL,
        **BY_PAYMENT,
    )
)
