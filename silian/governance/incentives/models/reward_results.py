"""Evaluation results that rewards and restrictions rest on, and where each was used."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.rewards import (
    ADVERSE_LEVELS,
    ResultLevel,
    ResultSource,
    UseOutcome,
)
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardDecision
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation


class EvaluationResult(models.Model):
    """One result of an evaluation about one unit (评价结果).

    Read from the module that keeps it, or entered by an official with document and evidence where
    no module does. A result that changes after it was used stays, no longer current, and a new row
    takes its place.
    """

    source = models.CharField("来源", max_length=16, choices=ResultSource.choices)
    reference = models.CharField("来源记录", max_length=80)
    kind = models.CharField("项目代码", max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="单位", related_name="+"
    )
    subject_kind = models.CharField("对象类别", max_length=12, choices=OrganisationKind.choices)
    subject_name = models.CharField("评价对象", max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    level = models.CharField("等次", max_length=16, choices=ResultLevel.choices)
    score = models.DecimalField("得分", max_digits=8, decimal_places=2, null=True, blank=True)
    words = models.CharField("结果", max_length=300)
    decided_on = models.DateField("结果日")
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    url = models.CharField("来源页面", max_length=200, blank=True)
    is_current = models.BooleanField("现行", default=True)
    document = models.CharField("结果文件", max_length=160, blank=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="录入单位",
        related_name="+",
    )
    taken_at = models.DateTimeField("归集时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "评价结果"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=ResultSource.values), name="evaluation_result_source_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=ResultLevel.values), name="evaluation_result_level_known"
            ),
            models.UniqueConstraint(
                fields=["source", "reference"],
                condition=Q(is_current=True),
                name="evaluation_result_one_current",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | ~Q(document=""),
                name="evaluation_result_entered_has_document",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "source", "decided_on"], name="result_by_place"),
            models.Index(fields=["organisation"], name="result_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} {self.get_source_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:reward_result_detail", kwargs={"result_id": self.pk})

    @property
    def tone(self) -> str:
        """How the level is drawn."""
        if self.level in ADVERSE_LEVELS:
            return "late"
        return "unset" if self.level == ResultLevel.RECORDED else "ok"


class ResultUse(models.Model):
    """That a decision used a result, and what came of it (结果运用记录); never changes."""

    result = models.ForeignKey(EvaluationResult, on_delete=models.PROTECT, related_name="uses")
    decision = models.ForeignKey(
        RewardDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="uses"
    )
    restriction = models.ForeignKey(
        Restriction, on_delete=models.PROTECT, null=True, blank=True, related_name="uses"
    )
    outcome = models.CharField("运用结果", max_length=12, choices=UseOutcome.choices)
    used_on = models.DateField("运用日")

    class Meta:
        verbose_name = "结果运用记录"
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, restriction__isnull=True)
                | Q(decision__isnull=True, restriction__isnull=False),
                name="result_use_in_one_matter",
            ),
            models.UniqueConstraint(
                fields=["result", "decision"], name="result_used_once_a_decision"
            ),
            models.UniqueConstraint(
                fields=["result", "restriction"], name="result_used_once_a_restriction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.get_outcome_display()}"
