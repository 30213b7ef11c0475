"""Tasks: what a clause or a decision asks of whom, by when."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskOrigin, TaskState, Weather
from silian.operations.alliances.models import Decision
from silian.registers.accounts.models import User
from silian.registers.policies.choices import BodyRole, Force
from silian.registers.policies.models import Clause, PolicyBody, PolicyDocument


class PolicyTaskQuerySet(models.QuerySet["PolicyTask"]):
    def open(self) -> PolicyTaskQuerySet:
        """Tasks that somebody still has to finish."""
        return self.filter(state__in=sorted(OPEN_STATES))

    def overdue(self, *, on: datetime.date) -> PolicyTaskQuerySet:
        """Open tasks whose day has passed."""
        return self.open().filter(due_on__lt=on)

    def due_within(self, *, on: datetime.date, days: int) -> PolicyTaskQuerySet:
        """Open tasks due from the day on, at most ``days`` later (临期)."""
        last = on + datetime.timedelta(days=days)
        return self.open().filter(due_on__gte=on, due_on__lte=last)


class PolicyTask(models.Model):
    """One task of the ledger (任务): a leaf clause, a decision, or a part of another task.

    ``lead`` is empty where the text names no leading body; the first-listed body is not taken
    for it. ``owner`` is the official of the leading unit who carries the task.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    origin = models.CharField("来源", max_length=12, choices=TaskOrigin.choices)
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上级任务",
        related_name="parts",
    )
    number = models.CharField("任务编号", max_length=30)
    title = models.CharField("任务", max_length=200)
    detail = models.TextField("内容", blank=True)
    force = models.CharField(
        "强制程度", max_length=14, choices=Force.choices, default=Force.MANDATORY
    )
    state = models.CharField(
        "状态", max_length=10, choices=TaskState.choices, default=TaskState.DRAFT
    )
    lead = models.ForeignKey(
        PolicyBody,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="牵头单位",
        related_name="led_tasks",
    )
    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="责任人",
        related_name="+",
    )
    starts_on = models.DateField("开始日", null=True, blank=True)
    due_on = models.DateField("办结期限", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    weather = models.CharField("牵头单位判断", max_length=8, choices=Weather.choices, blank=True)
    weather_by_supervisor = models.CharField(
        "督查判断", max_length=8, choices=Weather.choices, blank=True
    )
    last_report_at = models.DateTimeField("最近报送", null=True, blank=True)
    done_on = models.DateField("办结日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    objects = PolicyTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        ordering = ["division", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="task_state_known"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_at_most_100"),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_on__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(done_on__isnull=True)),
                name="task_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="task_not_its_own_part"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
                name="task_period_ordered",
            ),
            models.UniqueConstraint(fields=["division", "number"], name="task_number_once"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="task_by_due"),
            models.Index(fields=["lead", "state"], name="task_by_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:task_detail", kwargs={"task_id": self.pk})

    def is_overdue(self, *, on: datetime.date) -> bool:
        return self.state in OPEN_STATES and self.due_on is not None and self.due_on < on

    def days_late(self, *, on: datetime.date) -> int:
        """Whole days past the due day; zero when not late."""
        return (on - self.due_on).days if self.due_on and self.is_overdue(on=on) else 0


class TaskBody(models.Model):
    """A body that shares in a task (配合单位), in the part the text gives it."""

    task = models.ForeignKey(PolicyTask, on_delete=models.CASCADE, related_name="bodies")
    body = models.ForeignKey(PolicyBody, on_delete=models.PROTECT, related_name="shared_tasks")
    role = models.CharField("责任方式", max_length=12, choices=BodyRole.choices)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "配合单位"
        ordering = ["task", "order"]
        constraints = [
            models.UniqueConstraint(fields=["task", "body"], name="task_body_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.body}"


class Milestone(models.Model):
    """A dated step of a task or of a goal without number (节点)."""

    task = models.ForeignKey(PolicyTask, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("节点", max_length=120)
    due_on = models.DateField("期限")
    reached_on = models.DateField("完成日", null=True, blank=True)

    class Meta:
        verbose_name = "节点"
        ordering = ["task", "due_on"]

    def __str__(self) -> str:
        return self.title
