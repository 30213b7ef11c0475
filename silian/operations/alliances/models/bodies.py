"""Coordinating bodies (协调机构): leading groups, joint conferences, their offices."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices import BodyKind
from silian.registers.organisations.models import Organisation


class CoordinatingBody(models.Model):
    """A leading group, joint conference, or the office of one (协调机构)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    kind = models.CharField("类别", max_length=18, choices=BodyKind.choices)
    name = models.CharField("名称", max_length=120)
    seat = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办公室所在单位",
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上级机构",
        related_name="offices",
    )
    founded_on = models.DateField("成立日")
    ended_on = models.DateField("撤销日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "协调机构"
        ordering = ["division", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:body_detail", kwargs={"body_id": self.pk})
