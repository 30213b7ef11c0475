"""Services that go with matching: contract templates, policy matching, reports (增值服务)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.exchange.choices import ValueAddedCategory
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ValueAddedService(models.Model):
    """A service beyond search and recommendation, with where it is used (增值服务).

    Basis: 精准化产教融合信息发布、检索、推荐和相关增值服务. ``address`` is a path of this site or
    a public address of the provider; ``provider`` None is the platform itself.
    """

    name = models.CharField("名称", max_length=60)
    category = models.CharField("类别", max_length=10, choices=ValueAddedCategory.choices)
    summary = models.CharField("说明", max_length=300)
    fee = models.CharField("收费", max_length=60, default="免费")
    for_small = models.BooleanField("面向中小微企业", default=False)
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="value_added_services",
        verbose_name="提供单位",
    )
    address = models.CharField("使用地址", max_length=300)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("登记时间")
    closed_at = models.DateTimeField("停止时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "增值服务"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="value_added_service_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ValueAddedUse(models.Model):
    """How often an organisation used a service on one day (使用次数); no person is kept."""

    service = models.ForeignKey(ValueAddedService, on_delete=models.CASCADE, related_name="uses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    used_on = models.DateField("日期")
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = "增值服务使用"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "organisation", "used_on"],
                nulls_distinct=False,
                name="value_added_use_of_a_day_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.used_on} {self.times}"
