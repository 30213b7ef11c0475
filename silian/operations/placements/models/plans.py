"""Internship plans that school and host sign together."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.models.hosts import Host
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Cohort

PLAN_TONES = {
    PlanState.DRAFT: "open",
    PlanState.SENT: "watch",
    PlanState.APPROVED: "ok",
    PlanState.WITHDRAWN: "unset",
}
ANSWER_TONES = {
    AnswerState.WAITING: "watch",
    AnswerState.CONFIRMED: "ok",
    AnswerState.REFUSED: "late",
}


class InternshipPlan(models.Model):
    """What a cohort is to learn in practice, when, and how it is assessed (实习方案).

    Basis: 教职成〔2021〕4号第八条: goals, tasks, standards and assessment, made by both sides
    before the start. Weights in percent.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="internship_plans", verbose_name="学校"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="internship_plans", verbose_name="年级"
    )
    kind = models.CharField("实习形式", max_length=12, choices=InternshipKind.choices)
    title = models.CharField("名称", max_length=120)
    goals = models.TextField("实习目标")
    tasks = ArrayField(models.CharField(max_length=100), default=list, verbose_name="典型工作任务")
    standards = models.TextField("实习标准")
    assessment = models.TextField("考核办法")
    school_weight = models.PositiveSmallIntegerField("学校评分权重", default=50)
    attendance_weight = models.PositiveSmallIntegerField("出勤在考核中的权重", default=20)
    credits = models.DecimalField("学分", max_digits=4, decimal_places=1)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    length_reason = models.CharField("时长说明", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT
    )
    approved_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="学校签署人",
    )
    approved_at = models.DateTimeField("学校签署时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "实习方案"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="plan_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(school_weight__lte=100, attendance_weight__lte=100),
                name="plan_weights_are_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("placements:plan_detail", kwargs={"plan_id": self.pk})

    @property
    def tone(self) -> str:
        return PLAN_TONES[PlanState(self.state)]


class HostAnswer(models.Model):
    """Whether one host agrees to a plan (实习单位确认)."""

    plan = models.ForeignKey(InternshipPlan, on_delete=models.CASCADE, related_name="answers")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="plan_answers")
    state = models.CharField(
        "状态", max_length=10, choices=AnswerState.choices, default=AnswerState.WAITING
    )
    reason = models.CharField("意见", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "实习单位确认"
        constraints = [
            models.UniqueConstraint(fields=["plan", "host"], name="host_answered_a_plan_once"),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.REFUSED) | ~Q(reason=""),
                name="plan_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.get_state_display()}"

    @property
    def tone(self) -> str:
        return ANSWER_TONES[AnswerState(self.state)]
