"""Lists of other authorities and what they say of people, kept for a stated time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.comparison_records import (
    MONTHLY,
    ComparisonKind,
    Completeness,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ComparisonListQuerySet(models.QuerySet["ComparisonList"]):
    def standing(self) -> ComparisonListQuerySet:
        """Lists that are compared: neither withdrawn nor past their time (有效名单)."""
        return self.filter(withdrawn_at__isnull=True, deleted_on__isnull=True)


class ComparisonList(models.Model):
    """One list as an authority gave it on a day (外部比对名单).

    ``as_of`` is the day whose state it shows. Months are half-open, ``[covers_from,
    covers_until)``. ``kept_until`` is the first day on which its rows are deleted; the list itself
    stays, so that a signal can still name it.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    kind = models.CharField("类别", max_length=10, choices=ComparisonKind.choices)
    authority = models.CharField("出具机关", max_length=80)
    document = models.CharField("文件或系统", max_length=120)
    as_of = models.DateField("数据截至日")
    covers_from = models.DateField("覆盖起始月", null=True, blank=True)
    covers_until = models.DateField("覆盖终止月（不含）", null=True, blank=True)
    completeness = models.CharField(
        "完整性", max_length=10, choices=Completeness.choices, default=Completeness.PART
    )
    kept_until = models.DateField("保存期限（不含）")
    file_name = models.CharField("文件名", max_length=200)
    content_key = models.CharField("内容标识", max_length=64, editable=False)
    lines = models.PositiveIntegerField("行数")
    added = models.PositiveIntegerField("写入")
    repeated = models.PositiveIntegerField("表内重复")
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入单位"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    made_at = models.DateTimeField("导入时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="撤销人",
    )  # fmt: skip
    reason = models.CharField("撤销理由", max_length=200, blank=True)
    deleted_on = models.DateField("删除明细日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = ComparisonListQuerySet.as_manager()

    class Meta:
        verbose_name = "外部比对名单"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ComparisonKind.values), name="comparison_list_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(completeness__in=Completeness.values),
                name="comparison_list_completeness_known",
            ),
            models.CheckConstraint(
                condition=Q(lines=F("added") + F("repeated")), name="comparison_list_loses_nothing"
            ),
            models.CheckConstraint(
                condition=Q(kept_until__gt=F("as_of")), name="comparison_list_kept_for_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MONTHLY, covers_until__gt=F("covers_from"))
                | (
                    ~Q(kind__in=MONTHLY)
                    & Q(covers_from__isnull=True, covers_until__isnull=True)
                    & Q(completeness=Completeness.PART)
                ),
                name="comparison_list_covers_months",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (~Q(reason="") & Q(deleted_on__isnull=False)),
                name="comparison_list_withdrawn_for_reason",
            ),
            models.UniqueConstraint(
                fields=["division", "content_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="comparison_list_once",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "kind"], name="comparison_list_by_place"),
            models.Index(fields=["kept_until"], name="comparison_list_by_keeping"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.authority}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:comparison_list", kwargs={"list_id": self.pk})

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None and self.deleted_on is None


class ComparisonRecord(models.Model):
    """What a list says of one person (外部比对记录).

    The identity number is encrypted and found by ``id_number_index``. Monthly kinds bear the
    month's first day and the employer; the others a half-open period without an end when it goes
    on, a death its day alone.
    """

    list = models.ForeignKey(
        ComparisonList, on_delete=models.CASCADE, related_name="records", verbose_name="名单"
    )
    line = models.PositiveIntegerField("行号")
    name = models.CharField("姓名", max_length=60)
    id_number_cipher = models.TextField("证件号密文", editable=False)
    id_number_index = models.CharField("证件号盲索引", max_length=64, editable=False)
    id_number_mask = models.CharField("证件号", max_length=18)
    employer_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    employer_name = models.CharField("单位名称", max_length=120, blank=True)
    month = models.DateField("月份", null=True, blank=True)
    starts_on = models.DateField("起始日", null=True, blank=True)
    ends_on = models.DateField("终止日（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "外部比对记录"
        ordering = ["list", "line"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__isnull=False, starts_on__isnull=True, ends_on__isnull=True)
                | Q(month__isnull=True, starts_on__isnull=False),
                name="comparison_record_month_or_period",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="comparison_record_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | ~Q(employer_code=""),
                name="comparison_record_month_has_employer",
            ),
            models.UniqueConstraint(
                fields=["list", "id_number_index", "employer_code", "month"],
                name="comparison_record_month_once",
            ),
            models.UniqueConstraint(
                fields=["list", "id_number_index", "employer_name", "starts_on"],
                name="comparison_record_period_once",
            ),
        ]
        indexes = [
            models.Index(fields=["id_number_index"], name="comparison_record_by_person"),
            models.Index(
                fields=["list", "employer_code", "month"], name="comparison_record_by_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.list.get_kind_display()}"
