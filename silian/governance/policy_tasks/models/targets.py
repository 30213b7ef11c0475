"""Targets: what must be reached by when, and the metric that measures it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.rules.target_words import goal_words, turned
from silian.governance.policy_tasks.rules.tones import TARGET_TONES
from silian.registers.policies.choices import Comparator, Force
from silian.registers.policies.models import PolicyDocument
from silian.registers.policies.models.clauses import ClauseTarget


class Target(models.Model):
    """A number to reach (目标), bound to a metric by its code.

    A target that restates another (``repeats``) is shown and never counted. ``low`` and ``high``
    are in ``unit``; ``baseline`` is the value from which progress is measured.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    task = models.ForeignKey(
        PolicyTask, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    clause_target = models.ForeignKey(
        ClauseTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="bound_targets"
    )
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="task_targets"
    )
    number = models.CharField("编号", max_length=12, blank=True)
    title = models.CharField("目标", max_length=120)
    phrase = models.CharField("原文", max_length=300, blank=True)
    chain = models.CharField("所属链", max_length=12, blank=True)
    metric_code = models.CharField("对应指标", max_length=80, blank=True)
    baseline = models.DecimalField("基期值", max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField("基期", null=True, blank=True)
    baseline_evidence = models.CharField("基期依据", max_length=300, blank=True)
    starts_on = models.DateField("起算日", null=True, blank=True)
    low = models.DecimalField("下限", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    comparator = models.CharField(
        "比较方式", max_length=6, choices=Comparator.choices, default=Comparator.AT_LEAST
    )
    force = models.CharField("强制程度", max_length=14, choices=Force.choices)
    deadline_on = models.DateField("期限", null=True, blank=True)
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="与之相同的目标",
        related_name="repetitions",
    )
    light = models.CharField("最近灯号", max_length=10, choices=Light.choices, blank=True)
    light_on = models.DateField("灯号日", null=True, blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "目标"
        ordering = ["division", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="target_range_ordered",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("pk")),
                name="target_repeats_another",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True)
                | (Q(baseline_on__isnull=False) & ~Q(baseline_evidence="")),
                name="target_baseline_with_evidence",
            ),
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=~Q(number="") & Q(ended_on__isnull=True),
                name="target_number_once",
            ),
            models.UniqueConstraint(
                fields=["clause_target"],
                condition=Q(clause_target__isnull=False),
                name="target_of_a_clause_once",
            ),
        ]
        indexes = [models.Index(fields=["metric_code", "division"], name="target_by_metric")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:target_detail", kwargs={"target_id": self.pk})

    @property
    def goal_words(self) -> str:
        """The goal as officials write it: 不低于 60%, 3—5 个, 20 家左右, 未设定."""
        return goal_words(comparator=self.comparator, low=self.low, high=self.high, unit=self.unit)

    @property
    def tone(self) -> str:
        """The status light of the last light noted."""
        return TARGET_TONES[Light(self.light)] if self.light else "unset"

    @property
    def is_counted(self) -> bool:
        """Whether the target counts in totals; a restated one does not (不重复计数)."""
        return self.repeats_id is None


class LightChange(models.Model):
    """A target crossed from one light to another (灯号变化)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="light_changes")
    before = models.CharField("变化前", max_length=10, choices=Light.choices, blank=True)
    after = models.CharField("变化后", max_length=10, choices=Light.choices)
    value = models.DecimalField("现值", max_digits=18, decimal_places=4, null=True, blank=True)
    reason = models.CharField("依据", max_length=200, blank=True)
    changed_on = models.DateField("变化日")

    class Meta:
        verbose_name = "灯号变化"
        ordering = ["-changed_on", "-pk"]
        indexes = [models.Index(fields=["changed_on"], name="light_change_by_day")]

    def __str__(self) -> str:
        return f"{self.target} {self.words}"

    @property
    def words(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"

    @property
    def tone(self) -> str:
        return TARGET_TONES[Light(self.after)]

    @property
    def direction(self) -> str:
        """Whether the light became better or worse (转好、转差)."""
        return turned(before=self.before, after=self.after)

    @property
    def division_id(self) -> str:
        return self.target.division_id
