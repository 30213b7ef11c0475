"""Yearly re-checks: today's facts against those with which a status was given."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.reviews.choices.recognitions import RecheckState
from silian.casework.reviews.models.recognitions import Duty, Recognition
from silian.registers.accounts.models import User


class Recheck(models.Model):
    """What the platform found for a year, and what an official made of it (年度复核).

    ``lines`` are the items whose value, points or fulfilment differ from the frozen ones.
    """

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="rechecks")
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="recheck"
    )
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状态", max_length=8, choices=RecheckState.choices, default=RecheckState.OPEN
    )
    points_before = models.DecimalField("认定时得分", max_digits=7, decimal_places=2, null=True)
    points_now = models.DecimalField("复核得分", max_digits=7, decimal_places=2, null=True)
    is_met = models.BooleanField("条件仍满足", null=True, blank=True)
    lines = models.JSONField("变化", default=list, blank=True)
    made_at = models.DateTimeField("计算时间")
    note = models.TextField("复核意见", max_length=2000, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "年度复核"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recognition", "year"], name="recheck_once_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=RecheckState.values), name="recheck_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RecheckState.OPEN)
                | (~Q(note="") & Q(confirmed_by__isnull=False, confirmed_at__isnull=False)),
                name="recheck_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recognition} {self.year} 年复核"

    def get_absolute_url(self) -> str:
        return reverse("reviews:recheck_detail", args=[self.pk])
