"""Checks on service organisations: planned, found, corrected, published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.conduct import (
    CHECK_TONES,
    FINDING_TONES,
    CheckKind,
    CheckState,
    ConductMatter,
    Finding,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ConductCheck(models.Model):
    """One check on a service organisation (规范运作检查); closed ones are public."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="服务组织",
        related_name="conduct_checks",
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    kind = models.CharField("类别", max_length=12, choices=CheckKind.choices)
    state = models.CharField(
        "状态", max_length=10, choices=CheckState.choices, default=CheckState.PLANNED
    )
    due_on = models.DateField("计划检查日")
    checked_on = models.DateField("检查日", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correct_by = models.DateField("整改期限", null=True, blank=True)
    opinion = models.CharField("意见", max_length=500, blank=True)
    closed_on = models.DateField("办结并公开日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "规范运作检查"
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CheckState.values), name="conduct_check_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.PLANNED)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="conduct_check_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CheckState.CORRECTING, CheckState.HANDED_IN])
                | Q(correct_by__isnull=False),
                name="conduct_check_correction_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CheckState.CLOSED) | Q(closed_on__isnull=False),
                name="conduct_check_closed_has_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=~Q(state=CheckState.CLOSED),
                name="conduct_check_one_open_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="conduct_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation.display_name} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:conduct_detail", kwargs={"check_id": self.pk})

    @property
    def tone(self) -> str:
        return CHECK_TONES[CheckState(self.state)]


class ConductPoint(models.Model):
    """One matter of a check: what was found and how it was corrected (检查事项结果)."""

    check_row = models.ForeignKey(ConductCheck, on_delete=models.CASCADE, related_name="points")
    matter = models.CharField("事项", max_length=16, choices=ConductMatter.choices)
    finding = models.CharField("结果", max_length=14, choices=Finding.choices)
    words = models.CharField("发现的问题", max_length=300, blank=True)
    correction = models.CharField("整改情况", max_length=500, blank=True)
    corrected_on = models.DateField("整改日", null=True, blank=True)

    class Meta:
        verbose_name = "检查事项结果"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_row", "matter"], name="conduct_point_once"),
            models.CheckConstraint(
                condition=~Q(finding=Finding.FAILED) | ~Q(words=""),
                name="conduct_point_failed_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.get_matter_display()

    @property
    def division_id(self) -> str:
        return self.check_row.division_id

    @property
    def tone(self) -> str:
        return FINDING_TONES[Finding(self.finding)]

    @property
    def is_failed(self) -> bool:
        return self.finding == Finding.FAILED
