"""School building and upgrade projects: conditions, milestones, what blocks them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.accreditation.choices.schools import (
    CONDITION_TONES,
    SCHOOL_TONES,
    Comparison,
    ConditionState,
    SchoolProjectKind,
    SchoolProjectState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class SchoolProject(models.Model):
    """A named school that is built or raised to a higher kind (学校建设与升格项目)."""

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="学校", related_name="+"
    )
    kind = models.CharField("类别", max_length=20, choices=SchoolProjectKind.choices)
    title = models.CharField("项目名称", max_length=120)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    keeper = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="责任单位", related_name="+"
    )
    basis = models.CharField("依据文件", max_length=200)
    starts_on = models.DateField("启动日")
    target_on = models.DateField("目标日")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=SchoolProjectState.choices,
        default=SchoolProjectState.ACTIVE,
    )
    achieved_on = models.DateField("建成日", null=True, blank=True)
    document = models.CharField("批复或认定文件", max_length=160, blank=True)
    stop_reason = models.CharField("终止理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "学校建设与升格项目"
        ordering = ["target_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SchoolProjectState.values), name="school_project_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=SchoolProjectState.ACHIEVED)
                | (Q(achieved_on__isnull=False) & ~Q(document="")),
                name="school_project_achieved_has_document",
            ),
            models.CheckConstraint(
                condition=~Q(state=SchoolProjectState.STOPPED) | ~Q(stop_reason=""),
                name="school_project_stopped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("accreditation:school_detail", kwargs={"project_id": self.pk})

    @property
    def tone(self) -> str:
        return SCHOOL_TONES[SchoolProjectState(self.state)]


class SchoolCondition(models.Model):
    """One condition of a school project (建设条件).

    The standard is frozen with its source when the project is set up; an empty one reads 未设定.
    The figure is frozen when an official checks it.
    """

    project = models.ForeignKey(SchoolProject, on_delete=models.CASCADE, related_name="conditions")
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("条件", max_length=120)
    comparison = models.CharField("比较方式", max_length=10, choices=Comparison.choices)
    standard = models.DecimalField("标准", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    source = models.CharField("标准依据", max_length=200, blank=True)
    metric_code = models.CharField("平台指标", max_length=80, blank=True)
    state = models.CharField(
        "核对", max_length=8, choices=ConditionState.choices, default=ConditionState.OPEN
    )
    value = models.DecimalField("数值", max_digits=16, decimal_places=4, null=True, blank=True)
    value_source = models.CharField("数值来源", max_length=200, blank=True)
    evidence = models.CharField("证明材料", max_length=200, blank=True)
    checked_on = models.DateField("核对日", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "建设条件"
        ordering = ["project", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ConditionState.OPEN) | Q(checked_on__isnull=False),
                name="school_condition_checked_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(standard__isnull=True) | ~Q(source=""),
                name="school_condition_standard_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.project.division_id

    @property
    def tone(self) -> str:
        return CONDITION_TONES[ConditionState(self.state)]


class SchoolMilestone(models.Model):
    """Something a school project reaches by a day (建设节点)."""

    project = models.ForeignKey(SchoolProject, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("节点", max_length=80)
    planned_on = models.DateField("计划日")
    done_on = models.DateField("完成日", null=True, blank=True)
    evidence = models.CharField("完成凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = "建设节点"
        ordering = ["planned_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.project.division_id


class SchoolBlock(models.Model):
    """What keeps a school project from going on, and who must remove it (卡点)."""

    project = models.ForeignKey(SchoolProject, on_delete=models.CASCADE, related_name="blocks")
    text = models.CharField("卡点", max_length=200)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="解决单位", related_name="+"
    )
    since = models.DateField("出现日")
    solved_on = models.DateField("解决日", null=True, blank=True)
    solution = models.CharField("解决情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "建设卡点"
        ordering = ["solved_on", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True) | ~Q(solution=""),
                name="school_block_solved_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def division_id(self) -> str:
        return self.project.division_id

    def days_blocked(self, *, today: datetime.date) -> int:
        """Days from its start to its solution, or to today (已卡天数)."""
        return max(0, ((self.solved_on or today) - self.since).days)
