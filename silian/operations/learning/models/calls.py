"""Notices of a year: who reports, until when, to whom, and who is asked for an opinion."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from silian.foundation.reference.models import Division
from silian.operations.learning.choices import CallState
from silian.registers.credit.models import CorrectionCase
from silian.registers.organisations.models import Organisation


class FundCall(models.Model):
    """The notice of a year to report the training fund (经费报告通知)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    title = models.CharField("标题", max_length=120)
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="核对部门"
    )
    due_on = models.DateField("报告截止日")
    basis = models.CharField("依据", max_length=200)
    text = models.TextField("填报要求", max_length=3000, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=CallState.choices, default=CallState.DRAFT
    )
    issued_at = models.DateTimeField("下发时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "经费报告通知"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "year"], name="fund_call_once_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=CallState.values), name="fund_call_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CallState.ISSUED) | Q(issued_at__isnull=False),
                name="fund_call_issued_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)), name="fund_call_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:call_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return "ok" if self.state == CallState.ISSUED else "open"

    @property
    def year_ends_on(self) -> datetime.date:
        """The day whose rules apply to the year (报告年度末)."""
        return datetime.date(self.year, 12, 31)


class FundCallUnit(models.Model):
    """An enterprise that a notice asks to report (应报企业)."""

    call = models.ForeignKey(FundCall, on_delete=models.CASCADE, related_name="units")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="企业"
    )
    reminded_at = models.DateTimeField("最近催报", null=True, blank=True)
    case = models.ForeignKey(
        CorrectionCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责令报送",
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "应报企业"
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "organisation"], name="fund_call_unit_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_late(self) -> bool:
        """Whether the day of the notice is over and no return came (逾期未报)."""
        came = getattr(self, "submitted_at", None)
        issued = self.call.state == CallState.ISSUED
        return issued and came is None and timezone.localdate() > self.call.due_on


class ConsultedOffice(models.Model):
    """An office asked what it thinks of the returns: union, tax (征求意见部门)."""

    call = models.ForeignKey(FundCall, on_delete=models.CASCADE, related_name="consulted")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="部门"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "征求意见部门"
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "organisation"], name="consulted_office_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)
