"""Visits of teachers to interns, and incidents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.pay import (
    IncidentKind,
    IncidentSeverity,
    IncidentState,
    VisitWay,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.internships import Internship
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

SEVERITY_TONES = {
    IncidentSeverity.MINOR: "info",
    IncidentSeverity.SERIOUS: "watch",
    IncidentSeverity.GRAVE: "late",
}
INCIDENT_TONES = {
    IncidentState.OPEN: "late",
    IncidentState.REPORTED: "watch",
    IncidentState.CLOSED: "ok",
}


class VisitSetting(models.Model):
    """How often a school wants every intern visited (巡访频次); without a row it is unset."""

    school = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="visit_setting", verbose_name="学校"
    )
    every_days = models.PositiveSmallIntegerField("至少每几天一次")
    set_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="设定人"
    )
    set_at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = "巡访频次"
        constraints = [
            models.CheckConstraint(condition=Q(every_days__gte=1), name="visit_frequency_positive")
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.every_days} 天"


class Visit(models.Model):
    """A teacher looked after interns at a host (巡访); photos lie in the file store."""

    host = models.ForeignKey(
        Host, on_delete=models.PROTECT, related_name="visits", verbose_name="实习单位"
    )
    teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="巡访教师"
    )
    visited_on = models.DateField("巡访日期")
    way = models.CharField("方式", max_length=8, choices=VisitWay.choices)
    internships = models.ManyToManyField(
        Internship, related_name="visits", verbose_name="见到的学生"
    )
    findings = models.TextField("情况")
    follow_up = models.CharField("须跟进事项", max_length=300, blank=True)
    follow_up_due_on = models.DateField("跟进期限", null=True, blank=True)
    follow_up_result = models.CharField("跟进结果", max_length=300, blank=True)
    followed_up_on = models.DateField("跟进日期", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    recorded_at = models.DateTimeField("填写时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "巡访"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up="") | Q(follow_up_due_on__isnull=False),
                name="visit_follow_up_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on__isnull=True) | ~Q(follow_up_result=""),
                name="visit_followed_up_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.host}"

    @property
    def division_id(self) -> str:
        return self.host.school.division_id


class Incident(models.Model):
    """Something that happened to an intern (实习事件), with its clock to the authority.

    ``claim_number`` is the insurer's number, where a claim was made.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="incidents", verbose_name="实习"
    )
    kind = models.CharField("类别", max_length=10, choices=IncidentKind.choices)
    severity = models.CharField("严重程度", max_length=8, choices=IncidentSeverity.choices)
    state = models.CharField(
        "状态", max_length=10, choices=IncidentState.choices, default=IncidentState.OPEN
    )
    happened_at = models.DateTimeField("发生时间")
    place = models.CharField("地点", max_length=200)
    description = models.TextField("经过")
    measures = models.TextField("已采取措施", blank=True)
    report_due_at = models.DateTimeField("报告主管部门时限", null=True, blank=True)
    authority = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="报告的主管部门",
    )
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    claim_number = models.CharField("保险报案号", max_length=60, blank=True)
    conclusion = models.TextField("办结说明", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "实习事件"
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity=IncidentSeverity.MINOR) | Q(report_due_at__isnull=False),
                name="incident_grave_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.REPORTED) | Q(reported_at__isnull=False),
                name="incident_reported_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.CLOSED)
                | (Q(closed_at__isnull=False) & ~Q(conclusion="")),
                name="incident_closed_with_conclusion",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.CLOSED)
                | Q(severity=IncidentSeverity.MINOR)
                | Q(reported_at__isnull=False),
                name="incident_not_closed_unreported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_at:%Y-%m-%d}"

    @property
    def division_id(self) -> str:
        return self.internship.division_id

    @property
    def tone(self) -> str:
        return INCIDENT_TONES[IncidentState(self.state)]

    @property
    def severity_tone(self) -> str:
        return SEVERITY_TONES[IncidentSeverity(self.severity)]
