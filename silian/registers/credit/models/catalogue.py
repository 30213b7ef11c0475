"""The public credit catalogue: what may be recorded at all."""

from __future__ import annotations

from django.db import models

from silian.foundation.reference.models import Division
from silian.registers.credit.choices import ItemNature, Sharing


class CreditItem(models.Model):
    """An item of the public credit catalogue (目录项).

    Basis: 河南省社会信用条例第十一条, for what an item says.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="适用地区"
    )
    code = models.CharField("目录编码", max_length=30)
    name = models.CharField("信息名称", max_length=120)
    provider = models.CharField("提供单位", max_length=120)
    nature = models.CharField("信息性质", max_length=6, choices=ItemNature.choices)
    sharing = models.CharField("共享属性", max_length=8, choices=Sharing.choices)
    coverage = models.CharField("覆盖范围", max_length=120, blank=True)
    update_cycle = models.CharField("更新周期", max_length=60, blank=True)
    basis = models.CharField("目录依据", max_length=200)
    is_open = models.BooleanField("在用", default=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "信用目录项"
        ordering = ["division", "code"]
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="credit_item_once"),
            models.CheckConstraint(
                condition=models.Q(nature__in=ItemNature.values), name="credit_item_nature_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
