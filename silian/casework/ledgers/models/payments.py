"""Commitments, payments and the batches that go to the bank."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.choices import (
    BATCH_TONES,
    OWN_SUBJECTS,
    PAYMENT_TONES,
    BatchState,
    PaymentMethod,
    PaymentState,
)
from silian.casework.ledgers.models.funds import BudgetLine, LedgerOffice, yuan_field
from silian.casework.ledgers.rules import masked
from silian.foundation.kernel.encryption import decrypted
from silian.registers.accounts.models import User


class Keyed(models.Model):
    """A row that is made once for its key, for a subject of another module (幂等编号)."""

    key = models.CharField("业务编号", max_length=80, unique=True)
    fingerprint = models.CharField("内容校验码", max_length=64)
    subject_type = models.CharField("事项类别", max_length=60)
    subject_id = models.CharField("事项编号", max_length=40)
    subject_label = models.CharField("事项", max_length=120)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="登记人", related_name="+"
    )

    class Meta:
        abstract = True


class Commitment(Keyed):
    """Money of a line promised for a purpose (指标占用)."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="commitments")
    amount = yuan_field("金额")
    released = yuan_field("已释放", default=0)
    ordered = yuan_field("已安排支付", default=0)

    class Meta:
        verbose_name = "指标占用"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, released__gte=0, ordered__gte=0),
                name="commitment_amounts_positive",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=F("released") + F("ordered")),
                name="commitment_not_overdrawn",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="commitment_by_subject")
        ]

    def __str__(self) -> str:
        return self.subject_label

    def get_absolute_url(self) -> str:
        return reverse("ledgers:commitment_detail", kwargs={"commitment_id": self.pk})

    @property
    def remaining(self) -> Decimal:
        """What may still be paid or released (未用占用)."""
        return self.amount - self.released - self.ordered

    @property
    def division_id(self) -> str:
        return self.line.division_id


class PaymentBatch(models.Model):
    """Payments that go to the bank together (付款批次)."""

    office = models.ForeignKey(LedgerOffice, on_delete=models.PROTECT, related_name="batches")
    title = models.CharField("名称", max_length=80)
    state = models.CharField(
        "状态", max_length=10, choices=BatchState.choices, default=BatchState.DRAFT
    )
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="编制人", related_name="+"
    )
    drafted_at = models.DateTimeField("编制时间")
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="批准人", related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    sent_on = models.DateField("送银行日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "付款批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="payment_batch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(approved_by=F("drafted_by")),
                name="payment_batch_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BatchState.APPROVED, BatchState.SENT, BatchState.DONE))
                | Q(approved_at__isnull=False),
                name="payment_batch_out_only_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BatchState.SENT, BatchState.DONE))
                | Q(sent_on__isnull=False),
                name="payment_batch_sent_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ledgers:batch_detail", kwargs={"batch_id": self.pk})

    @property
    def tone(self) -> str:
        return BATCH_TONES[BatchState(self.state)]

    @property
    def division_id(self) -> str:
        return self.office.division_id


class FundPayment(Keyed):
    """Money to one payee out of one commitment (资金支付)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="payments")
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, verbose_name="预算项目", related_name="payments"
    )
    batch = models.ForeignKey(
        PaymentBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    method = models.CharField(
        "方式", max_length=8, choices=PaymentMethod.choices, default=PaymentMethod.BANK
    )
    amount = yuan_field("金额")
    payee_name = models.CharField("收款户名", max_length=120)
    bank_name = models.CharField("开户行", max_length=120, blank=True)
    account_cipher = models.TextField("收款账号（密文）", blank=True)
    account_tail = models.CharField("账号末四位", max_length=4, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PaymentState.choices, default=PaymentState.READY
    )
    bank_reference = models.CharField("银行流水号", max_length=60, blank=True)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    confirmed_on = models.DateField("支付日", null=True, blank=True)
    retry_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="重付自",
        related_name="retried",
    )

    class Meta:
        verbose_name = "资金支付"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PaymentState.values), name="fund_payment_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_payment_positive"),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.CONFIRMED) | Q(confirmed_on__isnull=False),
                name="fund_payment_confirmed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.FAILED) | ~Q(failure=""),
                name="fund_payment_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PaymentState.BATCHED, PaymentState.SENT))
                | Q(batch__isnull=False),
                name="fund_payment_travels_in_a_batch",
            ),
        ]
        indexes = [models.Index(fields=["state", "batch"], name="fund_payment_by_state")]

    def __str__(self) -> str:
        return f"{self.payee_name} {self.subject_label}"

    @property
    def summary(self) -> str:
        """Whom and for what, as the books say it (摘要)."""
        if self.payee_name in self.subject_label:
            return self.subject_label
        return f"{self.payee_name} {self.subject_label}"

    @property
    def is_by_hand(self) -> bool:
        """Whether it was ordered here, not by a module above that follows it."""
        return self.subject_type.startswith(OWN_SUBJECTS)

    @property
    def account_masked(self) -> str:
        return masked(self.account_tail)

    @property
    def account_number(self) -> str:
        """The whole account, for the bank file only."""
        return decrypted(self.account_cipher)

    @property
    def tone(self) -> str:
        return PAYMENT_TONES[PaymentState(self.state)]

    @property
    def division_id(self) -> str:
        return self.line.division_id
