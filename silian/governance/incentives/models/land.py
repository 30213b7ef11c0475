"""Land cases: the project, the land, how it may be supplied, and how far it has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.models.schools import SchoolProject
from silian.governance.incentives.choices.land import (
    ENDED_LAND,
    LAND_TONES,
    LandClass,
    LandInvestor,
    LandState,
    SupplyMode,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

PLANNED_STATES = (
    LandState.PLANNED,
    LandState.APPROVED,
    LandState.REFUSED,
    LandState.SUPPLIED,
    LandState.HANDED_OVER,
)


class LandCase(models.Model):
    """The land that a project needs (用地事项).

    ``checked`` is what the rule said when the plan of supply was made, with clause and version.
    """

    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="申请单位", related_name="+"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="用地地区", related_name="+"
    )
    title = models.CharField("项目名称", max_length=120)
    project = models.ForeignKey(
        IntegrationProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="工程项目",
        related_name="+",
    )
    school_project = models.ForeignKey(
        SchoolProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="学校建设项目",
        related_name="+",
    )
    site = models.CharField("用地位置", max_length=160)
    area = models.DecimalField(
        "用地面积（平方米）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    land_class = models.CharField("用地类别", max_length=20, choices=LandClass.choices)
    investor = models.CharField("投资方式", max_length=20, choices=LandInvestor.choices)
    is_school = models.BooleanField("用于建设职业院校或高等学校", default=False)
    in_catalogue = models.BooleanField("符合《划拨用地目录》", null=True, blank=True)
    catalogue_item = models.CharField("目录条目", max_length=120, blank=True)
    wanted = models.CharField("申请的供地方式", max_length=12, choices=SupplyMode.choices)
    mode = models.CharField("供地方式", max_length=12, choices=SupplyMode.choices, blank=True)
    checked = models.JSONField("资格核对", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=LandState.choices, default=LandState.REGISTERED
    )
    state_since = models.DateField("进入本步")
    due_on = models.DateField("本步期限", null=True, blank=True)
    due_basis = models.CharField("期限依据", max_length=120, blank=True)
    planned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    registered_on = models.DateField("登记日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "用地事项"
        ordering = ["-registered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LandState.values), name="land_case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(area__gt=0), name="land_case_area_positive"
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(school_project__isnull=True),
                name="land_case_one_project",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PLANNED_STATES)
                | (~Q(mode="") & Q(checked__isnull=False, planned_by__isnull=False)),
                name="land_case_planned_has_mode",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(due_basis=""),
                name="land_case_due_has_basis",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="land_case_by_place")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:land_case_detail", kwargs={"case_id": self.pk})

    @property
    def tone(self) -> str:
        return LAND_TONES[LandState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_LAND


class LandStep(models.Model):
    """One step that a land case took, with day, paper and the clock it kept (用地环节)."""

    case = models.ForeignKey(LandCase, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField("环节", max_length=12, choices=LandState.choices)
    on = models.DateField("办理日")
    days = models.PositiveIntegerField("上一步用时（天）", default=0)
    was_late = models.BooleanField("超过期限", default=False)
    document = models.CharField("文件", max_length=160, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="办理单位", related_name="+"
    )
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )

    class Meta:
        verbose_name = "用地环节"
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | ~Q(document=""),
                name="land_step_decision_has_document",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(note=""),
                name="land_step_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_state_display()}"

    @property
    def division_id(self) -> str:
        return self.case.division_id
