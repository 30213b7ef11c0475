"""How supervision is scored: dated schemes entered by officials, and sheets once fixed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User


def points(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=5, decimal_places=2)


class ScoreScheme(models.Model):
    """The weights of one jurisdiction from a day on (督查评分办法).

    No policy sets them (open parameter P13), so nothing is presumed: until a coordinator enters a
    version, scores read 未设定. A version is never changed; a new one follows it.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    version = models.PositiveSmallIntegerField("版次")
    basis = models.CharField("依据", max_length=200)
    on_time = points("按期办结权重")
    evidence = points("佐证齐全权重")
    conduct = points("督办整改权重")
    notice_points = points("提示每条扣分")
    general_points = points("一般问题每条扣分")
    serious_points = points("严重问题每条扣分")
    return_points = points("整改退回每次扣分")
    overdue_points = points("逾期答复每条扣分")
    valid_from = models.DateField("启用日")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "督查评分办法"
        ordering = ["division", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["division", "version"], name="score_scheme_once"),
            models.CheckConstraint(
                condition=Q(on_time=100 - F("evidence") - F("conduct")),
                name="score_scheme_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    on_time__gte=0,
                    evidence__gte=0,
                    conduct__gte=0,
                    notice_points__gte=0,
                    general_points__gte=0,
                    serious_points__gte=0,
                    return_points__gte=0,
                    overdue_points__gte=0,
                ),
                name="score_scheme_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"督查评分办法第 {self.version} 版"


class ScoreSheet(models.Model):
    """Scores of a period, fixed for the performance review and never changed (督查评分表)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    scheme = models.ForeignKey(ScoreScheme, on_delete=models.PROTECT, related_name="sheets")
    starts_on = models.DateField("期初")
    ends_on = models.DateField("期末")
    fixed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField("固定时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "督查评分表"
        ordering = ["-fixed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="score_sheet_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} 至 {self.ends_on} 督查评分"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:score_sheet", kwargs={"sheet_id": self.pk})


class ScoreRow(models.Model):
    """One department or county on a fixed sheet, with every line of the reckoning (评分行)."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField("类别", max_length=10)
    key = models.CharField("对象编号", max_length=12)
    name = models.CharField("单位或县区", max_length=80)
    total = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, blank=True)
    lines = models.JSONField("逐项说明", default=list)

    class Meta:
        verbose_name = "督查评分行"
        ordering = ["sheet", "kind", F("total").desc(nulls_last=True), "name"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind", "key"], name="score_row_once"),
        ]

    def __str__(self) -> str:
        return self.name
