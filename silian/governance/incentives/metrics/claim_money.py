"""Measures of the money of claims: paid, recovered, advances not settled, days to payment."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, ExtractDay

from silian.casework.ledgers.choices import ReceiptKind
from silian.casework.ledgers.models.receivables import Receipt
from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    median,
    register_metric,
    total,
)
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.events.claims import ClaimPaymentMoved, RecoveryMoved
from silian.governance.incentives.models import ClaimPayment, RecoveryCase
from silian.governance.incentives.permissions.claims import (
    payments_visible_to,
    recoveries_visible_to,
)

SOURCE = "补贴拨付登记和资金台账"


def arrived(scope: Scope) -> QuerySet[ClaimPayment]:
    """Payments that reached the unit, by bank or by set-off."""
    rows = ClaimPayment.objects.filter(standing=PaymentStanding.PAID, paid_on__isnull=False)
    return rows.annotate(value=F("paid") + F("set_off"))


def of_scheme(scheme: ClaimScheme) -> Callable[[Scope], QuerySet[ClaimPayment]]:
    return lambda scope: arrived(scope).filter(claim__call__scheme=scheme)


def advances(scheme: ClaimScheme) -> Callable[[Scope], QuerySet[ClaimPayment]]:
    """Advances that arrived, of claims whose heads are not settled."""
    later = ClaimPayment.objects.filter(claim=OuterRef("claim"), kind=PaymentKind.BALANCE)
    return lambda scope: of_scheme(scheme)(scope).filter(
        ~Exists(later), kind=PaymentKind.ADVANCE, claim__recalculations__isnull=True
    )


def recovered(scope: Scope) -> QuerySet[RecoveryCase]:
    """Recoveries with what came back of each."""
    came = Receipt.objects.filter(receivable=OuterRef("receivable"))
    sums = came.exclude(kind=ReceiptKind.REVERSED).order_by().values("receivable")
    rows = RecoveryCase.objects.filter(decided_on__isnull=False)
    return rows.annotate(value=Subquery(sums.annotate(t=Sum("amount")).values("t"))).filter(
        value__gt=0
    )


def timed(scope: Scope) -> QuerySet[ClaimPayment]:
    """Days from the decision on the claim to the money."""
    taken = ExpressionWrapper(
        Cast("paid_on", DateTimeField()) - F("claim__decided_at"), output_field=DurationField()
    )
    rows = arrived(scope).filter(
        kind__in=(PaymentKind.FULL, PaymentKind.ADVANCE), claim__decided_at__isnull=False
    )
    return rows.annotate(days=ExtractDay(taken))


def touched(event: ClaimPaymentMoved) -> Iterable[Touch]:
    """The region of the call, on the day of the money."""
    row = ClaimPayment.objects.select_related("claim__call").filter(pk=event.claim_payment_id)
    for payment in row:
        if payment.paid_on is not None:
            yield Touch(division=payment.claim.division_id, day=payment.paid_on)


def came_back(event: RecoveryMoved) -> Iterable[Touch]:
    for case in RecoveryCase.objects.select_related("claim__call").filter(pk=event.recovery_id):
        if case.decided_on is not None:
            yield Touch(division=case.claim.division_id, day=case.decided_on)


PAYMENTS = Drill(
    columns={
        "单位": "claim__organisation__name",
        "申领": "claim__number",
        "类别": lambda row: row.get_kind_display(),
        "到账日": "paid_on",
        "金额（元）": "value",
    },
    visible_to=payments_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("claim__organisation",),
)
for scheme in ClaimScheme:
    for code, title, formula, rows in (
        ("paid", "已付", "统计期内到账和抵扣的拨付金额之和", of_scheme(scheme)),
        ("advances", "待结算预支", "统计期内到账、尚未按人结算的预支之和", advances(scheme)),
    ):
        if code == "advances" and scheme != ClaimScheme.APPRENTICESHIP:
            continue
        register_metric(
            Metric(
                code=f"incentives.{code}_{scheme.value}",
                title=f"{scheme.label}{title}",
                unit="元",
                formula=formula,
                source=SOURCE,
                rows=rows,
                division="claim__call__division",
                day="paid_on",
                reduce=total("value"),
                direction=Direction.NEUTRAL,
                public=False,
                drill=PAYMENTS,
                stale_on={ClaimPaymentMoved: touched},
            )
        )
register_metric(
    Metric(
        code="incentives.recovered",
        title="补贴追回收到的金额",
        unit="元",
        formula="统计期内作出的追回决定，已经退回和抵扣的金额之和",
        source=SOURCE,
        rows=recovered,
        division="claim__call__division",
        day="decided_on",
        reduce=total("value"),
        direction=Direction.NEUTRAL,
        public=False,
        drill=Drill(
            columns={"单位": "claim__organisation__name", "编号": "number", "金额（元）": "value"},
            visible_to=recoveries_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("claim__organisation",),
        ),
        stale_on={RecoveryMoved: came_back},
    )
)
register_metric(
    Metric(
        code="incentives.days_to_payment",
        title="补贴审定到到账用时",
        unit="日",
        formula="统计期内到账的一次拨付和预支，从审定到到账的天数的中位数",
        source=SOURCE,
        rows=timed,
        division="claim__call__division",
        day="paid_on",
        reduce=median("days"),
        direction=Direction.FALLING,
        public=False,
        drill=Drill(
            columns={
                "单位": "claim__organisation__name",
                "申领": "claim__number",
                "到账日": "paid_on",
                "天数": "days",
            },
            visible_to=payments_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("claim__organisation",),
        ),
        stale_on={ClaimPaymentMoved: touched},
    )
)
