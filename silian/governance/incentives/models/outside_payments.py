"""Subsidies that were paid outside the platform, as labour offices report them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import yuan_field
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.outside_payments import OutsideKind, SkillLevel
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class OutsideImport(models.Model):
    """One list that was brought in, with what became of its lines (导入批次)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    file_name = models.CharField("文件名", max_length=200)
    lines = models.PositiveIntegerField("行数")
    added = models.PositiveIntegerField("新增")
    known = models.PositiveIntegerField("已有")
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入单位"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    made_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "补贴发放记录导入"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lines=F("added") + F("known")), name="outside_import_loses_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class OutsidePaymentQuerySet(models.QuerySet["OutsidePayment"]):
    def standing(self) -> OutsidePaymentQuerySet:
        """Payments that were not withdrawn (有效记录)."""
        return self.filter(withdrawn_at__isnull=True)


class OutsidePayment(models.Model):
    """One subsidy that somebody received elsewhere (其他渠道补贴发放记录).

    A row is never edited: a wrong one is withdrawn with its reason and entered anew. The identity
    number is encrypted; ``id_number_index`` finds it, ``content_key`` tells repeats. When the time
    of keeping ends, name and number are emptied.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    name = models.CharField("姓名", max_length=60, blank=True)
    id_number_cipher = models.TextField("证件号密文", blank=True, editable=False)
    id_number_index = models.CharField("证件号盲索引", max_length=64, blank=True, editable=False)
    id_number_mask = models.CharField("证件号", max_length=18, blank=True)
    kind = models.CharField("补贴类别", max_length=10, choices=OutsideKind.choices)
    occupation = models.CharField("职业编码", max_length=20, blank=True)
    level = models.CharField("技能等级", max_length=10, choices=SkillLevel.choices, blank=True)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    amount = yuan_field("金额")
    authority = models.CharField("发放单位", max_length=80)
    source = models.CharField("来源文件", max_length=120)
    paid_on = models.DateField("发放日")
    content_key = models.CharField("内容标识", max_length=64, editable=False)
    batch = models.ForeignKey(
        OutsideImport, on_delete=models.PROTECT, null=True, blank=True, related_name="payments",
        verbose_name="导入批次",
    )  # fmt: skip
    line = models.PositiveIntegerField("行号", null=True, blank=True)
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="登记单位"
    )
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="撤销人",
    )  # fmt: skip
    reason = models.CharField("撤销理由", max_length=200, blank=True)
    forgotten_on = models.DateField("清除个人信息日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = OutsidePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "其他渠道补贴发放记录"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OutsideKind.values), name="outside_payment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=SkillLevel.values),
                name="outside_payment_level_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="outside_payment_period_ordered"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="outside_payment_positive"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""),
                name="outside_payment_withdrawn_for_reason",
            ),
            models.CheckConstraint(
                condition=(Q(forgotten_on__isnull=True) & ~Q(name="") & ~Q(id_number_index=""))
                | Q(forgotten_on__isnull=False, name="", id_number_cipher="", id_number_index=""),
                name="outside_payment_forgotten_is_empty",
            ),
            models.UniqueConstraint(
                fields=["division", "content_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="outside_payment_once",
            ),
        ]
        indexes = [
            models.Index(fields=["id_number_index"], name="outside_payment_by_person"),
            models.Index(fields=["division", "paid_on"], name="outside_payment_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name or '（已清除）'} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:outside_payment", kwargs={"payment_id": self.pk})

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
