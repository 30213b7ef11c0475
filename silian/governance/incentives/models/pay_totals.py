"""The approval of a school's total of performance pay, with what stands outside the cap."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.income import TONES, PayTotalState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class PayTotal(models.Model):
    """What a school proposes for a year, labour passes, finance approves (绩效工资总量核定表).

    The figures of the statement are frozen when it is proposed.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    state = models.CharField(
        "状态", max_length=10, choices=PayTotalState.choices, default=PayTotalState.DRAFT
    )
    proposed = models.DecimalField("拟报绩效工资总量", max_digits=16, decimal_places=2)
    capped = models.DecimalField("受总量限制的收入", max_digits=16, decimal_places=2, default=0)
    free = models.DecimalField("不受限制、单列的收入", max_digits=16, decimal_places=2, default=0)
    in_total = models.DecimalField("其中计入当年总量", max_digits=16, decimal_places=2, default=0)
    in_base = models.DecimalField("纳入基数", max_digits=16, decimal_places=2, default=0)
    note = models.CharField("办理意见", max_length=300, blank=True)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("报送时间", null=True, blank=True)
    passed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on = models.DateField("核定日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "绩效工资总量核定表"
        ordering = ["-year", "school", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "version"], name="pay_total_version_once"
            ),
            models.UniqueConstraint(
                fields=["school", "year"],
                condition=Q(state__in=("draft", "proposed", "passed")),
                name="pay_total_one_in_hand",
            ),
            models.UniqueConstraint(
                fields=["school", "year"], condition=Q(state="approved"), name="pay_total_one_holds"
            ),
            models.CheckConstraint(condition=Q(proposed__gte=0), name="pay_total_not_negative"),
            models.CheckConstraint(
                condition=Q(state__in=PayTotalState.values), name="pay_total_state_known"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="pay_total_corrected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "replaced"))
                | (
                    Q(approved_on__isnull=False, passed_by__isnull=False)
                    & ~Q(approved_by=F("passed_by"))
                    & ~Q(approved_by=F("proposed_by"))
                ),
                name="pay_total_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school.display_name} {self.year} 年绩效工资总量（第 {self.version} 版）"

    def get_absolute_url(self) -> str:
        return reverse("incentives:pay_total", args=[self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(PayTotalState(self.state), "open")
