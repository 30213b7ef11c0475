"""Kinds of agreement that officials configure, version by version, and the series of numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.casework.agreements.choices import KindVersionState
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ConfiguredKind(models.Model):
    """A kind of agreement that an authority added in the browser (自定义协议类别)."""

    label = models.CharField("名称", max_length=60)
    purpose = models.CharField("用途", max_length=300)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="适用地区"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="制定部门"
    )
    is_open = models.BooleanField("可新起草", default=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "自定义协议类别"
        constraints = [
            models.UniqueConstraint(fields=["division", "label"], name="configured_kind_named_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def code(self) -> str:
        """The code under which agreements name this kind."""
        return f"configured-{self.pk}"


class KindVersion(models.Model):
    """One version of a configured kind (类别版本); published ones never change (trigger)."""

    kind = models.ForeignKey(ConfiguredKind, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=KindVersionState.choices,
        default=KindVersionState.DRAFT,
    )
    definition = models.JSONField("定义", default=dict)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "协议类别版本"
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="kind_version_number_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="draft"), name="kind_version_draft_once"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="published"), name="kind_version_published_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=KindVersionState.values), name="kind_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="kind_version_published_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} 第 {self.number} 版"


class NumberSeries(models.Model):
    """The last number given to an agreement of a division in a year (编号序列).

    Its row is locked while a number is taken, so numbers have no gaps.
    """

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "协议编号序列"
        constraints = [
            models.UniqueConstraint(fields=["division", "year"], name="number_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.year} {self.last}"
