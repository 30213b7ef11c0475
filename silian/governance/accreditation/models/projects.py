"""Projects of the pipeline and the steps they took."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry
from silian.governance.accreditation.choices.projects import (
    STAGE_TONES,
    STEP_TONES,
    LibraryLevel,
    ProjectKind,
    ProjectStage,
    StepState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class IntegrationProject(models.Model):
    """A building or equipment project of industry-education integration (产教融合工程项目).

    ``recognition`` is a plain reference such as ``reviews.recognition:12`` once a review has
    recognised the project; the review engine keeps the recognition itself.
    """

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="申报单位", related_name="+"
    )
    name = models.CharField("项目名称", max_length=120)
    kind = models.CharField("建设类别", max_length=18, choices=ProjectKind.choices)
    industries = models.ManyToManyField(Industry, verbose_name="服务行业", related_name="+")
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="建设地区", related_name="+"
    )
    site = models.CharField("建设地点", max_length=120)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    content = models.TextField("建设内容和规模", max_length=3000)
    total = models.DecimalField("总投资", max_digits=15, decimal_places=2)
    total_is_public = models.BooleanField("公开总投资", default=False)
    starts_on = models.DateField("计划开工日", null=True, blank=True)
    ends_on = models.DateField("计划完工日", null=True, blank=True)
    stage = models.CharField(
        "环节", max_length=12, choices=ProjectStage.choices, default=ProjectStage.IDEA
    )
    stage_since = models.DateField("进入本环节")
    library_level = models.CharField(
        "入库层级", max_length=10, choices=LibraryLevel.choices, blank=True
    )
    library_number = models.CharField("入库编号", max_length=40, blank=True)
    library_on = models.DateField("入库日", null=True, blank=True)
    built_on = models.DateField("投用日", null=True, blank=True)
    first_class = models.BooleanField("装备水平国内一流", null=True, blank=True)
    stop_reason = models.CharField("终止理由", max_length=300, blank=True)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    recognition = models.CharField("关联认定", max_length=60, blank=True)
    registered_on = models.DateField("登记日")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "工程项目"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ProjectStage.values), name="project_stage_known"
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="project_total_positive"),
            models.CheckConstraint(
                condition=~Q(stage=ProjectStage.STOPPED) | ~Q(stop_reason=""),
                name="project_stopped_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["library", "construction", "acceptance", "in_use"])
                | (~Q(library_number="") & ~Q(library_level="") & Q(library_on__isnull=False)),
                name="project_in_library_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ProjectStage.IN_USE) | Q(built_on__isnull=False),
                name="project_in_use_has_day",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="project_period_ordered",
            ),
            models.UniqueConstraint(fields=["owner", "name"], name="project_name_once_an_owner"),
        ]
        indexes = [models.Index(fields=["division", "stage"], name="project_by_place_and_stage")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accreditation:project_detail", kwargs={"project_id": self.pk})

    @property
    def tone(self) -> str:
        return STAGE_TONES[ProjectStage(self.stage)]


class ProjectStep(models.Model):
    """A proposal to go one stage further, and what was decided (项目环节办理)."""

    project = models.ForeignKey(IntegrationProject, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField("申请进入", max_length=12, choices=ProjectStage.choices)
    state = models.CharField(
        "状态", max_length=10, choices=StepState.choices, default=StepState.PROPOSED
    )
    statement = models.TextField("说明", max_length=1000)
    basis = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("审定期限")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="审定单位",
        related_name="+",
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    opinion = models.CharField("审定意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "项目环节"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state=StepState.PROPOSED),
                name="project_step_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.PROPOSED)
                | (Q(decided_at__isnull=False) & Q(decided_by__isnull=False)),
                name="project_step_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.RETURNED) | ~Q(opinion=""),
                name="project_step_returned_has_opinion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_stage_display()}"

    @property
    def division_id(self) -> str:
        return self.project.division_id

    @property
    def tone(self) -> str:
        return STEP_TONES[StepState(self.state)]


class StepCheck(models.Model):
    """One line of a step's checklist (环节清单项)."""

    step = models.ForeignKey(ProjectStep, on_delete=models.CASCADE, related_name="checks")
    order = models.PositiveSmallIntegerField("次序")
    text = models.CharField("清单项", max_length=120)
    says_met = models.BooleanField("申报单位：满足", default=False)
    note = models.CharField("证明材料", max_length=200, blank=True)

    class Meta:
        verbose_name = "环节清单项"
        ordering = ["step", "order"]

    def __str__(self) -> str:
        return self.text
