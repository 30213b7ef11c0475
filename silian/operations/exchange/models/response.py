"""How an organisation answers: counted once, read on every card."""

from __future__ import annotations

from django.db import models

from silian.foundation.ui.components import Fact
from silian.registers.organisations.models import Organisation


class ResponseRecord(models.Model):
    """How fast and how often an organisation answers, and how it is rated (回应情况).

    Counted over the last 180 days from the negotiations themselves; a copy that may be recounted
    at any time. ``received`` are those answered or past their clock.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="response_record"
    )
    received = models.PositiveIntegerField("到期应回应", default=0)
    answered = models.PositiveIntegerField("已回应", default=0)
    median_minutes = models.PositiveIntegerField("回应用时中位数（工作分钟）", null=True)
    ratings = models.PositiveIntegerField("评价数", default=0)
    average_score = models.DecimalField("平均评分", max_digits=3, decimal_places=2, null=True)
    counted_at = models.DateTimeField("统计时间")

    class Meta:
        verbose_name = "回应情况"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered__lte=models.F("received")),
                name="response_answered_fits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.answered}/{self.received}"

    @property
    def percent(self) -> int | None:
        """The share answered in whole percent, or None before anything was due."""
        return round(100 * self.answered / self.received) if self.received else None

    @property
    def median_hours(self) -> float | None:
        return None if self.median_minutes is None else round(self.median_minutes / 60, 1)

    @property
    def facts(self) -> list[Fact]:
        """What a card shows: rate, time and rating, each with what it was counted from."""
        rate = "未设定" if self.percent is None else f"{self.percent}%"
        rows = [
            Fact(name="近 180 天回应率", value=f"{rate}（{self.answered} / {self.received} 次）")
        ]
        if self.median_hours is not None:
            rows.append(Fact(name="首次回应中位数", value=f"{self.median_hours} 工作小时"))
        if self.average_score is not None:
            score = f"{self.average_score:.1f} 分（{self.ratings} 次）"
            rows.append(Fact(name="成交评价", value=score))
        return rows
