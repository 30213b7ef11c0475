"""Metrics that people report because no module measures them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.metrics.choices import (
    DefinitionState,
    Direction,
    Periodicity,
    PeriodKind,
    Timing,
)
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class MetricDefinition(models.Model):
    """A metric whose values a department reports with evidence (人工填报指标).

    ``code`` is ``manual.`` and a number; it stands beside the codes that modules declare.
    """

    code = models.CharField("指标代码", max_length=80, unique=True)
    title = models.CharField("指标名称", max_length=60)
    unit = models.CharField("单位", max_length=20)
    formula = models.CharField("计算方法", max_length=500)
    source = models.CharField("数据来源", max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="适用地区", related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="责任部门", related_name="+"
    )
    timing = models.CharField(
        "数据性质", max_length=6, choices=Timing.choices, default=Timing.STOCK
    )
    period_kind = models.CharField(
        "统计期", max_length=10, choices=PeriodKind.choices, default=PeriodKind.YEAR
    )
    direction = models.CharField(
        "指标方向", max_length=8, choices=Direction.choices, default=Direction.RISING
    )
    periodicity = models.CharField(
        "更新频率", max_length=10, choices=Periodicity.choices, default=Periodicity.YEARLY
    )
    decimals = models.PositiveSmallIntegerField("小数位数", default=0)
    public = models.BooleanField("向社会公开", default=False)
    state = models.CharField(
        "状态", max_length=8, choices=DefinitionState.choices, default=DefinitionState.ACTIVE
    )
    retired_reason = models.CharField("停用理由", max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("设立时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "人工填报指标"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "title"],
                condition=Q(state=DefinitionState.ACTIVE),
                name="definition_title_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DefinitionState.values), name="definition_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DefinitionState.RETIRED) | ~Q(retired_reason=""),
                name="definition_retired_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(code__startswith="manual."), name="definition_code_is_manual"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("metrics:metric_detail", kwargs={"code": self.code})
