"""Projects that the region recommends to its banks, with why and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.publications.models import Edition
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.finance import TONES, RecommendationState
from silian.governance.incentives.models.needs import FinancingNeed
from silian.registers.accounts.models import User


class ProjectRecommendation(models.Model):
    """A project on the list that is recommended to banks (推荐项目).

    ``gates`` are the conditions as they stood when it was proposed, each with its clause.
    """

    need = models.ForeignKey(
        FinancingNeed, on_delete=models.PROTECT, related_name="recommendations"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=RecommendationState.choices,
        default=RecommendationState.PROPOSED,
    )
    basis = models.CharField("依据条款", max_length=200)
    force = models.CharField("条款力度", max_length=10)
    gates = models.JSONField("提出时的条件")
    reason = models.CharField("推荐理由", max_length=500)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    opinion = models.CharField("审定意见", max_length=300, blank=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField("首次发布日", null=True, blank=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField("移出时间", null=True, blank=True)
    remove_reason = models.CharField("移出原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "推荐项目"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecommendationState.values), name="recommendation_state_known"
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(state__in=["proposed", "approved", "issued"]),
                name="recommendation_one_living",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="recommendation_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.ISSUED)
                | Q(issued_on__isnull=False, decided_at__isnull=False),
                name="recommendation_issued_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.REMOVED)
                | Q(removed_at__isnull=False) & ~Q(remove_reason=""),
                name="recommendation_removed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.RETURNED) | ~Q(opinion=""),
                name="recommendation_returned_has_opinion",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="recommendation_by_place")]

    def __str__(self) -> str:
        return str(self.need)

    def get_absolute_url(self) -> str:
        return reverse("incentives:recommendation", kwargs={"recommendation_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state]
