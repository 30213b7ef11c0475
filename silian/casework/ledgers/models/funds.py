"""Who keeps the books, funds, budget lines with their accounts, and months."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.choices import (
    CREDIT_ACCOUNTS,
    AccountKind,
    FundKind,
    FundLevel,
    MonthState,
)
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


def yuan_field(label: str, **given: object) -> models.DecimalField:
    """An amount of yuan, exact to the 分."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, **given)  # type: ignore[arg-type]


class LedgerOffice(models.Model):
    """The department that keeps the books of a region (记账单位), usually the bureau of finance."""

    division = models.OneToOneField(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="记账单位", related_name="+"
    )
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("起始日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "记账单位"
        ordering = ["division"]

    def __str__(self) -> str:
        return f"{self.organisation.name}（{self.division.name}）"


class Fund(models.Model):
    """Public money of one source with an owner department (资金)."""

    office = models.ForeignKey(
        LedgerOffice, on_delete=models.PROTECT, verbose_name="记账单位", related_name="funds"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="主管部门", related_name="+"
    )
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=80)
    level = models.CharField("来源级次", max_length=10, choices=FundLevel.choices)
    kind = models.CharField("资金性质", max_length=20, choices=FundKind.choices)
    document = models.CharField("设立依据", max_length=200)
    opened_on = models.DateField("设立日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "资金"
        ordering = ["office", "code"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="fund_code_once"),
            models.CheckConstraint(
                condition=Q(level__in=FundLevel.values), name="fund_level_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=FundKind.values), name="fund_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ledgers:fund_detail", kwargs={"fund_id": self.pk})


class BudgetLine(models.Model):
    """What a fund may be spent on in one fiscal year (预算项目), by document and clause."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lines")
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    code = models.CharField("项目编号", max_length=20)
    name = models.CharField("项目名称", max_length=80)
    document = models.CharField("文件", max_length=200)
    clause = models.CharField("条款", max_length=80)
    carried_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="结转自",
        related_name="carried_to",
    )

    class Meta:
        verbose_name = "预算项目"
        ordering = ["-fiscal_year", "fund", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "fiscal_year", "code"], name="budget_line_code_once"
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(clause=""), name="budget_line_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True) | ~Q(carried_from=F("pk")),
                name="budget_line_carried_from_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.fiscal_year}）"

    def get_absolute_url(self) -> str:
        return reverse("ledgers:line_detail", kwargs={"line_id": self.pk})

    @property
    def division_id(self) -> str:
        """The region of the fund, for the audit trail."""
        return self.fund.division_id


class LedgerAccount(models.Model):
    """An account of a line (资金科目); only postings move its balance."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField("科目", max_length=12, choices=AccountKind.choices)
    balance = yuan_field("余额", default=0)

    class Meta:
        verbose_name = "资金科目"
        ordering = ["line", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["line", "kind"], name="ledger_account_once"),
            models.CheckConstraint(
                condition=Q(kind__in=AccountKind.values), name="ledger_account_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CREDIT_ACCOUNTS, balance__lte=0)
                | (~Q(kind__in=CREDIT_ACCOUNTS) & Q(balance__gte=0)),
                name="ledger_account_not_crossing_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}：{self.get_kind_display()}"


class AccountingMonth(models.Model):
    """A month of an office's books (记账月份); a month without a row is open."""

    office = models.ForeignKey(LedgerOffice, on_delete=models.PROTECT, related_name="months")
    month = models.DateField("月份")
    state = models.CharField(
        "状态", max_length=8, choices=MonthState.choices, default=MonthState.OPEN
    )
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="结账人", related_name="+"
    )
    closed_at = models.DateTimeField("结账时间", null=True, blank=True)
    reopened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="反结账人", related_name="+"
    )
    reopen_reason = models.CharField("反结账原因", max_length=300, blank=True)
    entries = models.PositiveIntegerField("凭证数", default=0)
    totals = models.JSONField("结账时余额", default=dict)

    class Meta:
        verbose_name = "记账月份"
        ordering = ["office", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["office", "month"], name="accounting_month_once"),
            models.CheckConstraint(
                condition=Q(state__in=MonthState.values), name="accounting_month_state_known"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="accounting_month_first_day"),
            models.CheckConstraint(
                condition=Q(state=MonthState.OPEN) | Q(closed_at__isnull=False),
                name="accounting_month_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(reopened_by__isnull=True) | ~Q(reopen_reason=""),
                name="accounting_month_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month.year}年{self.month.month}月"

    @property
    def first_day(self) -> datetime.date:
        return self.month
