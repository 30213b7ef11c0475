"""What many look for and nobody offers: searches suggest a demand, an official decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division, Occupation
from silian.operations.exchange.choices import DemandSuggestionState, Side
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.registers.accounts.models import User


class DemandSuggestion(models.Model):
    """A term that many sought in a region and nobody found (建议需求).

    ``kind`` and ``side`` are those most often asked for with the term; empty when nobody said.
    """

    term = models.CharField("检索词", max_length=80)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="区划"
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="职业小类",
    )
    kind = models.CharField("类别", max_length=24, blank=True)
    side = models.CharField("方向", max_length=6, choices=Side.choices, blank=True)
    missed = models.PositiveIntegerField("没有结果的次数")
    askers = models.PositiveIntegerField("检索方数")
    first_on = models.DateField("最早一次")
    last_on = models.DateField("最近一次")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=DemandSuggestionState.choices,
        default=DemandSuggestionState.SUGGESTED,
    )
    suggested_at = models.DateTimeField("提出时间")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("理由", max_length=300, blank=True)
    demand = models.OneToOneField(
        UnmetDemand,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestion",
        verbose_name="登记的需求",
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "建议需求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DemandSuggestionState.values), name="suggestion_state_known"
            ),
            models.UniqueConstraint(
                fields=["term", "division"],
                condition=Q(state=DemandSuggestionState.SUGGESTED),
                name="suggestion_open_once",
            ),
            models.CheckConstraint(
                condition=Q(demand__isnull=False) ^ ~Q(state=DemandSuggestionState.TAKEN_UP),
                name="suggestion_taken_up_has_demand",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandSuggestionState.DISMISSED) | ~Q(reason=""),
                name="suggestion_dismissal_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "-missed"], name="suggestion_by_state")]

    def __str__(self) -> str:
        return self.term

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {
            DemandSuggestionState.SUGGESTED: "watch",
            DemandSuggestionState.TAKEN_UP: "info",
            DemandSuggestionState.ANSWERED: "ok",
        }
        return tones.get(DemandSuggestionState(self.state), "unset")
