"""Measures of the money of rewards, summed from the payments of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.permissions import payments_visible_to
from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import Drill, Metric, Scope, Touch, register_metric, total
from silian.governance.incentives.queries.reward_sums import REWARD


def paid_rewards(scope: Scope) -> QuerySet[FundPayment]:
    """What the bank confirmed of rewards; money that was sent back does not count."""
    return FundPayment.objects.filter(
        commitment__subject_type=REWARD, state=PaymentState.CONFIRMED, confirmed_on__isnull=False
    )


def touched(event: Any) -> Iterable[Touch]:
    """The region of the fund, on the day of the money."""
    if event.subject_type != REWARD:
        return
    for row in FundPayment.objects.select_related("line__fund").filter(pk=event.payment_id):
        if row.confirmed_on is not None:
            yield Touch(division=row.line.fund.division_id, day=row.confirmed_on)


register_metric(
    Metric(
        code="incentives.reward_money_paid",
        title="奖励已付金额",
        unit="元",
        formula="统计期内银行确认到账的奖励资金之和，退汇的不计",
        source="资金台账",
        rows=paid_rewards,
        division="line__fund__division",
        day="confirmed_on",
        reduce=total("amount"),
        direction=Direction.NEUTRAL,
        public=False,
        drill=Drill(
            columns={
                "单位": "payee_name",
                "事项": "subject_label",
                "到账日": "confirmed_on",
                "金额（元）": "amount",
            },
            visible_to=payments_visible_to,
            url=lambda row: row.commitment.get_absolute_url(),
            related=("commitment",),
        ),
        stale_on={PaymentConfirmed: touched, PaymentFailed: touched},
    )
)
