"""Measures of subsidies paid elsewhere, and of repeats found in claims."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import Drill, Metric, Scope, Touch, register_metric
from silian.governance.incentives.choices.risks import RiskKind, RiskState
from silian.governance.incentives.events.outside_payments import (
    OutsidePaymentsEntered,
    OutsidePaymentWithdrawn,
    RepeatsFound,
)
from silian.governance.incentives.models import Claim, ClaimRisk
from silian.governance.incentives.models.outside_payments import OutsidePayment
from silian.governance.incentives.permissions.outside_payments import (
    payments_visible_to,
    risks_visible_to,
)


def repeats(scope: Scope) -> QuerySet[ClaimRisk]:
    """One row for each person of a claim whom another subsidy stands against."""
    return ClaimRisk.objects.filter(kind=RiskKind.OTHER_PAYMENT)


def payments(scope: Scope) -> QuerySet[OutsidePayment]:
    return OutsidePayment.objects.standing()


def touched_claim(event: RepeatsFound) -> Iterable[Touch]:
    """The region of the call, on the days on which repeats were found."""
    claim = Claim.objects.select_related("call").filter(pk=event.claim_id).first()
    if claim is None:
        return
    for found in claim.risks.filter(kind=RiskKind.OTHER_PAYMENT).values_list("found_at", flat=True):
        yield Touch(division=claim.call.division_id, day=timezone.localdate(found))


def touched_entered(event: OutsidePaymentsEntered) -> Iterable[Touch]:
    rows = OutsidePayment.objects.order_by("paid_on")
    rows = rows.filter(batch=event.batch_id) if event.batch_id else rows.filter(pk=event.payment_id)
    days = list(rows.values_list("paid_on", flat=True))
    if days:
        yield Touch(division=event.division, day=days[0], until=days[-1])


def touched_withdrawn(event: OutsidePaymentWithdrawn) -> Iterable[Touch]:
    row = OutsidePayment.objects.filter(pk=event.payment_id).first()
    if row is not None:
        yield Touch(division=event.division, day=row.paid_on)


def finding(row: ClaimRisk) -> str:
    return RiskState(row.state).label


register_metric(
    Metric(
        code="incentives.repeats_found",
        title="发现重复领取人次",
        unit="人次",
        formula="统计期内比对发现与其他补贴重复的申领人员，每份申领每人计一次",
        source="补贴申领与其他渠道补贴发放记录比对",
        rows=repeats,
        division="claim__call__division",
        day="found_at",
        direction=Direction.NEUTRAL,
        public=False,
        drill=Drill(
            columns={
                "申领单位": "claim.organisation.name",
                "编号": "claim.number",
                "情况": "detail",
                "核实": finding,
            },
            visible_to=risks_visible_to,
            url=lambda row: row.claim.get_absolute_url(),
            related=("claim__organisation",),
        ),
        stale_on={RepeatsFound: touched_claim},
    )
)
register_metric(
    Metric(
        code="incentives.outside_payments",
        title="登记的其他渠道补贴",
        unit="笔",
        formula="统计期内发放、已登记且没有撤销的其他渠道补贴",
        source="其他渠道补贴发放记录",
        rows=payments,
        day="paid_on",
        direction=Direction.NEUTRAL,
        public=False,
        drill=Drill(
            columns={
                "补贴类别": "kind", "发放单位": "authority", "金额（元）": "amount",
                "发放日": "paid_on",
            },
            visible_to=payments_visible_to,
            url=lambda row: row.get_absolute_url(),
        ),
        stale_on={
            OutsidePaymentsEntered: touched_entered,
            OutsidePaymentWithdrawn: touched_withdrawn,
        },
    )
)  # fmt: skip
