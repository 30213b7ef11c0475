"""Financial products that providers publish, and every edition of each."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.governance.incentives.choices.finance import (
    RECORD_OF,
    TONES,
    FinanceKind,
    ProductState,
    RecordKind,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class FinanceProductQuerySet(models.QuerySet["FinanceProduct"]):
    def offered(self, *, on: datetime.date) -> FinanceProductQuerySet:
        """Published and in their term."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
        return self.filter(lasting, state=ProductState.PUBLISHED, valid_from__lte=on)


class FinanceProduct(models.Model):
    """A loan, guarantee, bond or fund that a provider offers (金融产品).

    Amounts are yuan, rates percent a year, ``valid_until`` is exclusive. The arrays and flags
    are the conditions that the platform checks; empty asks nothing. ``other_conditions`` are
    judged by the provider.
    """

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="金融机构"
    )
    kind = models.CharField("类别", max_length=16, choices=FinanceKind.choices)
    name = models.CharField("产品名称", max_length=80)
    purpose = models.CharField("适用范围", max_length=300)
    amount_from = models.DecimalField(
        "最低额度", max_digits=15, decimal_places=2, null=True, blank=True
    )
    amount_to = models.DecimalField(
        "最高额度", max_digits=15, decimal_places=2, null=True, blank=True
    )
    months_from = models.PositiveSmallIntegerField("最短期限（月）", null=True, blank=True)
    months_to = models.PositiveSmallIntegerField("最长期限（月）", null=True, blank=True)
    rate_from = models.DecimalField(
        "最低年利率（%）", max_digits=6, decimal_places=3, null=True, blank=True
    )
    rate_to = models.DecimalField(
        "最高年利率（%）", max_digits=6, decimal_places=3, null=True, blank=True
    )
    regions = ArrayField(
        models.CharField(max_length=6), default=list, blank=True, verbose_name="服务地区"
    )
    owner_kinds = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, verbose_name="申请单位类别"
    )
    sizes = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, verbose_name="企业规模"
    )
    project_kinds = ArrayField(
        models.CharField(max_length=18), default=list, blank=True, verbose_name="建设类别"
    )
    needs_project = models.BooleanField("须为产教融合项目", default=False)
    needs_library = models.BooleanField("须已入项目库", default=False)
    recognition = models.CharField("须持有的认定", max_length=60, blank=True)
    clean_credit = models.BooleanField("须无失信记录", default=False)
    other_conditions = models.TextField("机构审核的其他条件", max_length=1000, blank=True)
    documents = models.TextField("申请材料", max_length=1000, blank=True)
    contact = models.CharField("联系方式", max_length=80, blank=True)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ProductState.choices, default=ProductState.DRAFT
    )
    edition = models.PositiveSmallIntegerField("现行版本", default=0)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = FinanceProductQuerySet.as_manager()

    class Meta:
        verbose_name = "金融产品"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProductState.values), name="finance_product_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProductState.PUBLISHED)
                | Q(published_at__isnull=False, edition__gt=0),
                name="finance_product_published_has_edition",
            ),
            models.CheckConstraint(
                condition=Q(amount_from__isnull=True)
                | Q(amount_to__isnull=True)
                | Q(amount_to__gte=F("amount_from")),
                name="finance_product_amounts_ordered",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="finance_product_term_ordered",
            ),
            models.UniqueConstraint(
                fields=["provider", "name"], name="finance_product_name_once_a_provider"
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="finance_product_by_kind")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentives:finance_product", kwargs={"product_id": self.pk})

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def record_kind(self) -> RecordKind:
        """Under which kind its money is counted."""
        return RECORD_OF[FinanceKind(self.kind)]

    @property
    def last_day(self) -> datetime.date | None:
        return self.valid_until - datetime.timedelta(days=1) if self.valid_until else None


class ProductEdition(models.Model):
    """What a product said when it was published; never changed (金融产品版本)."""

    product = models.ForeignKey(FinanceProduct, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("版本")
    content = models.JSONField("产品内容")
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间")
    withdrawn_at = models.DateTimeField("下架时间", null=True, blank=True)
    withdraw_reason = models.CharField("下架原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "金融产品版本"
        ordering = ["product", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="product_edition_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdraw_reason=""),
                name="product_edition_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} 第 {self.number} 版"
