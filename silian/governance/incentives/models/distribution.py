"""A school's own plan of distribution, its notice inside the school and what was objected."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.governance.incentives.choices.income import TONES, PlanState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class DistributionPlan(models.Model):
    """How a school shares such income, in versions (分配方案).

    Basis: 001 8、004 四（三）: schools set distribution themselves.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    version = models.PositiveSmallIntegerField("版本")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("方案", max_length=8000)
    state = models.CharField(
        "状态", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT
    )
    notice_starts_on = models.DateField("公示起", null=True, blank=True)
    notice_ends_on = models.DateField("公示止", null=True, blank=True)
    notice_basis = models.CharField("公示天数依据", max_length=160, blank=True)
    in_force_on = models.DateField("施行日", null=True, blank=True)
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "分配方案"
        ordering = ["school", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["school", "version"], name="distribution_plan_once"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(state="in_force"), name="distribution_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlanState.values), name="distribution_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(notice_starts_on__isnull=False, notice_ends_on__gte=F("notice_starts_on")),
                name="distribution_noticed_for_days",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("in_force", "replaced")) | Q(in_force_on__isnull=False),
                name="distribution_in_force_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"

    def get_absolute_url(self) -> str:
        return reverse("incentives:distribution_plan", args=[self.pk])

    @property
    def division_id(self) -> str:
        return self.school.division_id

    @property
    def tone(self) -> str:
        return TONES.get(PlanState(self.state), "open")


class PlanObjection(models.Model):
    """What a member of the school says against a plan, and the school's answer (方案意见)."""

    plan = models.ForeignKey(DistributionPlan, on_delete=models.PROTECT, related_name="objections")
    raised_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    text = models.TextField("意见", max_length=2000)
    raised_at = models.DateTimeField("提出时间")
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "方案意见"
        ordering = ["plan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="plan_objection_answered_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def division_id(self) -> str:
        return self.plan.division_id
