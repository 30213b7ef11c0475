"""Tasks: what a clause or a decision asks of whom, by when."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import (
    OPEN_STATES,
    ChangeKind,
    TaskLight,
    TaskOrigin,
    TaskState,
    Weather,
)
from silian.governance.policy_tasks.rules.tones import STATE_TONES, TASK_TONES, WEATHER_TONES
from silian.operations.alliances.models import Decision
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import BodyRole, Force
from silian.registers.policies.models import Clause, PolicyBody, PolicyDocument
from silian.registers.policies.models.clauses import ClauseGoal


class PolicyTaskQuerySet(models.QuerySet["PolicyTask"]):
    def open(self) -> PolicyTaskQuerySet:
        """Tasks that somebody still has to finish."""
        return self.filter(state__in=sorted(OPEN_STATES))

    def overdue(self, *, on: datetime.date) -> PolicyTaskQuerySet:
        """Open tasks whose day has passed."""
        return self.open().filter(due_on__lt=on)


class PolicyTask(models.Model):
    """One task of the ledger (任务): a leaf clause, a decision, or a part of another task.

    ``lead`` is empty where the text names no leading body; the first-listed body is not taken
    for it. ``owner`` is the official of the leading unit who carries the task; ``keeper`` is the
    unit whose coordinators assign it and confirm that it is done.
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
    keeper = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="统筹单位",
        related_name="+",
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
    assigned_at = models.DateTimeField("下达时间", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    escalated_on = models.DateField("提级日", null=True, blank=True)
    cancel_proposal = models.CharField("建议取消的原因", max_length=200, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=300, blank=True)
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
            models.CheckConstraint(
                condition=~Q(state=TaskState.CANCELLED) | ~Q(cancel_reason=""),
                name="task_cancelled_with_reason",
            ),
            models.UniqueConstraint(fields=["division", "number"], name="task_number_once"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(decision__isnull=False, parent__isnull=True),
                name="task_of_a_decision_once",
            ),
            models.UniqueConstraint(
                fields=["clause"],
                condition=Q(clause__isnull=False, parent__isnull=True),
                name="task_of_a_clause_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="task_by_due"),
            models.Index(fields=["lead", "state"], name="task_by_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:task_detail", kwargs={"task_id": self.pk})

    @property
    def light_label(self) -> str:
        return str(self._light.label)

    @property
    def light_tone(self) -> str:
        return TASK_TONES[self._light]

    @property
    def _light(self) -> TaskLight:
        """The light that ``queries.task_lists.with_light`` gave this row."""
        return TaskLight(self.__dict__["present_light"])

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return STATE_TONES[TaskState(self.state)]

    @property
    def weather_tone(self) -> str:
        return WEATHER_TONES[Weather(self.weather)] if self.weather else "unset"

    @property
    def supervisor_tone(self) -> str:
        word = self.weather_by_supervisor
        return WEATHER_TONES[Weather(word)] if word else "unset"

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


class TaskChange(models.Model):
    """What was changed about a task after it was made, and why (任务变更)."""

    task = models.ForeignKey(PolicyTask, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField("变更", max_length=12, choices=ChangeKind.choices)
    before = models.CharField("变更前", max_length=200, blank=True)
    after = models.CharField("变更后", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=300, blank=True)
    changed_on = models.DateField("变更日")
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = "任务变更"
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.before} → {self.after}"

    @property
    def division_id(self) -> str:
        return self.task.division_id


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def overdue(self, *, on: datetime.date) -> MilestoneQuerySet:
        """Steps whose day has passed and that nobody has reached."""
        return self.filter(reached_on__isnull=True, due_on__lt=on, ended_on__isnull=True)


class Milestone(models.Model):
    """A dated step of a task, or a dated goal without number (节点).

    A goal that stands in guiding text belongs to a document and to no task. ``metric_code`` names
    the metric whose count stands beside it; without a number to reach it judges nothing.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    task = models.ForeignKey(
        PolicyTask, on_delete=models.CASCADE, null=True, blank=True, related_name="milestones"
    )
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    clause_goal = models.ForeignKey(
        ClauseGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    number = models.CharField("编号", max_length=12, blank=True)
    title = models.CharField("节点", max_length=120)
    due_on = models.DateField("期限", null=True, blank=True)
    metric_code = models.CharField("对应指标", max_length=80, blank=True)
    reached_on = models.DateField("完成日", null=True, blank=True)
    evidence = models.CharField("完成依据", max_length=300, blank=True)
    reached_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField("终止日", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "节点"
        ordering = ["task", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(document__isnull=False),
                name="milestone_belongs_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | ~Q(evidence=""),
                name="milestone_reached_with_evidence",
            ),
            models.UniqueConstraint(
                fields=["clause_goal"],
                condition=Q(clause_goal__isnull=False),
                name="milestone_of_a_goal_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:milestone_detail", kwargs={"milestone_id": self.pk})

    def is_overdue(self, *, on: datetime.date) -> bool:
        return self.reached_on is None and self.due_on is not None and self.due_on < on
