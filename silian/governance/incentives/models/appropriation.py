"""The appropriation to schools: open numbers, years, sheets in versions, lines by programme."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.appropriation import (
    SHEET_TONES,
    SettingKind,
    SheetState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Programme

PEOPLE: dict[str, Any] = {
    "on_delete": models.PROTECT,
    "null": True,
    "blank": True,
    "related_name": "+",
}


class AppropriationSetting(models.Model):
    """A number that no policy states, as the region set it by a document (拨款参数).

    Never changed: a later day takes the place of an earlier one, a mistake is ``replaced_at``.
    ``majors`` are the leading digits of the majors that a weight is for; empty holds for all.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    kind = models.CharField("参数", max_length=8, choices=SettingKind.choices)
    majors = models.CharField("专业代码开头", max_length=6, blank=True)
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="学校",
    )  # fmt: skip
    value = models.DecimalField("数值", max_digits=14, decimal_places=4)
    document = models.CharField("文件和文号", max_length=120)
    clause = models.CharField("条款", max_length=80)
    valid_from = models.DateField("起用日")
    valid_to = models.DateField("停用日（不含）", null=True, blank=True)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    set_by = models.ForeignKey(User, **PEOPLE)
    set_at = models.DateTimeField("设定时间")
    replaced_at = models.DateTimeField("被更正时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "拨款参数"
        ordering = ["division", "kind", "majors", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind", "majors", "school", "valid_from"],
                condition=Q(replaced_at__isnull=True), nulls_distinct=False,
                name="appropriation_setting_once",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="appropriation_setting_positive"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="appropriation_setting_ordered",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SettingKind.values), name="appropriation_setting_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.scope_words}"

    @property
    def scope_words(self) -> str:
        """What the number is for: a school, some majors, or all."""
        if self.school is not None:
            return self.school.display_name
        return f"专业代码 {self.majors} 开头" if self.majors else "全部"

    @property
    def source(self) -> str:
        return f"{self.document} {self.clause}"


class AppropriationYear(models.Model):
    """A fiscal year for which schools get an appropriation by enrolment (拨款年度)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("预算年度")
    counted_on = models.DateField("学生数统计日")
    finance = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="核算部门"
    )
    education = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="核对部门"
    )
    basis = models.CharField("依据", max_length=200)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "拨款年度"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "year"], name="appropriation_year_once"),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)), name="appropriation_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年生均拨款核算"

    def get_absolute_url(self) -> str:
        return reverse("incentives:appropriation_year", args=[self.pk])


class AppropriationSheet(models.Model):
    """What a school gets for a year, line by line; a correction is a new version (拨款核算表).

    ``total`` is empty while a number of a line is 未设定.
    """

    appropriation_year = models.ForeignKey(
        AppropriationYear, on_delete=models.PROTECT, related_name="sheets", verbose_name="拨款年度"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    state = models.CharField(
        "状态", max_length=10, choices=SheetState.choices, default=SheetState.DRAFT
    )
    students = models.PositiveIntegerField("在校学生", default=0)
    total = models.DecimalField("应拨经费", max_digits=16, decimal_places=2, null=True, blank=True)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    note = models.CharField("办理意见", max_length=300, blank=True)
    drafted_by = models.ForeignKey(User, **PEOPLE)
    drafted_at = models.DateTimeField("起草时间")
    checked_by = models.ForeignKey(User, **PEOPLE)
    approved_by = models.ForeignKey(User, **PEOPLE)
    published_at = models.DateTimeField("送达时间", null=True, blank=True)
    published_on = models.DateField("送达日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "拨款核算表"
        ordering = ["appropriation_year", "school", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["appropriation_year", "school", "version"],
                name="appropriation_version_once",
            ),
            models.UniqueConstraint(
                fields=["appropriation_year", "school"],
                condition=Q(state="published"),
                name="appropriation_one_holds",
            ),
            models.UniqueConstraint(
                fields=["appropriation_year", "school"],
                condition=Q(state__in=("draft", "checking", "approving", "approved")),
                name="appropriation_one_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values), name="appropriation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="appropriation_corrected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(total__isnull=False),
                name="appropriation_beyond_draft_has_total",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "published", "replaced"))
                | (
                    Q(approved_by__isnull=False)
                    & ~Q(approved_by=F("drafted_by"))
                    & ~Q(approved_by=F("checked_by"))
                ),
                name="appropriation_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "replaced"))
                | Q(published_at__isnull=False, published_on__isnull=False),
                name="appropriation_published_some_day",
            ),
        ]

    def __str__(self) -> str:
        year = self.appropriation_year.year
        return f"{self.school.display_name} {year} 年拨款核算表（第 {self.version} 版）"

    def get_absolute_url(self) -> str:
        return reverse("incentives:appropriation_sheet", args=[self.pk])

    @property
    def tone(self) -> str:
        return SHEET_TONES[SheetState(self.state)]

    @property
    def counted_on(self) -> datetime.date:
        return self.appropriation_year.counted_on


class AppropriationLine(models.Model):
    """One programme of a sheet, with each number and where it comes from (拨款核算明细)."""

    sheet = models.ForeignKey(AppropriationSheet, on_delete=models.CASCADE, related_name="lines")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name="专业"
    )
    major_code = models.CharField("专业代码", max_length=12)
    name = models.CharField("专业", max_length=120)
    students = models.PositiveIntegerField("在校学生")
    base = models.DecimalField("生均标准", max_digits=14, decimal_places=4, null=True)
    base_source = models.CharField("标准依据", max_length=220, blank=True)
    weight = models.DecimalField("成本系数", max_digits=14, decimal_places=4, null=True)
    weight_source = models.CharField("系数依据", max_length=220, blank=True)
    factor = models.DecimalField("绩效系数", max_digits=14, decimal_places=4, null=True)
    factor_source = models.CharField("绩效依据", max_length=220, blank=True)
    amount = models.DecimalField("应拨经费", max_digits=16, decimal_places=2, null=True)
    explanation = models.CharField("计算说明", max_length=300)
    rule_version = models.CharField("规则版本", max_length=64, blank=True)

    class Meta:
        verbose_name = "拨款核算明细"
        ordering = ["sheet", "major_code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "programme"], name="appropriation_line_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(base__isnull=False, weight__isnull=False, factor__isnull=False),
                name="appropriation_amount_has_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.students} 人"
