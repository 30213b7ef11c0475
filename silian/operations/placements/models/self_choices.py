"""Applications of students who found a host themselves."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.placements.choices.internships import (
    SelfChoiceState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import SchoolClass

TONES = {
    SelfChoiceState.APPROVED: "ok",
    SelfChoiceState.REFUSED: "late",
    SelfChoiceState.WITHDRAWN: "unset",
}


class SelfChoice(models.Model):
    """A student's application to practise at a host of their own finding (自主选择实习申请).

    Either an open ``post`` of the organisation, or the facts of one, from which approval makes
    the post. Basis: 教职成〔2021〕4号第九条、第十五条: guardian and school agree, the host names
    a mentor.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="self_choices", verbose_name="学生"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="+", verbose_name="班级"
    )
    plan = models.ForeignKey(
        InternshipPlan, on_delete=models.PROTECT, related_name="+", verbose_name="实习方案"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    post = models.ForeignKey(
        InternshipPost,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="岗位",
    )
    title = models.CharField("岗位名称", max_length=100)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="工作地区"
    )
    address = models.CharField("工作地点", max_length=200)
    tasks = ArrayField(models.CharField(max_length=100), default=list, verbose_name="典型工作任务")
    daily_hours = models.DecimalField("每日工时", max_digits=4, decimal_places=1)
    weekly_days = models.PositiveSmallIntegerField("每周工作天数")
    shift_starts = models.TimeField("上班时间")
    shift_ends = models.TimeField("下班时间")
    pay = models.DecimalField("实习报酬（元/月）", max_digits=9, decimal_places=2)
    post_wage = models.DecimalField("相同岗位工资（元/月）", max_digits=9, decimal_places=2)
    pay_day = models.PositiveSmallIntegerField("每月发放日", default=10)
    staff_in_post = models.PositiveIntegerField("同类岗位在岗人数", default=1)
    mentor_name = models.CharField("企业导师", max_length=60)
    lodging = models.CharField("住宿安排", max_length=200, blank=True)
    reason = models.CharField("选择理由", max_length=300)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    state = models.CharField(
        "状态",
        max_length=14,
        choices=SelfChoiceState.choices,
        default=SelfChoiceState.WITH_GUARDIAN,
    )
    due_at = models.DateTimeField("审核期限", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decision = models.CharField("审核意见", max_length=300, blank=True)
    internship = models.OneToOneField(
        Internship,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="self_choice",
        verbose_name="实习",
    )
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("申请时间", auto_now_add=True)

    class Meta:
        verbose_name = "自主选择实习申请"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="self_choice_period_ordered"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[SelfChoiceState.WITH_GUARDIAN, SelfChoiceState.SUBMITTED]),
                name="self_choice_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=SelfChoiceState.APPROVED) | Q(internship__isnull=False),
                name="self_choice_approved_is_placed",
            ),
            models.CheckConstraint(
                condition=~Q(state=SelfChoiceState.REFUSED) | ~Q(decision=""),
                name="self_choice_refused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="self_choice_by_school")]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("placements:self_choice", kwargs={"self_choice_id": self.pk})

    @property
    def last_day(self) -> datetime.date:
        """The last day of the wished period (最后一天)."""
        return self.ends_on - datetime.timedelta(days=1)

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(SelfChoiceState(self.state), "watch")
