"""Simulations that were saved, and the drafts made from them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.rules.words import with_separators
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Scenario(models.Model):
    """A rule with one number changed, and what that does to a region's enterprises (模拟方案).

    ``outcome`` is frozen: totals before and after, and lines by county and by size. Amounts stand
    in it as decimal texts.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="测算地区"
    )
    title = models.CharField("名称", max_length=60)
    place = models.CharField("规则所属地区", max_length=6)
    rule = models.CharField("规则", max_length=30)
    result = models.CharField("测算结果", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    parameter = models.CharField("参数", max_length=60)
    key = models.CharField("档次", max_length=40, blank=True)
    parameter_title = models.CharField("参数名称", max_length=120)
    unit = models.CharField("单位", max_length=30, blank=True)
    before = models.CharField("现行值", max_length=40)
    after = models.CharField("模拟值", max_length=40)
    rule_version = models.CharField("规则版本", max_length=12)
    outcome = models.JSONField("测算结果明细")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "模拟方案"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="scenario_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def before_words(self) -> str:
        return with_separators(self.before)

    @property
    def after_words(self) -> str:
        return with_separators(self.after)

    def get_absolute_url(self) -> str:
        return reverse("incentives:scenario_detail", kwargs={"scenario_id": self.pk})


class DraftProvision(models.Model):
    """A dated sentence for a rulebook, proposed from a simulation (规定草案).

    It is no rule: the clause stays empty until a document says it, and nothing in force changes.
    """

    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="drafts", verbose_name="模拟方案"
    )
    document = models.CharField("拟写入的文件", max_length=120)
    valid_from = models.DateField("拟施行日")
    review_by = models.DateField("复核期限")
    note = models.CharField("说明", max_length=300, blank=True)
    text = models.TextField("规则库文本")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    made_at = models.DateTimeField("拟稿时间")

    class Meta:
        verbose_name = "规定草案"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__gt=F("valid_from")), name="draft_provision_reviewed_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.valid_from:%Y-%m-%d}"
