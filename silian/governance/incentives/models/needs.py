"""What enterprises and schools want to have financed, and who may see it."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import TONES, NeedState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class FinancingNeed(models.Model):
    """Money that an enterprise or school looks for (融资需求).

    ``total`` and ``gap`` are those of the project's fund plan on ``figures_on``; they stay as
    they were, so that an answer can be read against what the provider saw.
    """

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="申请单位"
    )
    project = models.ForeignKey(
        IntegrationProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="financing_needs",
        verbose_name="关联项目",
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="所在地区"
    )
    title = models.CharField("需求名称", max_length=120)
    amount = models.DecimalField("融资金额", max_digits=15, decimal_places=2)
    months = models.PositiveSmallIntegerField("融资期限（月）", null=True, blank=True)
    use = models.TextField("资金用途", max_length=1000)
    kinds = ArrayField(
        models.CharField(max_length=16), default=list, blank=True, verbose_name="可接受的品种"
    )
    total = models.DecimalField(
        "项目总投资", max_digits=15, decimal_places=2, null=True, blank=True
    )
    gap = models.DecimalField(
        "项目资金缺口", max_digits=15, decimal_places=2, null=True, blank=True
    )
    figures_on = models.DateField("项目数据日", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=NeedState.choices, default=NeedState.DRAFT
    )
    close_reason = models.CharField("关闭原因", max_length=200, blank=True)
    opened_on = models.DateField("发布日", null=True, blank=True)
    written_at = models.DateTimeField("填写时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "融资需求"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NeedState.values), name="financing_need_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="financing_need_positive"),
            models.CheckConstraint(
                condition=~Q(state=NeedState.CLOSED) | ~Q(close_reason=""),
                name="financing_need_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=NeedState.OPEN) | Q(opened_on__isnull=False),
                name="financing_need_open_has_day",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="financing_need_by_place")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:finance_need", kwargs={"need_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state]


class NeedConsentQuerySet(models.QuerySet["NeedConsent"]):
    def given(self, *, on: datetime.date) -> NeedConsentQuerySet:
        """Consents that hold on a day."""
        return self.filter(withdrawn_at__isnull=True, until__gte=on)


class NeedConsent(models.Model):
    """The owner's consent that providers see a need (融资需求展示授权).

    Without ``providers`` it is for every verified provider. A withdrawal hides the need at once;
    the row stays as the record of who could see what until when.
    """

    need = models.ForeignKey(FinancingNeed, on_delete=models.PROTECT, related_name="consents")
    providers = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name="可查看的机构"
    )
    for_all = models.BooleanField("所有已核验金融机构", default=True)
    until = models.DateField("授权最后一天")
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="授权人"
    )
    given_at = models.DateTimeField("授权时间")
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = NeedConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "融资需求展示授权"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(withdrawn_at__isnull=True),
                name="need_consent_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.given_at:%Y-%m-%d}"
