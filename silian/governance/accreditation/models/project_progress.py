"""Progress of projects: milestones, monthly investment, photos, findings of the acceptance."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.governance.accreditation.choices.projects import DelayCause
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.registers.accounts.models import User


class ProjectMilestone(models.Model):
    """Something to be reached by a day (项目节点); the planned day never changes."""

    project = models.ForeignKey(
        IntegrationProject, on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField("节点", max_length=80)
    planned_on = models.DateField("计划日")
    done_on = models.DateField("完成日", null=True, blank=True)
    expected_on = models.DateField("预计日", null=True, blank=True)
    cause = models.CharField("滞后原因", max_length=12, choices=DelayCause.choices, blank=True)
    cause_note = models.CharField("原因说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "项目节点"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | ~Q(cause=""),
                name="project_milestone_delay_has_cause",
            ),
        ]
        indexes = [models.Index(fields=["done_on", "planned_on"], name="project_milestone_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.project.division_id


class InvestmentReportQuerySet(models.QuerySet["InvestmentReport"]):
    def current(self) -> InvestmentReportQuerySet:
        """The reports that hold, one a month."""
        return self.filter(replaced_at__isnull=True)


class InvestmentReport(models.Model):
    """The investment completed up to the end of a month (投资进度月报), with its evidence."""

    project = models.ForeignKey(
        IntegrationProject, on_delete=models.CASCADE, related_name="reports"
    )
    month = models.DateField("月份")
    completed = models.DecimalField("累计完成投资", max_digits=15, decimal_places=2)
    evidence = models.CharField("依据材料", max_length=200)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("登记时间")
    replaced_at = models.DateTimeField("被更正时间", null=True, blank=True)

    objects = InvestmentReportQuerySet.as_manager()

    class Meta:
        verbose_name = "投资进度月报"
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=Q(replaced_at__isnull=True),
                name="investment_report_one_a_month",
            ),
            models.CheckConstraint(
                condition=Q(completed__gte=0) & ~Q(evidence=""), name="investment_report_proved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.completed}"

    @property
    def division_id(self) -> str:
        return self.project.division_id


class ProjectPhoto(models.Model):
    """A picture of the site with its day and place in words (现场照片)."""

    project = models.ForeignKey(IntegrationProject, on_delete=models.CASCADE, related_name="photos")
    taken_on = models.DateField("拍摄日")
    place = models.CharField("部位", max_length=80)
    caption = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        verbose_name = "现场照片"
        ordering = ["-taken_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.taken_on} {self.place}"

    @property
    def division_id(self) -> str:
        return self.project.division_id


class AcceptanceFinding(models.Model):
    """Something the acceptance found, to be cured by a day (验收问题)."""

    project = models.ForeignKey(
        IntegrationProject, on_delete=models.CASCADE, related_name="findings"
    )
    text = models.CharField("问题", max_length=300)
    cure_by = models.DateField("整改期限")
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField("提出时间")
    cured_on = models.DateField("整改完成日", null=True, blank=True)
    cure_note = models.CharField("整改情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "验收问题"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cured_on__isnull=True) | ~Q(cure_note=""),
                name="acceptance_finding_cured_has_note",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def division_id(self) -> str:
        return self.project.division_id
