"""Restrictions on a unit because of a bad result: told, heard, decided by another, appealed."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.rewards import (
    OPEN_RESTRICTIONS,
    RESTRICTION_TONES,
    STANDING_RESTRICTIONS,
    RestrictionMeasure,
    RestrictionState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, *, on: datetime.date) -> RestrictionQuerySet:
        """Restrictions that hold on a day."""
        return self.filter(state__in=STANDING_RESTRICTIONS, starts_on__lte=on, ends_on__gt=on)


class Restriction(models.Model):
    """A restriction of one unit with its named basis and its end (约束事项).

    ``[starts_on, ends_on)`` is set by the decision; without a binding basis there is none.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="单位", related_name="+"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="办理单位", related_name="+"
    )
    measure = models.CharField("约束事项", max_length=20, choices=RestrictionMeasure.choices)
    result = models.ForeignKey(
        "incentives.EvaluationResult",
        on_delete=models.PROTECT,
        verbose_name="所依据的结果",
        related_name="restrictions",
    )
    rule = models.CharField("规定编号", max_length=60, blank=True)
    document = models.CharField("依据文件", max_length=160)
    clause = models.CharField("条款", max_length=80)
    facts = models.TextField("事实与理由", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=RestrictionState.choices, default=RestrictionState.NOTICED
    )
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="提出人", related_name="+"
    )
    noticed_at = models.DateTimeField("告知时间")
    reply_by = models.DateField("陈述期限")
    reply = models.TextField("陈述", max_length=2000, blank=True)
    replied_at = models.DateTimeField("陈述时间", null=True, blank=True)
    starts_on = models.DateField("约束起", null=True, blank=True)
    ends_on = models.DateField("约束止（不含）", null=True, blank=True)
    decision = models.TextField("决定理由", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    appeal_by = models.DateField("申诉期限", null=True, blank=True)
    appeal = models.TextField("申诉", max_length=2000, blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True, blank=True)
    answer = models.TextField("申诉处理意见", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("申诉处理时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = "约束事项"
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RestrictionState.values), name="restriction_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(clause="") & ~Q(facts=""),
                name="restriction_has_basis",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING_RESTRICTIONS)
                | (Q(starts_on__isnull=False, ends_on__gt=F("starts_on")) & ~Q(decision="")),
                name="restriction_standing_has_end",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="restriction_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("proposed_by")) & ~Q(answered_by=F("decided_by"))),
                name="restriction_appeal_by_a_third",
            ),
            models.UniqueConstraint(
                fields=["organisation", "measure"],
                condition=Q(state__in=OPEN_RESTRICTIONS),
                name="restriction_one_open",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="restriction_of_unit")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_measure_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:restriction_detail", kwargs={"restriction_id": self.pk})

    @property
    def tone(self) -> str:
        return RESTRICTION_TONES[RestrictionState(self.state)]
