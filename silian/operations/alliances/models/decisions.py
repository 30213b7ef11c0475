"""Decisions of meetings, which become tasks on the floor above (会议决定)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.operations.alliances.choices.coordination import DecisionState
from silian.operations.alliances.models.meetings import AgendaItem, Meeting
from silian.registers.policies.models import PolicyBody


class Decision(models.Model):
    """What a meeting decided, who leads it, and by when (会议决定)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="议题",
        related_name="decisions",
    )
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
    revoke_reason = models.CharField("撤销理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "会议决定"
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="decision_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.REVOKED) | ~Q(revoke_reason=""),
                name="decision_revoked_with_reason",
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    def get_absolute_url(self) -> str:
        meeting = reverse("alliances:meeting_detail", kwargs={"meeting_id": self.meeting_id})
        return f"{meeting}#decision-{self.pk}"

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {DecisionState.DRAFT: "open", DecisionState.MADE: "ok"}
        return tones.get(DecisionState(self.state), "unset")

    @property
    def division_id(self) -> str:
        return self.meeting.division_id
