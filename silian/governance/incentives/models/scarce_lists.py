"""Catalogues of scarce occupations, each with its year and the rate by which subsidies rise."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ScarceListQuerySet(models.QuerySet["ScarceList"]):
    def in_force(self, *, on: Any) -> ScarceListQuerySet:
        """Catalogues whose half-open period holds the day and that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True, valid_from__lte=on, valid_to__gt=on)


class ScarceList(models.Model):
    """One edition of a region's catalogue of scarce occupations (紧缺职业（工种）目录).

    ``rate`` is by how many per cent the subsidy of 高级工 and above rises; None is 未设定, and
    then nothing rises. A row is never edited: a wrong one is withdrawn and published anew, and a
    claim keeps the edition by which it was computed.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    title = models.CharField("目录名称", max_length=120)
    codes = ArrayField(models.CharField(max_length=20), verbose_name="职业编码")
    rate = models.DecimalField("上浮比例", max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField("文号", max_length=80)
    place = models.CharField("条款", max_length=80)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止（不含）")
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="登记单位"
    )
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    reason = models.CharField("撤销理由", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = ScarceListQuerySet.as_manager()

    class Meta:
        verbose_name = "紧缺职业目录"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="scarce_list_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__gte=0, rate__lte=100),
                name="scarce_list_rate_is_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""),
                name="scarce_list_withdrawn_for_reason",
            ),
        ]
        indexes = [models.Index(fields=["division", "valid_from"], name="scarce_list_by_place")]

    def __str__(self) -> str:
        return self.title
