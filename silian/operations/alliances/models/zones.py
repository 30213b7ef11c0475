"""Industrial zones of the region (产业集聚区)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry
from silian.operations.alliances.choices.pairings import ZoneLevel
from silian.registers.organisations.models import Organisation


class ZoneQuerySet(models.QuerySet["IndustrialZone"]):
    def open(self, *, on: datetime.date) -> ZoneQuerySet:
        """Zones that stood on the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), founded_on__lte=on)


class IndustrialZone(models.Model):
    """An industrial cluster that is to have partner schools (产业集聚区).

    Basis: 004 二（二）, N55.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    name = models.CharField("名称", max_length=80)
    level = models.CharField("级别", max_length=12, choices=ZoneLevel.choices, blank=True)
    committee = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="管理机构",
        related_name="zones",
    )
    industries = models.ManyToManyField(
        Industry, blank=True, verbose_name="主导产业", related_name="+"
    )
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    founded_on = models.DateField("设立日")
    closed_on = models.DateField("撤销日（不含）", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = "产业集聚区"
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(closed_on__isnull=True),
                name="industrial_zone_name_once",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="industrial_zone_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("founded_on")),
                name="industrial_zone_life_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:zone_detail", kwargs={"zone_id": self.pk})
