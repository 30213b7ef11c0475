"""Signals in claims that somebody has to look into."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.governance.incentives.choices.risks import RISK_TONES, RiskKind, RiskState
from silian.governance.incentives.models.claims import Claim
from silian.registers.accounts.models import User


class ClaimRisk(models.Model):
    """One signal in one claim, with the items it concerns and what was found out (风险提示).

    It never stops a claim by itself: the reviewer says what was found. ``papers`` are files.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="risks")
    kind = models.CharField("提示", max_length=20, choices=RiskKind.choices)
    detail = models.CharField("情况", max_length=300)
    items = models.JSONField("涉及明细", default=list)
    papers = models.JSONField("涉及材料", default=list, blank=True)
    state = models.CharField(
        "处理", max_length=10, choices=RiskState.choices, default=RiskState.OPEN
    )
    finding = models.CharField("核实情况", max_length=300, blank=True)
    found_at = models.DateTimeField("提示时间")
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField("核实时间", null=True, blank=True)

    class Meta:
        verbose_name = "风险提示"
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RiskKind.values), name="claim_risk_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN) | (~Q(finding="") & Q(settled_at__isnull=False)),
                name="claim_risk_settled_with_finding",
            ),
            models.UniqueConstraint(
                fields=["claim", "kind", "detail"], name="claim_risk_told_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "claim"], name="claim_risk_by_state")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def tone(self) -> str:
        return RISK_TONES[RiskState(self.state)]
