"""Talent-training plans by version: who wrote them, what is taught, by which standard."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import (
    CONSENT_TONES,
    PLAN_TONES,
    ConsentState,
    CourseKind,
    PlanState,
    TeachingMode,
)
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.models.standards import StandardVersion


class TrainingPlan(models.Model):
    """One version of a programme's talent-training plan (人才培养方案).

    It holds for the cohorts that begin in ``cohort_from`` … ``cohort_until``, both included.
    Outside a draft a trigger keeps the plan and its courses as they are.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="plans", verbose_name="专业点"
    )
    version = models.PositiveSmallIntegerField("版本号")
    cohort_from = models.PositiveSmallIntegerField("适用年级起")
    cohort_until = models.PositiveSmallIntegerField("适用年级止", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT
    )
    goal = models.TextField("培养目标", max_length=3000, blank=True)
    content_renewal = models.CharField("教学内容智能化改造", max_length=500, blank=True)
    standards = models.ManyToManyField(
        StandardVersion, blank=True, related_name="plans", verbose_name="引用标准"
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("审定时间", null=True, blank=True)
    return_reason = models.CharField("退回理由", max_length=300, blank=True)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "人才培养方案"
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.SUBMITTED]),
                name="plan_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(cohort_until__isnull=True) | Q(cohort_until__gte=F("cohort_from")),
                name="plan_cohorts_ordered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PlanState.DRAFT, PlanState.SUBMITTED])
                | Q(approved_at__isnull=False),
                name="plan_approved_has_moment",
            ),
            ExclusionConstraint(
                name="plan_one_for_a_cohort",
                expressions=[
                    (
                        Func(F("programme"), F("programme"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("cohort_from"), F("cohort_until"), Value("[]"), function="int4range"
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state=PlanState.APPROVED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}人才培养方案第 {self.version} 版"

    def get_absolute_url(self) -> str:
        return reverse("programmes:plan_detail", args=[self.pk])

    @property
    def division_id(self) -> str:
        return self.programme.division_id

    @property
    def tone(self) -> str:
        return PLAN_TONES[self.state]

    @property
    def label(self) -> str:
        """The version alone, where the programme is named beside it."""
        return f"第 {self.version} 版方案"

    @property
    def cohorts(self) -> str:
        """The cohorts it holds for, in words (适用年级)."""
        if self.cohort_until is None:
            return f"{self.cohort_from} 级起"
        if self.cohort_until == self.cohort_from:
            return f"{self.cohort_from} 级"
        return f"{self.cohort_from}—{self.cohort_until} 级"


class PlanAuthor(models.Model):
    """An enterprise that writes a plan together with the school (方案共同编制企业)."""

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="authors")
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="企业"
    )
    state = models.CharField(
        "企业意见", max_length=8, choices=ConsentState.choices, default=ConsentState.ASKED
    )
    opinion = models.CharField("意见", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("时间", null=True, blank=True)

    class Meta:
        verbose_name = "方案共同编制企业"
        constraints = [
            models.UniqueConstraint(fields=["plan", "enterprise"], name="plan_author_once"),
            models.CheckConstraint(
                condition=Q(state=ConsentState.ASKED) | Q(decided_at__isnull=False),
                name="plan_author_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)

    @property
    def tone(self) -> str:
        return CONSENT_TONES[self.state]

    @property
    def division_id(self) -> str:
        return self.plan.division_id


class PlanCourse(models.Model):
    """One line of the course table of a plan (课程)."""

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="courses")
    code = models.CharField("课程代码", max_length=20)
    name = models.CharField("课程名称", max_length=80)
    kind = models.CharField("课程类别", max_length=12, choices=CourseKind.choices)
    term = models.PositiveSmallIntegerField("开设学期")
    theory_hours = models.PositiveSmallIntegerField("理论学时", default=0)
    practice_hours = models.PositiveSmallIntegerField("实践学时", default=0)
    internship_weeks = models.PositiveSmallIntegerField("实习周数", default=0)
    credits = models.DecimalField("学分", max_digits=4, decimal_places=1, null=True, blank=True)
    modes = ArrayField(
        models.CharField(max_length=12, choices=TeachingMode.choices),
        default=list,
        blank=True,
        verbose_name="教学方式",
    )
    standard = models.ForeignKey(
        StandardVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对接标准",
    )
    enterprise = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="共建企业",
    )

    class Meta:
        verbose_name = "课程"
        ordering = ["term", "code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plan_course_once"),
            models.CheckConstraint(
                condition=Q(kind__in=CourseKind.values), name="plan_course_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(theory_hours__gt=0)
                | Q(practice_hours__gt=0)
                | Q(internship_weeks__gt=0),
                name="plan_course_has_hours",
            ),
            models.CheckConstraint(
                condition=Q(internship_weeks=0) | Q(kind=CourseKind.INTERNSHIP),
                name="plan_course_weeks_of_internship",
            ),
            models.CheckConstraint(
                condition=Q(term__gte=1, term__lte=12), name="plan_course_term_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> int:
        return self.theory_hours + self.practice_hours

    @property
    def mode_labels(self) -> str:
        return "、".join(TeachingMode(mode).label for mode in self.modes)
