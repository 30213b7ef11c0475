"""Batches: one call of a scheme, with its days, quota and offices."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.models.schemes import SchemeVersion
from silian.casework.reviews.rules.definition import Definition, Values
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Campaign(models.Model):
    """One batch (批次) of a scheme: who may apply from when to when, and how many are wanted.

    Applications are taken in ``[opens_on, closes_on)``. ``overrides`` are the region's own values
    of parameters with reason and basis. ``draw_seed`` is published before experts are drawn.
    ``last_number`` is locked with the row while a dossier takes its number, so there are no gaps.
    """

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="campaigns")
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="组织单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("批次")
    title = models.CharField("名称", max_length=120)
    state = models.CharField(
        "状态", max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    opens_on = models.DateField("申报开始")
    closes_on = models.DateField("申报截止（不含）")
    quota = models.PositiveIntegerField("名额", null=True, blank=True)
    overrides = models.JSONField("地区调整", default=dict, blank=True)
    notice_text = models.TextField("申报通知", max_length=5000, blank=True)
    contact = models.CharField("咨询方式", max_length=200, blank=True)
    last_number = models.PositiveIntegerField("末号", default=0, editable=False)
    draw_seed = models.CharField("抽取种子", max_length=80, blank=True)
    announced_at = models.DateTimeField("发布时间", null=True, blank=True)
    concluded_at = models.DateTimeField("公布时间", null=True, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=300, blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "认定批次"
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "division", "year", "number"], name="campaign_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CampaignState.values), name="campaign_state_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="campaign_period_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(state=CampaignState.CANCELLED) | ~Q(cancel_reason=""),
                name="campaign_cancelled_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="campaign_by_division")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:campaign_detail", args=[self.pk])

    @property
    def content(self) -> Definition:
        return self.version.content

    @cached_property
    def values(self) -> Values:
        """The numbers that hold in this batch."""
        return Values(definition=self.content, overrides=self.overrides)


class CampaignOffice(models.Model):
    """Which department speaks at one level for the applicants of one division (审核单位)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="offices")
    level = models.CharField("层级", max_length=30)
    department = models.CharField("职能", max_length=40)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )

    class Meta:
        verbose_name = "审核单位"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "level", "department", "division"], name="campaign_office_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.level} {self.organisation_id}"
