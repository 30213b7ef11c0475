"""Programmes of a school: what it teaches, where it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division, Major
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import ProgrammeStage


class Programme(models.Model):
    """One major that one school offers (专业点)."""

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes", verbose_name="学校"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    major = models.ForeignKey(
        Major, on_delete=models.PROTECT, related_name="+", verbose_name="专业"
    )
    name = models.CharField("专业名称", max_length=120)
    years = models.DecimalField("学制", max_digits=3, decimal_places=1)
    stage = models.CharField(
        "阶段", max_length=8, choices=ProgrammeStage.choices, default=ProgrammeStage.RUNNING
    )
    opened_on = models.DateField("开办日")
    closed_on = models.DateField("撤销日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "专业点"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "major"],
                condition=~Q(stage=ProgrammeStage.CLOSED),
                name="programme_of_a_school_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="programme_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.name
