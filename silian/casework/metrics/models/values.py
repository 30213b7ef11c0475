"""The values of metrics, with everything that tells where they come from."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.metrics.choices import Origin, PeriodKind
from silian.casework.metrics.rules.periods import period_name
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class MetricValueQuerySet(models.QuerySet["MetricValue"]):
    def current(self) -> MetricValueQuerySet:
        """The values that hold today; earlier ones of the same period are left out."""
        return self.filter(superseded_at__isnull=True)

    def of(self, *, code: str, division: str, kind: str) -> MetricValueQuerySet:
        return self.filter(metric_code=code, division_id=division, period_kind=kind)


class MetricValue(models.Model):
    """One value of a metric for a division and a period (指标数值).

    ``value`` is null when there was nothing to divide. Percentages are kept in percent. Of one
    division and period the one without ``superseded_at`` holds; a correction of a period that
    was over keeps the value before it as ``supersedes``.
    """

    metric_code = models.CharField("指标代码", max_length=80)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    period_kind = models.CharField("统计期", max_length=10, choices=PeriodKind.choices)
    period_start = models.DateField("期初")
    period_end = models.DateField("期末（不含）")
    as_of = models.DateField("数据截至日")
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True)
    numerator = models.DecimalField("分子", max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField("分母", max_digits=20, decimal_places=4, null=True)
    row_count = models.PositiveIntegerField("明细行数", null=True)
    origin = models.CharField(
        "数据来源", max_length=10, choices=Origin.choices, default=Origin.COMPUTED
    )
    formula_version = models.PositiveSmallIntegerField("算法版本", default=1)
    formula_hash = models.CharField("算法校验码", max_length=16, blank=True)
    computed_at = models.DateTimeField("得出时间")
    checked_at = models.DateTimeField("最近核算时间")
    author = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="填报人",
        related_name="+",
    )
    author_name = models.CharField("填报人姓名", max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="填报单位",
        related_name="+",
    )
    reason = models.CharField("说明", max_length=500, blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="更正自",
        related_name="successor",
    )
    superseded_at = models.DateTimeField("被更正时间", null=True, blank=True)

    objects = MetricValueQuerySet.as_manager()

    class Meta:
        verbose_name = "指标数值"
        constraints = [
            models.UniqueConstraint(
                fields=["metric_code", "division", "period_kind", "period_start"],
                condition=Q(superseded_at__isnull=True),
                name="metric_value_current_once",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="metric_value_period_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.MANUAL) | ~Q(author_name=""),
                name="metric_value_manual_has_author",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.MANUAL) | Q(supersedes__isnull=True) | ~Q(reason=""),
                name="metric_value_correction_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["division", "metric_code", "period_kind", "-period_start"],
                name="metric_value_newest",
                condition=Q(superseded_at__isnull=True),
            ),
            models.Index(
                fields=["metric_code", "period_kind", "period_start"],
                name="metric_value_across",
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric_code} {self.division_id} {self.period_name}"

    def get_absolute_url(self) -> str:
        return reverse("metrics:value_detail", kwargs={"value_id": self.pk})

    @property
    def period_name(self) -> str:
        """How documents write the period."""
        return period_name(self.period_start, kind=PeriodKind(self.period_kind))

    @property
    def is_manual(self) -> bool:
        return self.origin == Origin.MANUAL

    @property
    def cases(self) -> Decimal | None:
        """How many cases the value rests on: the denominator of a ratio, else the value."""
        return self.denominator if self.denominator is not None else self.value
