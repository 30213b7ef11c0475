"""Teams: organisations that answer one research need together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.exchange.choices import TeamSeatState
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class TeamSeat(models.Model):
    """A partner whom the asker brings into its answer, and what it contributes (联合团队成员).

    The partner reads its seat and the listing; the conversation stays with the two sides.
    """

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="team")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contribution = models.CharField("分工", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=TeamSeatState.choices, default=TeamSeatState.INVITED
    )
    invited_at = models.DateTimeField("邀请时间")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    reason = models.CharField("不参加的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "联合团队成员"
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation", "organisation"], name="team_seat_once_each"
            ),
            models.CheckConstraint(
                condition=~Q(state=TeamSeatState.DECLINED) | ~Q(reason=""),
                name="team_declined_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="team_seat_invited")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.contribution}"

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {TeamSeatState.INVITED: "watch", TeamSeatState.JOINED: "ok"}
        return tones.get(TeamSeatState(self.state), "unset")
