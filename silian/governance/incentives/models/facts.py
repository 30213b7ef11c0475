"""What an organisation says of itself for a year: who, when, in versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class StatedFactQuerySet(models.QuerySet["StatedFact"]):
    def present(self) -> StatedFactQuerySet:
        """The versions that count."""
        return self.filter(replaced_at__isnull=True)


class StatedFact(models.Model):
    """One version of a fact that an organisation stated for a year (单位自报事实).

    ``value`` is the exact text that was stated, or ``yes`` and ``no``. A correction is a new row;
    the former one keeps who said it and when, and gets ``replaced_at``.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("事实", max_length=40)
    version = models.PositiveSmallIntegerField("版本")
    value = models.CharField("内容", max_length=60)
    reason = models.CharField("更正说明", max_length=200, blank=True)
    stated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    stated_at = models.DateTimeField("填报时间")
    replaced_at = models.DateTimeField("被更正时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = StatedFactQuerySet.as_manager()

    class Meta:
        verbose_name = "单位自报事实"
        ordering = ["organisation", "year", "code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "code", "version"], name="stated_fact_version_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "code"],
                condition=Q(replaced_at__isnull=True),
                name="stated_fact_one_counts",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="stated_fact_corrected_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["year", "code"], name="stated_fact_by_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
