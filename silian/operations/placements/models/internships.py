"""Internships: one student at one host for a period."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.placements.choices.internships import (
    HELD_STATES,
    PRESENT_STATES,
    Arrangement,
    InternshipKind,
    InternshipSide,
    InternshipState,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import SchoolClass

TONES = {
    InternshipState.IN_POST: "ok",
    InternshipState.ASSESSED: "ok",
    InternshipState.PREPARING: "watch",
    InternshipState.INTERRUPTED: "watch",
    InternshipState.ENDED_EARLY: "info",
    InternshipState.FINISHED: "info",
    InternshipState.CANCELLED: "unset",
}


class InternshipQuerySet(models.QuerySet["Internship"]):
    def in_post(self, *, on: datetime.date) -> InternshipQuerySet:
        """Internships whose student works at the host on the day."""
        return self.filter(state__in=sorted(PRESENT_STATES), starts_on__lte=on, ends_on__gt=on)


class Internship(models.Model):
    """One student's practice at one host for ``[starts_on, ends_on)`` (学生实习).

    ``post`` is the present post; earlier ones stand in ``PostPeriod``. No two internships of one
    student share a day. Whether a student may work at a post is checked by commands and, for age,
    sex and hazards, once more by a trigger.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sent_internships", verbose_name="学校"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="internships", verbose_name="学生"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="internships", verbose_name="班级"
    )
    plan = models.ForeignKey(
        InternshipPlan,
        on_delete=models.PROTECT,
        related_name="internships",
        verbose_name="实习方案",
    )
    host = models.ForeignKey(
        Host, on_delete=models.PROTECT, related_name="internships", verbose_name="实习单位"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="hosted_internships",
        verbose_name="单位",
    )
    post = models.ForeignKey(
        InternshipPost, on_delete=models.PROTECT, related_name="internships", verbose_name="岗位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="工作地区"
    )
    kind = models.CharField("实习形式", max_length=12, choices=InternshipKind.choices)
    arrangement = models.CharField(
        "选择方式", max_length=8, choices=Arrangement.choices, default=Arrangement.SCHOOL
    )
    state = models.CharField(
        "状态", max_length=12, choices=InternshipState.choices, default=InternshipState.PLANNED
    )
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    pay = models.DecimalField("实习报酬（元/月）", max_digits=9, decimal_places=2)
    teacher = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="指导教师",
    )
    mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="企业导师",
    )
    mismatch_reason = models.CharField("跨专业大类的理由", max_length=300, blank=True)
    filing_number = models.CharField("跨省实习备案号", max_length=60, blank=True)
    lodging = models.CharField("住宿地址", max_length=200, blank=True)
    started_on = models.DateField("到岗日", null=True, blank=True)
    ended_on = models.DateField("离岗日", null=True, blank=True)
    end_reason = models.CharField("结束或取消原因", max_length=300, blank=True)
    ended_by = models.CharField("提出方", max_length=8, choices=InternshipSide.choices, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("安排时间", auto_now_add=True)

    objects = InternshipQuerySet.as_manager()

    class Meta:
        verbose_name = "学生实习"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="internship_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state__in=InternshipState.values), name="internship_state_known"
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(started_on__gte=F("starts_on")),
                name="internship_not_begun_early",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[InternshipState.CANCELLED, InternshipState.ENDED_EARLY])
                | ~Q(end_reason=""),
                name="internship_ended_with_reason",
            ),
            ExclusionConstraint(
                name="internship_of_a_student_alone",
                expressions=[
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=sorted(HELD_STATES)),
                violation_error_message="该生在这段时间已有其他实习安排。",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state"], name="internship_by_school"),
            models.Index(fields=["organisation", "state"], name="internship_by_host"),
            models.Index(fields=["plan", "state"], name="internship_by_plan"),
            models.Index(fields=["post", "state"], name="internship_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"

    def get_absolute_url(self) -> str:
        return reverse("placements:internship", kwargs={"internship_id": self.pk})

    @property
    def last_day(self) -> datetime.date:
        """The last day by the term (最后一天)."""
        return self.ends_on - datetime.timedelta(days=1)

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(InternshipState(self.state), "open")


class PostPeriod(models.Model):
    """The days that an internship spent at one post (岗位经历)."""

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="post_periods"
    )
    post = models.ForeignKey(InternshipPost, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）", null=True, blank=True)
    reason = models.CharField("换岗原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "岗位经历"
        ordering = ["internship", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(ends_on__isnull=True),
                name="post_period_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.starts_on}"


class Interruption(models.Model):
    """Days of an internship on which the student does not work (实习中断)."""

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="interruptions"
    )
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("恢复日", null=True, blank=True)
    reason = models.CharField("原因", max_length=300)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "实习中断"
        ordering = ["internship", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(ends_on__isnull=True),
                name="interruption_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="interruption_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.reason}"


class AcceptedWarning(models.Model):
    """A warning of the rules that somebody set aside with a reason (保留理由的提示)."""

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="accepted_warnings"
    )
    code = models.CharField("规则", max_length=12)
    sentence = models.CharField("提示", max_length=300)
    article = models.CharField("条款", max_length=120, blank=True)
    reason = models.CharField("理由", max_length=300)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("保留时间", auto_now_add=True)

    class Meta:
        verbose_name = "保留理由的提示"
        ordering = ["internship", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="warning_accepted_with_reason")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.reason}"
