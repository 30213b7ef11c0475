"""Shared data sets: the register, their fields and editions, requests, and who read what."""

from __future__ import annotations

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.exchange.choices import (
    DataFieldType,
    DataReadingKind,
    DataRequestState,
    Sensitivity,
    SharingTerms,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class DataSet(models.Model):
    """A registered data set with its owner and terms (共享数据集).

    ``region_note`` names regions beyond the division, such as 晋陕豫黄河金三角.
    """

    title = models.CharField("名称", max_length=80)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="data_sets", verbose_name="提供单位"
    )
    description = models.TextField("内容说明", max_length=2000)
    source_system = models.CharField("来源系统", max_length=80)
    provenance = models.CharField("数据来历", max_length=300)
    terms = models.CharField("共享属性", max_length=12, choices=SharingTerms.choices)
    terms_note = models.CharField("共享条件或依据", max_length=300, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="覆盖区划"
    )
    region_note = models.CharField("跨区域范围", max_length=120, blank=True)
    refresh_days = models.PositiveIntegerField("更新周期（天）", validators=[MinValueValidator(1)])
    refreshed_on = models.DateField("最近更新日", null=True, blank=True)
    withdrawn_at = models.DateTimeField("停止共享时间", null=True, blank=True)
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "共享数据集"
        constraints = [
            models.UniqueConstraint(fields=["owner", "title"], name="data_set_title_once"),
            models.CheckConstraint(
                condition=Q(terms=SharingTerms.OPEN) | ~Q(terms_note=""),
                name="data_set_terms_explained",
            ),
        ]
        indexes = [models.Index(fields=["terms", "title"], name="data_set_by_terms")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:data_set_detail", kwargs={"data_set_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the terms."""
        tones = {SharingTerms.OPEN: "ok", SharingTerms.CONDITIONAL: "info"}
        return tones.get(SharingTerms(self.terms), "unset")

    @property
    def due_on(self) -> datetime.date | None:
        """The day by which the next edition is due; none before the first."""
        if self.refreshed_on is None:
            return None
        return self.refreshed_on + datetime.timedelta(days=self.refresh_days)


class DataField(models.Model):
    """One column of a data set (数据项)."""

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="fields")
    place = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("名称", max_length=40)
    type = models.CharField("类型", max_length=8, choices=DataFieldType.choices)
    sensitivity = models.CharField("敏感程度", max_length=8, choices=Sensitivity.choices)
    unit = models.CharField("单位", max_length=20, blank=True)
    required = models.BooleanField("必填", default=True)
    is_key = models.BooleanField("关联项", default=False)

    class Meta:
        verbose_name = "数据项"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["data_set", "name"], name="data_field_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DataEdition(models.Model):
    """One delivery of all rows, never changed (数据版本); ``rows`` hold text cell by cell."""

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField("版次")
    sha256 = models.CharField("校验值", max_length=64)
    row_count = models.PositiveIntegerField("行数")
    rows = models.JSONField("数据行")
    source = models.CharField("来源文件或接口", max_length=160)
    as_of = models.DateField("数据截至日")
    stored_at = models.DateTimeField("入库时间")
    stored_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "数据版本"
        constraints = [
            models.UniqueConstraint(fields=["data_set", "number"], name="data_edition_number"),
            models.UniqueConstraint(fields=["data_set", "sha256"], name="data_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.data_set_id} 第 {self.number} 版"


class DataRequest(models.Model):
    """Another department asks to read a conditional data set (共享申请)."""

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="requests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="data_requests"
    )
    purpose = models.TextField("用途", max_length=1000)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=DataRequestState.choices,
        default=DataRequestState.WAITING,
    )
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField("应答复时间")
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("答复理由", max_length=300, blank=True)
    ends_on = models.DateField("使用期限（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "数据共享申请"
        constraints = [
            models.UniqueConstraint(
                fields=["data_set", "organisation"],
                condition=Q(state="waiting"),
                name="data_request_waiting_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DataRequestState.REFUSED) | ~Q(reason=""),
                name="data_request_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DataRequestState.APPROVED) | Q(ends_on__isnull=False),
                name="data_request_approved_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.data_set_id}"

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {DataRequestState.WAITING: "watch", DataRequestState.APPROVED: "ok"}
        return tones.get(DataRequestState(self.state), "unset")


class DataReading(models.Model):
    """Who read which edition, when, what for, and how many rows (读取记录)."""

    edition = models.ForeignKey(DataEdition, on_delete=models.CASCADE, related_name="readings")
    kind = models.CharField("方式", max_length=8, choices=DataReadingKind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField("用途", max_length=300)
    row_count = models.PositiveIntegerField("行数")
    read_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "数据读取记录"
        indexes = [models.Index(fields=["edition", "-read_at"], name="data_reading_newest")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.read_at:%Y-%m-%d %H:%M}"
