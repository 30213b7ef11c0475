"""What the responsible say of their tasks, and what the supervisors say of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.governance.policy_tasks.choices import ReportState, Weather
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ProgressReport(models.Model):
    """A unit's report on a task (进展报告); its evidence lies in the file store."""

    task = models.ForeignKey(PolicyTask, on_delete=models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="报送单位", related_name="+"
    )
    state = models.CharField(
        "状态", max_length=10, choices=ReportState.choices, default=ReportState.SUBMITTED
    )
    text = models.TextField("进展")
    percent = models.PositiveSmallIntegerField("进度")
    weather = models.CharField("推进情况", max_length=8, choices=Weather.choices)
    difficulty = models.TextField("困难与需协调事项", blank=True)
    next_step = models.TextField("下一步", blank=True)
    claims_done = models.BooleanField("申请办结", default=False)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("报送时间")

    class Meta:
        verbose_name = "进展报告"
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="report_percent_at_most_100"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(return_reason=""),
                name="report_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(weather=Weather.BLOCKED) | ~Q(difficulty=""),
                name="report_blocked_with_difficulty",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.CONFIRMED) | Q(claims_done=True),
                name="report_confirmed_was_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.percent}%"

    @property
    def division_id(self) -> str:
        return self.task.division_id


class SupervisorWeather(models.Model):
    """A supervisor's own reading of a task, with reason (督查判断)."""

    task = models.ForeignKey(PolicyTask, on_delete=models.CASCADE, related_name="readings")
    weather = models.CharField("推进情况", max_length=8, choices=Weather.choices)
    reason = models.CharField("依据", max_length=300)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "督查判断"
        ordering = ["-said_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task} {self.get_weather_display()}"
