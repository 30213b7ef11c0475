"""Money that a fund put in, and the social money that came with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.governance.incentives.choices.finance import Investor
from silian.governance.incentives.models.funds import FundPitch
from silian.registers.accounts.models import User


class InvestmentRecordQuerySet(models.QuerySet["InvestmentRecord"]):
    def valid(self) -> InvestmentRecordQuerySet:
        """Records that were not corrected away."""
        return self.filter(voided_at__isnull=True)


class InvestmentRecord(models.Model):
    """One payment of a round, by the fund or by social capital (投资记录).

    A mistake is struck out with a reason and followed by the right record; nothing is deleted.
    """

    pitch = models.ForeignKey(FundPitch, on_delete=models.PROTECT, related_name="investments")
    investor = models.CharField("出资方", max_length=8, choices=Investor.choices)
    investor_name = models.CharField("出资单位", max_length=120)
    amount = models.DecimalField("金额", max_digits=15, decimal_places=2)
    on = models.DateField("出资日")
    round = models.CharField("轮次", max_length=20)
    reference = models.CharField("协议或凭证号", max_length=80)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    voided_at = models.DateTimeField("更正时间", null=True, blank=True)
    void_reason = models.CharField("更正原因", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = InvestmentRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "投资记录"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="investment_positive"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="investment_corrected_has_reason",
            ),
            models.UniqueConstraint(
                fields=["pitch", "reference", "investor_name"],
                condition=Q(voided_at__isnull=True),
                name="investment_reference_once",
            ),
        ]
        indexes = [models.Index(fields=["on", "investor"], name="investment_by_day")]

    def __str__(self) -> str:
        return f"{self.investor_name} {self.amount}"
