"""Plans of all kinds, and whether 产教融合 stands in them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import (
    NeedAnswer,
    PlanAnswerValue,
    PlanKind,
    PlanQuestion,
    PlanRecordState,
    PlanState,
)
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.clauses import Clause


class PlanRecord(models.Model):
    """A plan or major project that must go together with 产教融合 (规划登记).

    Basis: 同步规划产教融合与经济社会发展 (S75).
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="登记单位", related_name="+"
    )
    state = models.CharField(
        "登记状态", max_length=10, choices=PlanRecordState.choices, default=PlanRecordState.DRAFT
    )
    kind = models.CharField("类别", max_length=12, choices=PlanKind.choices)
    title = models.CharField("名称", max_length=120)
    starts_year = models.PositiveSmallIntegerField("规划期起")
    ends_year = models.PositiveSmallIntegerField("规划期止")
    lead = models.CharField("编制单位", max_length=80)
    lead_body = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    progress = models.CharField(
        "规划进度", max_length=10, choices=PlanState.choices, default=PlanState.COMPILING
    )
    check_by = models.DateField("核对期限")
    return_reason = models.CharField("退回理由", max_length=300, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("核对时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "规划登记"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlanRecordState.values), name="plan_record_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_year__gte=F("starts_year")), name="plan_record_period_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanRecordState.REVIEWED) | Q(reviewed_at__isnull=False),
                name="plan_record_reviewed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="plan_record_by_division")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:plan_record_detail", kwargs={"plan_id": self.pk})

    @property
    def period(self) -> str:
        return f"{self.starts_year}—{self.ends_year}年"

    def is_late(self, *, on: datetime.date, open_items: int) -> bool:
        """Whether the checklist is not answered although its day has passed."""
        return bool(open_items) and on > self.check_by


class PlanAnswer(models.Model):
    """What a plan says to one item of the checklist, with its proof (同步规划核对).

    A proof is a clause of the library, or the place in the plan, with a file where there is one.
    """

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField("核对项", max_length=12, choices=PlanQuestion.choices)
    value = models.CharField(
        "结论", max_length=10, choices=PlanAnswerValue.choices, default=PlanAnswerValue.UNSET
    )
    place = models.CharField("出处", max_length=120, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("核对时间", null=True, blank=True)

    class Meta:
        verbose_name = "同步规划核对"
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "question"], name="plan_answer_once"),
            models.CheckConstraint(
                condition=~Q(value=PlanAnswerValue.CONTAINED)
                | ~Q(place="")
                | Q(clause__isnull=False),
                name="plan_answer_contained_has_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()}：{self.get_value_display()}"

    @property
    def division_id(self) -> str:
        return self.plan.division_id


class PlanProject(models.Model):
    """A major project of a plan, and whether it needs land and skills (重大项目)."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="projects")
    name = models.CharField("项目", max_length=120)
    investment = models.DecimalField("投资额", max_digits=16, decimal_places=2)
    land = models.CharField(
        "用地需求", max_length=12, choices=NeedAnswer.choices, default=NeedAnswer.UNSET
    )
    skills = models.CharField(
        "技能人才需求", max_length=12, choices=NeedAnswer.choices, default=NeedAnswer.UNSET
    )
    skilled_people = models.PositiveIntegerField("需要技能人才", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "重大项目"
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="plan_project_once"),
            models.CheckConstraint(
                condition=Q(investment__gte=0), name="plan_project_investment_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name
