"""Internship posts: where, what, when, for how much, and what they expose to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry, Occupation
from silian.operations.placements.choices.hosts import (
    Hazard,
    Intensity,
    PayMethod,
    PostState,
)
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

POST_TONES = {PostState.DRAFT: "open", PostState.OPEN: "ok", PostState.CLOSED: "unset"}


class InternshipPost(models.Model):
    """Places of one kind at one host for a period (实习岗位). Money in yuan a month.

    ``staff_in_post`` counts the employees of the same kind of post; ``major_classes`` are the
    two-digit 专业大类 that the post suits. The facts below decide the prohibitions, so a change
    of one checks everybody who works here again.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="internship_posts", verbose_name="单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="工作地区"
    )
    title = models.CharField("岗位", max_length=100)
    address = models.CharField("工作地点", max_length=200)
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="职业",
    )
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="行业",
    )
    major_classes = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name="适合的专业大类"
    )
    tasks = ArrayField(models.CharField(max_length=100), default=list, verbose_name="典型工作任务")
    headcount = models.PositiveSmallIntegerField("接收人数")
    staff_in_post = models.PositiveIntegerField("同类岗位在岗人数")
    starts_on = models.DateField("可安排起始日")
    ends_on = models.DateField("可安排终止日（不含）")
    daily_hours = models.DecimalField("每日工时", max_digits=4, decimal_places=1)
    weekly_days = models.PositiveSmallIntegerField("每周工作天数")
    shift_starts = models.TimeField("上班时间")
    shift_ends = models.TimeField("下班时间")
    works_holidays = models.BooleanField("法定节假日上班", default=False)
    has_overtime = models.BooleanField("安排加班", default=False)
    hazards = ArrayField(
        models.CharField(max_length=20, choices=Hazard.choices),
        default=list,
        blank=True,
        verbose_name="危害因素",
    )
    intensity = models.PositiveSmallIntegerField("体力劳动强度", choices=Intensity.choices)
    lift_kg = models.DecimalField("单次负重（公斤）", max_digits=5, decimal_places=1, default=0)
    lifts_per_hour = models.PositiveSmallIntegerField("每小时负重次数", default=0)
    is_close_to_minors = models.BooleanField("密切接触未成年人", default=False)
    offence_check = models.CharField("入职查询情况", max_length=200, blank=True)
    pay = models.DecimalField("实习报酬（元/月）", max_digits=9, decimal_places=2)
    post_wage = models.DecimalField("相同岗位工资（元/月）", max_digits=9, decimal_places=2)
    lowest_grade_wage = models.DecimalField(
        "最低档工资（元/月）", max_digits=9, decimal_places=2, null=True, blank=True
    )
    pay_day = models.PositiveSmallIntegerField("每月发放日")
    pay_method = models.CharField(
        "支付方式", max_length=12, choices=PayMethod.choices, default=PayMethod.BANK
    )
    fees = models.CharField("向学生收取的费用", max_length=200, blank=True)
    is_paid_by_school_head = models.BooleanField("按人数向学校支付费用", default=False)
    is_through_agency = models.BooleanField("通过中介或劳务派遣安排", default=False)
    board = models.CharField("食宿条件", max_length=200, blank=True)
    has_lodging = models.BooleanField("提供住宿", default=False)
    mentors_ratio = models.PositiveSmallIntegerField("每名导师带学生数", default=5)
    mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="企业导师",
    )
    filing_number = models.CharField("特殊安排备案号", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=PostState.choices, default=PostState.DRAFT
    )
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "实习岗位"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="internship_post_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(pay_day__gte=1, pay_day__lte=28), name="post_pay_day_in_every_month"
            ),
            models.CheckConstraint(
                condition=Q(daily_hours__gt=0, daily_hours__lte=24, weekly_days__lte=7),
                name="post_hours_possible",
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="post_has_places"),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="post_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("placements:post_detail", kwargs={"post_id": self.pk})

    @property
    def tone(self) -> str:
        return POST_TONES[PostState(self.state)]
