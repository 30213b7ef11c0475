"""Supervision rounds: what is looked at, the checklist as it stood, and the visits made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import CheckResult, RoundState, VisitKind
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyBody

ROUND_TONES = {
    RoundState.PLANNED: "open",
    RoundState.RUNNING: "info",
    RoundState.CLOSED: "ok",
    RoundState.CANCELLED: "unset",
}
CHECK_TONES = {CheckResult.WAITING: "open", CheckResult.SOUND: "ok", CheckResult.FOUND: "watch"}


class SupervisionRound(models.Model):
    """A planned round of supervision over departments, counties and schools (督查批次).

    An empty scope of a kind leaves that kind out; with nothing chosen the whole jurisdiction is
    looked at.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    title = models.CharField("名称", max_length=80)
    basis = models.CharField("依据", max_length=200, blank=True)
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日")
    state = models.CharField(
        "状态", max_length=10, choices=RoundState.choices, default=RoundState.PLANNED
    )
    departments = models.ManyToManyField(
        PolicyBody, blank=True, verbose_name="部门", related_name="+"
    )
    counties = models.ManyToManyField(Division, blank=True, verbose_name="县区", related_name="+")
    schools = models.ManyToManyField(
        Organisation, blank=True, verbose_name="学校", related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="督查单位", related_name="+"
    )
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField("督查小结", blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    cancel_reason = models.CharField("取消理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("制定时间", auto_now_add=True)

    class Meta:
        verbose_name = "督查批次"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="supervision_round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="supervision_round_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.CLOSED)
                | (Q(closed_at__isnull=False) & ~Q(summary="")),
                name="supervision_round_closed_with_summary",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.CANCELLED) | ~Q(cancel_reason=""),
                name="supervision_round_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:supervision_round_detail", kwargs={"round_id": self.pk})

    @property
    def tone(self) -> str:
        return ROUND_TONES[RoundState(self.state)]


class CheckItem(models.Model):
    """One line of a round's checklist, with the standing of that moment (督查清单项).

    ``standing`` is never changed afterwards: what the supervisor saw stays what he saw.
    """

    round = models.ForeignKey(SupervisionRound, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(PolicyTask, on_delete=models.PROTECT, related_name="check_items")
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, null=True, blank=True, related_name="check_items"
    )
    standing = models.JSONField("当时情况", default=dict)
    taken_at = models.DateTimeField("列入时间")
    result = models.CharField(
        "核查结果", max_length=8, choices=CheckResult.choices, default=CheckResult.WAITING
    )
    note = models.CharField("核查说明", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("核查时间", null=True, blank=True)

    class Meta:
        verbose_name = "督查清单项"
        ordering = ["round", "task__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "task"],
                condition=Q(target__isnull=True),
                name="check_item_task_once",
            ),
            models.UniqueConstraint(
                fields=["round", "target"],
                condition=Q(target__isnull=False),
                name="check_item_target_once",
            ),
            models.CheckConstraint(
                condition=Q(result=CheckResult.WAITING) | Q(checked_at__isnull=False),
                name="check_item_result_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target or self.task)

    @property
    def division_id(self) -> str:
        return self.round.division_id

    @property
    def tone(self) -> str:
        return CHECK_TONES[CheckResult(self.result)]


class SupervisionVisit(models.Model):
    """A visit or a written inspection within a round (督查走访); files lie in the store."""

    round = models.ForeignKey(SupervisionRound, on_delete=models.CASCADE, related_name="visits")
    kind = models.CharField("督查方式", max_length=8, choices=VisitKind.choices)
    held_on = models.DateField("日期")
    body = models.ForeignKey(
        PolicyBody,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="被督查部门",
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="被督查单位",
        related_name="+",
    )
    notes = models.TextField("情况")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "督查走访"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(organisation__isnull=False),
                name="supervision_visit_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.body or self.organisation}"

    @property
    def division_id(self) -> str:
        return self.round.division_id
