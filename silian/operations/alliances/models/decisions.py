"""Decisions of meetings, which become tasks on the floor above (会议决定)."""

from __future__ import annotations

from django.db import models

from silian.operations.alliances.choices import DecisionState
from silian.operations.alliances.models.meetings import Meeting
from silian.registers.policies.models import PolicyBody


class Decision(models.Model):
    """What a meeting decided, who leads it, and by when (会议决定)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField("编号", max_length=30)
    text = models.CharField("决定事项", max_length=300)
    lead = models.ForeignKey(
        PolicyBody,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="牵头单位",
        related_name="+",
    )
    cooperating = models.ManyToManyField(
        PolicyBody, blank=True, verbose_name="配合单位", related_name="+"
    )
    due_on = models.DateField("期限", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT
    )

    class Meta:
        verbose_name = "会议决定"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def division_id(self) -> str:
        return self.meeting.division_id
