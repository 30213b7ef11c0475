"""Problems that a unit cannot solve alone and brings before a body (提请协调事项)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.operations.alliances.choices.coordination import EscalationState
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import AgendaItem
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {
    EscalationState.RAISED: "open",
    EscalationState.SCHEDULED: "info",
    EscalationState.RESOLVED: "ok",
    EscalationState.RETURNED: "unset",
}


class Escalation(models.Model):
    """A problem brought before a coordinating body (提请协调事项), with its clock.

    ``due_at`` is when the body's office must have put it on an agenda or returned it.
    """

    body = models.ForeignKey(CoordinatingBody, on_delete=models.PROTECT, related_name="escalations")
    raised_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="提请单位", related_name="+"
    )
    title = models.CharField("事项", max_length=120)
    detail = models.TextField("情况和建议", max_length=3000)
    state = models.CharField(
        "状态", max_length=10, choices=EscalationState.choices, default=EscalationState.RAISED
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="escalations"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="escalations"
    )
    answer = models.CharField("答复", max_length=500, blank=True)
    raised_by_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField("提请时间")
    due_at = models.DateTimeField("安排期限")
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "提请协调事项"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EscalationState.values), name="escalation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EscalationState.RESOLVED, EscalationState.RETURNED])
                | (Q(ended_at__isnull=False) & ~Q(answer="")),
                name="escalation_ended_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:escalation_detail", kwargs={"escalation_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return TONES[EscalationState(self.state)]

    @property
    def division_id(self) -> str:
        return self.body.division_id

    @property
    def days_to_close(self) -> int | None:
        """Calendar days from raising to the end; None while open."""
        return (self.ended_at - self.raised_at).days if self.ended_at else None
