"""Files of the bank, row by row, against our payments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.ledgers.choices import (
    ROW_TONES,
    STATEMENT_TONES,
    RowState,
    StatementState,
)
from silian.casework.ledgers.models.funds import LedgerOffice, yuan_field
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receipt
from silian.registers.accounts.models import User


class BankStatement(models.Model):
    """A file of the bank's answers (银行对账单); the same file is taken once."""

    office = models.ForeignKey(LedgerOffice, on_delete=models.PROTECT, related_name="statements")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("校验值", max_length=64)
    state = models.CharField(
        "状态", max_length=10, choices=StatementState.choices, default=StatementState.OPEN
    )
    imported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="导入人", related_name="+"
    )
    imported_at = models.DateTimeField("导入时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "银行对账单"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sha256"],
                condition=~Q(state=StatementState.WITHDRAWN),
                name="bank_statement_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=StatementState.values), name="bank_statement_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ledgers:statement_detail", kwargs={"statement_id": self.pk})

    @property
    def tone(self) -> str:
        return STATEMENT_TONES[StatementState(self.state)]

    @property
    def division_id(self) -> str:
        return self.office.division_id


class BankRow(models.Model):
    """One row of the bank's file (对账流水): money that went out, or that came in."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("行号")
    paid_on = models.DateField("交易日")
    amount = yuan_field("金额")
    payee_name = models.CharField("户名", max_length=120)
    key = models.CharField("付款编号", max_length=80, blank=True)
    reference = models.CharField("银行流水号", max_length=60, blank=True)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    is_incoming = models.BooleanField("收款", default=False)
    memo = models.CharField("附言", max_length=120, blank=True)
    state = models.CharField(
        "核对结果", max_length=10, choices=RowState.choices, default=RowState.OPEN
    )
    payment = models.ForeignKey(
        FundPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_rows"
    )
    receipt = models.ForeignKey(
        Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_rows"
    )
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "对账流水"
        ordering = ["statement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="bank_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=RowState.values), name="bank_row_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RowState.BY_KEY, RowState.BY_NAME, RowState.BY_HAND))
                | Q(is_incoming=False, payment__isnull=False)
                | Q(is_incoming=True, receipt__isnull=False),
                name="bank_row_matched_to_money",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RowState.BY_HAND, RowState.EXPLAINED)) | ~Q(note=""),
                name="bank_row_settled_by_a_person_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 行 {self.payee_name}"

    @property
    def tone(self) -> str:
        return ROW_TONES[RowState(self.state)]
