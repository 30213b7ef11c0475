"""What a firm that refused still owes, and what the collecting office did about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.operations.learning.choices import COLLECTION_TONES, CollectionState
from silian.operations.learning.models.returns import FundReturn
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class CollectionNotice(models.Model):
    """What a firm that refused still owes, told to the government that collects it (移送收取).

    The platform computes, records and tells; it collects nothing. ``amount`` and ``clause`` stay
    as the rule gave them on the day. Basis: 《职业教育法》第六十四条、《就业促进法》第六十七条.
    """

    fund_return = models.OneToOneField(
        FundReturn, on_delete=models.PROTECT, related_name="collection"
    )
    collector = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="收取部门"
    )
    due = models.DecimalField("应提取", max_digits=16, decimal_places=2)
    paid = models.DecimalField("已提取", max_digits=16, decimal_places=2)
    amount = models.DecimalField("应收取", max_digits=16, decimal_places=2)
    rule = models.CharField("规则", max_length=20)
    clause = models.CharField("条款", max_length=300)
    text = models.TextField("移送说明", max_length=2000)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField("移送时间")
    state = models.CharField(
        "状态", max_length=9, choices=CollectionState.choices, default=CollectionState.TOLD
    )
    taken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="接收人", related_name="+"
    )
    taken_at = models.DateTimeField("接收时间", null=True, blank=True)
    receipt_number = models.CharField("凭证号", max_length=60, blank=True)
    received = models.DecimalField(
        "收取金额", max_digits=16, decimal_places=2, null=True, blank=True
    )
    received_on = models.DateField("收取日", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=500, blank=True)
    result = models.CharField("收取结果", max_length=500, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "移送收取"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="collection_positive"),
            models.CheckConstraint(
                condition=Q(amount=F("due") - F("paid")), name="collection_is_the_shortfall"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CollectionState.values), name="collection_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CollectionState.COLLECTED)
                | Q(received__gt=0, received_on__isnull=False)
                & ~Q(receipt_number="")
                & Q(closed_at__isnull=False)
                | ~Q(result="") & Q(closed_at__isnull=False),
                name="collection_closed_with_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state=CollectionState.RETURNED) | ~Q(return_reason=""),
                name="collection_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_return} 应收取 {self.amount:,} 元"

    @property
    def division_id(self) -> str:
        return self.fund_return.division_id

    def get_absolute_url(self) -> str:
        return reverse("learning:collection_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return COLLECTION_TONES[CollectionState(self.state)]
