"""Funding of projects: the plan by source, and every allotment and payment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.governance.accreditation.choices.projects import (
    FundEntryKind,
    FundSource,
    RewardKind,
)
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.registers.accounts.models import User


class FundPlan(models.Model):
    """How much of a project's total one source is to bring (资金筹措计划)."""

    project = models.ForeignKey(
        IntegrationProject, on_delete=models.CASCADE, related_name="fund_plans"
    )
    source = models.CharField("来源", max_length=18, choices=FundSource.choices)
    amount = models.DecimalField("计划金额", max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = "资金筹措计划"
        constraints = [
            models.UniqueConstraint(fields=["project", "source"], name="fund_plan_one_a_source"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_plan_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.amount}"


class FundEntryQuerySet(models.QuerySet["FundEntry"]):
    def valid(self) -> FundEntryQuerySet:
        """Movements that nobody struck out."""
        return self.filter(voided_at__isnull=True)


class FundEntry(models.Model):
    """An allotment or a payment, with its document and day (资金下达与拨付).

    A reward names its way and its reason: 以奖代补 and 动态奖励 are records of this table, so that
    no yuan is counted twice. A mistake is struck out with a reason and stays readable.
    """

    project = models.ForeignKey(IntegrationProject, on_delete=models.CASCADE, related_name="funds")
    source = models.CharField("来源", max_length=18, choices=FundSource.choices)
    kind = models.CharField("类别", max_length=8, choices=FundEntryKind.choices)
    amount = models.DecimalField("金额", max_digits=15, decimal_places=2)
    document = models.CharField("文件或凭证", max_length=120)
    on = models.DateField("日期")
    reward = models.CharField("奖补方式", max_length=8, choices=RewardKind.choices, blank=True)
    reward_reason = models.CharField("奖补事由", max_length=200, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "项目资金记录"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_entry_positive"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="fund_entry_voided_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(reward="") | ~Q(reward_reason=""), name="fund_entry_reward_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["source", "kind", "on"], name="fund_entry_by_source")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}{self.get_kind_display()} {self.amount}"

    @property
    def division_id(self) -> str:
        return self.project.division_id
