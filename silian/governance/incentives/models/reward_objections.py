"""Objections to a list of rewards on notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.rewards import ObjectionEffect
from silian.governance.incentives.models.objections import NoticedObjection
from silian.governance.incentives.models.reward_decisions import RewardCandidate, RewardDecision
from silian.registers.accounts.models import User

TONES = {ObjectionState.OPEN: "watch", ObjectionState.UPHELD: "late"}


class RewardObjection(NoticedObjection):
    """What anybody says against a list on notice (奖励公示异议), found again by its code.

    Without ``candidate`` it is about the whole list. The code is kept as its digest only.
    """

    decision = models.ForeignKey(
        RewardDecision, on_delete=models.PROTECT, related_name="objections"
    )
    candidate = models.ForeignKey(
        RewardCandidate, on_delete=models.SET_NULL, null=True, blank=True, related_name="objections"
    )
    about = models.CharField("异议对象", max_length=200)
    code = models.CharField("查询码", max_length=20, unique=True, editable=False)
    due_on = models.DateField("答复期限", null=True, blank=True)
    taken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField("承办时间", null=True, blank=True)
    effect = models.CharField("处理", max_length=16, choices=ObjectionEffect.choices, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖励公示异议"
        ordering = ["decision", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN)
                | (~Q(answer="") & Q(answered_at__isnull=False, taken_by__isnull=False)),
                name="reward_objection_answered",
            ),
            models.CheckConstraint(
                condition=Q(effect="") | Q(state=ObjectionState.UPHELD),
                name="reward_objection_effect_when_right",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="reward_objection_by_day")]

    def __str__(self) -> str:
        return f"{self.about} {self.raised_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:reward_objection", kwargs={"objection_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES.get(ObjectionState(self.state), "info")

    @property
    def division_id(self) -> str:
        return self.decision.division_id
