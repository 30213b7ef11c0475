"""What has to come back, by which instalments, and what came."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.choices import RECEIVABLE_TONES, ReceiptKind, ReceivableState
from silian.casework.ledgers.models.funds import BudgetLine, yuan_field
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import FundPayment, Keyed
from silian.casework.ledgers.rules import refund_code


class Receivable(Keyed):
    """Money that a debtor owes to a line (应收款); what is left carries forward."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="receivables")
    debtor_type = models.CharField("欠款方类别", max_length=60)
    debtor_id = models.CharField("欠款方编号", max_length=40)
    debtor_name = models.CharField("欠款方", max_length=120)
    amount = yuan_field("金额")
    settled = yuan_field("已收回", default=0)
    reason = models.CharField("原因", max_length=300)
    basis = models.CharField("依据", max_length=200)
    opened_on = models.DateField("确认日")
    due_on = models.DateField("应还日")
    state = models.CharField(
        "状态", max_length=10, choices=ReceivableState.choices, default=ReceivableState.OPEN
    )

    class Meta:
        verbose_name = "应收款"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReceivableState.values), name="receivable_state_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, settled__gte=0, settled__lte=F("amount")),
                name="receivable_not_overpaid",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReceivableState.SETTLED) | Q(settled=F("amount")),
                name="receivable_settled_wholly",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(basis=""), name="receivable_has_basis"
            ),
        ]
        indexes = [models.Index(fields=["debtor_type", "debtor_id"], name="receivable_by_debtor")]

    def __str__(self) -> str:
        return f"{self.debtor_name}：{self.subject_label}"

    def get_absolute_url(self) -> str:
        return reverse("ledgers:receivable_detail", kwargs={"receivable_id": self.pk})

    @property
    def refund_code(self) -> str:
        """What the debtor writes into the transfer, so that the money is found (附言编号)."""
        return refund_code(self.pk)

    @property
    def outstanding(self) -> Decimal:
        """What still has to come back (未收回)."""
        return self.amount - self.settled

    @property
    def tone(self) -> str:
        return RECEIVABLE_TONES[ReceivableState(self.state)]

    @property
    def division_id(self) -> str:
        return self.line.division_id


class Instalment(models.Model):
    """One part of a plan, by a day (分期计划); receipts fill the plan from the front."""

    receivable = models.ForeignKey(Receivable, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField("期次")
    due_on = models.DateField("应还日")
    amount = yuan_field("金额")

    class Meta:
        verbose_name = "分期计划"
        ordering = ["receivable", "number"]
        constraints = [
            models.UniqueConstraint(fields=["receivable", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 期"


class Receipt(models.Model):
    """What came back, in cash or by set-off (收回记录)."""

    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField("方式", max_length=10, choices=ReceiptKind.choices)
    key = models.CharField("业务编号", max_length=80, unique=True)
    fingerprint = models.CharField("内容校验码", max_length=64)
    amount = yuan_field("金额")
    received_on = models.DateField("收回日")
    note = models.CharField("说明", max_length=200, blank=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="receipt")
    payment = models.OneToOneField(
        FundPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="receipt"
    )

    class Meta:
        verbose_name = "收回记录"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReceiptKind.values), name="receipt_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
            models.CheckConstraint(
                condition=~Q(kind=ReceiptKind.SET_OFF) | Q(payment__isnull=False),
                name="receipt_set_off_against_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
