"""Targets: what must be reached by when, and the metric that measures it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.registers.policies.choices import Comparator, Force
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
    number = models.CharField("编号", max_length=12, blank=True)
    title = models.CharField("目标", max_length=120)
    chain = models.CharField("所属链", max_length=12, blank=True)
    metric_code = models.CharField("对应指标", max_length=80, blank=True)
    baseline = models.DecimalField("基期值", max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField("基期", null=True, blank=True)
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
        ]
        indexes = [models.Index(fields=["metric_code", "division"], name="target_by_metric")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:target_detail", kwargs={"target_id": self.pk})

    @property
    def is_counted(self) -> bool:
        """Whether the target counts in totals; a restated one does not (不重复计数)."""
        return self.repeats_id is None
