"""Who was told that there is something to claim under a call, and that it closes soon."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from silian.governance.incentives.choices.claims import CallMessageKind
from silian.governance.incentives.models.claim_calls import ClaimCall
from silian.registers.organisations.models import Organisation


class CallMessage(models.Model):
    """One message to one unit about one call (申领提醒).

    A unit is told once that it may claim, and reminded once of each last day. ``amount`` is what
    the platform's facts came to when the message went out; ``people`` how many were told.
    """

    call = models.ForeignKey(ClaimCall, on_delete=models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    kind = models.CharField("类别", max_length=8, choices=CallMessageKind.choices)
    closes_on = models.DateField("受理截止日", null=True, blank=True)
    amount = models.DecimalField("测算金额", max_digits=16, decimal_places=2)
    people = models.PositiveIntegerField("通知人数", default=0)
    sent_at = models.DateTimeField("发送时间", default=timezone.now)

    class Meta:
        verbose_name = "申领提醒"
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CallMessageKind.values), name="call_message_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="call_message_amount_positive"),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(kind=CallMessageKind.OPENED),
                name="call_message_opened_once",
            ),
            models.UniqueConstraint(
                fields=["call", "organisation", "closes_on"],
                condition=Q(kind=CallMessageKind.CLOSING),
                name="call_message_closing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"
