"""Programmes of a school: what it teaches, where it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Major, Occupation
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import (
    STAGE_TONES,
    ConstructionCategory,
    ConstructionLevel,
    ConstructionStage,
    IntegrationForm,
    ProgrammeStage,
)


class Programme(models.Model):
    """One major that one school offers (专业点)."""

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes", verbose_name="学校"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    major = models.ForeignKey(
        Major, on_delete=models.PROTECT, related_name="+", verbose_name="专业"
    )
    name = models.CharField("专业名称", max_length=120)
    years = models.DecimalField("学制", max_digits=3, decimal_places=1)
    stage = models.CharField(
        "阶段", max_length=8, choices=ProgrammeStage.choices, default=ProgrammeStage.RUNNING
    )
    opened_on = models.DateField("开办日")
    closed_on = models.DateField("撤销日", null=True, blank=True)
    stage_reason = models.CharField("变更理由", max_length=300, blank=True)
    group = models.CharField("所属专业群", max_length=60, blank=True)
    industry_chain = models.CharField("服务的重点产业链", max_length=40, blank=True)
    integration_form = models.CharField(
        "产教融合形式", max_length=20, choices=IntegrationForm.choices, blank=True
    )
    joint_enterprise = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="共建企业",
    )
    is_cross_disciplinary = models.BooleanField("跨学科专业交叉培养", default=False)
    is_new_engineering = models.BooleanField("新工科专业", default=False)
    is_applied_undergraduate = models.BooleanField("应用型本科", default=False)
    is_in_joint_plan = models.BooleanField("列入协同育人推进计划", default=False)
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="+", verbose_name="面向职业"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "专业点"
        indexes = [models.Index(fields=["division", "stage"], name="programme_of_division")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "major"],
                condition=~Q(stage=ProgrammeStage.CLOSED),
                name="programme_of_a_school_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="programme_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=ProgrammeStage.values), name="programme_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=ProgrammeStage.CLOSED) | Q(closed_on__isnull=False),
                name="programme_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return STAGE_TONES[self.stage]


class Construction(models.Model):
    """A project that builds a programme up under a category (专业建设项目).

    Basis: 001 一（二）、003（五）: 立项、建设、验收.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="constructions", verbose_name="专业点"
    )
    category = models.CharField("建设类别", max_length=20, choices=ConstructionCategory.choices)
    level = models.CharField("级别", max_length=10, choices=ConstructionLevel.choices)
    stage = models.CharField(
        "建设阶段",
        max_length=10,
        choices=ConstructionStage.choices,
        default=ConstructionStage.APPROVED,
    )
    document_number = models.CharField("立项文号", max_length=60, blank=True)
    approved_on = models.DateField("立项日")
    due_on = models.DateField("应验收日", null=True, blank=True)
    accepted_on = models.DateField("验收通过日", null=True, blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "专业建设项目"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "category", "level"],
                condition=~Q(stage=ConstructionStage.ENDED),
                name="construction_of_a_category_once",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ConstructionStage.ACCEPTED) | Q(accepted_on__isnull=False),
                name="construction_accepted_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ConstructionStage.ENDED) | Q(ended_on__isnull=False),
                name="construction_ended_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}{self.get_category_display()}"

    @property
    def division_id(self) -> str:
        """Where an act on this project belongs in the audit trail."""
        return self.programme.division_id
