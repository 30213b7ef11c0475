"""Proceedings to take a recognition away: proposed by one, heard, decided by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.reviews.choices.recognitions import OPEN_REMOVALS, RemovalState
from silian.casework.reviews.models.recognitions import Recognition, RecognitionAct
from silian.registers.accounts.models import User

TONES = {"suggested": "watch", "noticed": "watch", "replied": "watch", "upheld": "late"}


class Removal(models.Model):
    """A proceeding to take a recognition away (取消认定程序); the holder is heard before.

    ``years`` are the years of missed duties on which the platform based its suggestion. Without
    ``proposed_by`` nobody has taken the suggestion up yet.
    """

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="removals")
    state = models.CharField("状态", max_length=10, choices=RemovalState.choices)
    exit_code = models.CharField("取消情形", max_length=40)
    facts = models.TextField("事实与理由", max_length=3000)
    basis = models.CharField("依据", max_length=300, blank=True)
    years = models.JSONField("未完成年度", default=list, blank=True)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间")
    noticed_at = models.DateTimeField("告知时间", null=True, blank=True)
    reply_by = models.DateField("陈述期限", null=True, blank=True)
    reply = models.TextField("陈述申辩", max_length=3000, blank=True)
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField("陈述时间", null=True, blank=True)
    decision = models.TextField("决定理由", max_length=3000, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    act = models.OneToOneField(
        RecognitionAct, on_delete=models.PROTECT, null=True, blank=True, related_name="removal"
    )

    class Meta:
        verbose_name = "取消认定程序"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recognition"],
                condition=Q(state__in=sorted(OPEN_REMOVALS)),
                name="removal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RemovalState.values), name="removal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RemovalState.SUGGESTED, RemovalState.DROPPED])
                | Q(noticed_at__isnull=False, reply_by__isnull=False, proposed_by__isnull=False),
                name="removal_heard_after_notice",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="removal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=RemovalState.UPHELD, act__isnull=False)
                | (~Q(state=RemovalState.UPHELD) & Q(act__isnull=True)),
                name="removal_upheld_has_act",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN_REMOVALS))
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="removal_decided_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recognition} 取消程序"

    def get_absolute_url(self) -> str:
        return reverse("reviews:removal_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(self.state, "unset")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REMOVALS
