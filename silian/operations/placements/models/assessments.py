"""Assessment of an internship by host and school."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.learning import (
    AssessmentComponent,
    AssessmentSide,
    AssessmentState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.tones import tone_of
from silian.registers.accounts.models import User


class AssessmentItem(models.Model):
    """One line of a plan's assessment sheet; the weights of a side add up to 100 (考核项目)."""

    plan = models.ForeignKey(
        InternshipPlan, on_delete=models.CASCADE, related_name="assessment_items"
    )
    side = models.CharField("评分方", max_length=6, choices=AssessmentSide.choices)
    position = models.PositiveSmallIntegerField("序号")
    name = models.CharField("考核项目", max_length=60)
    component = models.CharField("考核内容", max_length=12, choices=AssessmentComponent.choices)
    weight = models.PositiveSmallIntegerField("权重（%）")

    class Meta:
        verbose_name = "考核项目"
        ordering = ["plan", "side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "side", "position"], name="assessment_item_position_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="assessment_item_weight_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """What both sides say of one internship, and the student's answer (实习考核).

    ``school_weight`` is kept as the plan had it when the scores were shown.
    Basis: 教职成〔2021〕4号, 考核与评价: not a copy of employee attendance or employee standards.
    """

    internship = models.OneToOneField(
        Internship, on_delete=models.CASCADE, related_name="assessment", verbose_name="实习"
    )
    state = models.CharField(
        "状态", max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN
    )
    host_score = models.DecimalField(
        "实习单位评分", max_digits=4, decimal_places=1, null=True, blank=True
    )
    host_comment = models.CharField("实习单位评语", max_length=500, blank=True)
    host_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    host_at = models.DateTimeField("实习单位评分时间", null=True, blank=True)
    school_score = models.DecimalField(
        "学校评分", max_digits=4, decimal_places=1, null=True, blank=True
    )
    school_comment = models.CharField("学校评语", max_length=500, blank=True)
    school_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    school_at = models.DateTimeField("学校评分时间", null=True, blank=True)
    school_weight = models.PositiveSmallIntegerField("学校评分权重", default=50)
    total = models.DecimalField("总评", max_digits=4, decimal_places=1, null=True, blank=True)
    shown_at = models.DateTimeField("告知学生时间", null=True, blank=True)
    reply_due_at = models.DateTimeField("学生提出异议的截止时间", null=True, blank=True)
    disagreement = models.TextField("学生异议", max_length=1000, blank=True)
    disagreed_at = models.DateTimeField("异议时间", null=True, blank=True)
    answer_due_at = models.DateTimeField("学校应答复时间", null=True, blank=True)
    answer = models.TextField("学校答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    final_at = models.DateTimeField("定稿时间", null=True, blank=True)

    class Meta:
        verbose_name = "实习考核"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AssessmentState.OPEN)
                | Q(
                    host_score__isnull=False,
                    school_score__isnull=False,
                    total__isnull=False,
                    shown_at__isnull=False,
                ),
                name="assessment_shown_with_both_scores",
            ),
            models.CheckConstraint(
                condition=Q(disagreement="") | Q(disagreed_at__isnull=False),
                name="assessment_disagreed_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.FINAL) | Q(final_at__isnull=False),
                name="assessment_final_at",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="assessment_by_state")]

    def __str__(self) -> str:
        return f"{self.internship}考核"

    @property
    def tone(self) -> str:
        return tone_of(self.state)


class AssessmentScore(models.Model):
    """The score of one item, 0 to 100 (单项得分)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(AssessmentItem, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField("得分")

    class Meta:
        verbose_name = "单项得分"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="score_of_an_item_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="item_score_of_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.score}"
