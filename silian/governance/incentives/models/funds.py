"""Funds that turn results and projects into industry, and what is handed to them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import (
    TONES,
    FundKind,
    FundStage,
    FundState,
    PitchKind,
    PitchState,
)
from silian.registers.organisations.models import Organisation


class IndustryFund(models.Model):
    """A fund for projects and results (产业化基金).

    Basis: 003·(十), 004·三(五), 004·六(四), 002·五(一). ``government_part`` of ``size`` is public
    money; empty reads 未设定.
    """

    manager = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="管理机构"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="投资地区"
    )
    kind = models.CharField("基金类别", max_length=12, choices=FundKind.choices)
    name = models.CharField("基金名称", max_length=80)
    filing_number = models.CharField("备案编码", max_length=40, blank=True)
    size = models.DecimalField("基金规模", max_digits=15, decimal_places=2)
    government_part = models.DecimalField(
        "政府出资", max_digits=15, decimal_places=2, null=True, blank=True
    )
    focus = models.CharField("投资方向", max_length=300)
    stages = ArrayField(
        models.CharField(max_length=8, choices=FundStage.choices),
        default=list,
        verbose_name="投资阶段",
    )
    contact = models.CharField("联系方式", max_length=80, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=FundState.choices, default=FundState.DRAFT
    )
    opened_on = models.DateField("公布日", null=True, blank=True)
    close_reason = models.CharField("停止投资原因", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "产业化基金"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FundState.values), name="industry_fund_state_known"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="industry_fund_size_positive"),
            models.CheckConstraint(
                condition=Q(government_part__isnull=True)
                | Q(government_part__gte=0, government_part__lte=F("size")),
                name="industry_fund_public_part_of_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=FundState.OPEN) | Q(opened_on__isnull=False),
                name="industry_fund_open_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=FundState.CLOSED) | ~Q(close_reason=""),
                name="industry_fund_closed_has_reason",
            ),
            models.UniqueConstraint(fields=["manager", "name"], name="industry_fund_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentives:fund", kwargs={"fund_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state != FundState.OPEN else "ok"

    @property
    def stage_words(self) -> str:
        return "、".join(FundStage(stage).label for stage in self.stages) or "未设定"


class FundPitch(models.Model):
    """A project or result that its owner hands to a fund (基金投递)."""

    fund = models.ForeignKey(IndustryFund, on_delete=models.PROTECT, related_name="pitches")
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="投递单位"
    )
    project = models.ForeignKey(
        IntegrationProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_pitches",
        verbose_name="关联项目",
    )
    kind = models.CharField("内容", max_length=8, choices=PitchKind.choices)
    title = models.CharField("名称", max_length=120)
    stage = models.CharField("所处阶段", max_length=8, choices=FundStage.choices)
    summary = models.TextField("情况介绍", max_length=2000)
    wanted = models.DecimalField("拟融资金额", max_digits=15, decimal_places=2)
    state = models.CharField(
        "状态", max_length=10, choices=PitchState.choices, default=PitchState.SUBMITTED
    )
    roadshow_at = models.DateTimeField("路演时间", null=True, blank=True)
    roadshow_place = models.CharField("路演地点", max_length=120, blank=True)
    reason = models.CharField("答复理由", max_length=500, blank=True)
    submitted_at = models.DateTimeField("投递时间")
    due_at = models.DateTimeField("答复期限")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "基金投递"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PitchState.values), name="fund_pitch_state_known"
            ),
            models.CheckConstraint(condition=Q(wanted__gt=0), name="fund_pitch_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined", "withdrawn"]) | ~Q(reason=""),
                name="fund_pitch_answered_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=PitchState.ROADSHOW) | Q(roadshow_at__isnull=False),
                name="fund_pitch_roadshow_has_time",
            ),
            models.UniqueConstraint(
                fields=["fund", "owner", "title"],
                condition=Q(state__in=["submitted", "roadshow", "accepted"]),
                name="fund_pitch_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:pitch", kwargs={"pitch_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def division_id(self) -> str:
        return self.owner.division_id
