"""Imports of listings from files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.exchange.choices import ImportMode, ImportState, Side
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ImportSource(models.Model):
    """How the columns of one source's files are to be read, remembered (导入来源)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="import_sources"
    )
    kind = models.CharField("类别", max_length=24)
    signature = models.CharField("列名特征", max_length=40)
    mapping = models.JSONField("列对应")
    used_at = models.DateTimeField("最近使用", auto_now=True)

    class Meta:
        verbose_name = "导入来源"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "signature"], name="import_source_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.signature[:8]}"


class ListingImport(models.Model):
    """One file of listings on its way in (导入批次)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="listing_imports"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件", max_length=200)
    file_id = models.BigIntegerField("文件编号", null=True)
    kind = models.CharField("类别", max_length=24)
    side = models.CharField("方向", max_length=6, choices=Side.choices)
    signature = models.CharField("列名特征", max_length=40, default="")
    headings = models.JSONField("列名", default=list)
    sample = models.JSONField("样例行", default=list)
    mapping = models.JSONField("列对应", default=dict)
    mode = models.CharField(
        "遇到坏行", max_length=8, choices=ImportMode.choices, default=ImportMode.GOOD_ROWS
    )
    state = models.CharField(
        "状态", max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    job_id = models.BigIntegerField("后台任务", null=True)
    rows = models.PositiveIntegerField("总行数", default=0)
    refused_rows = models.PositiveIntegerField("不能导入的行", default=0)
    duplicate_rows = models.PositiveIntegerField("重复的行", default=0)
    placed_rows = models.PositiveIntegerField("写明地区的行", default=0)
    suggested_rows = models.PositiveIntegerField("认得出职业的行", default=0)
    suggestions = models.JSONField("建议样例", default=list)
    takes_suggestions = models.BooleanField("按建议填写", default=False)
    created_rows = models.PositiveIntegerField("新增", default=0)
    changed_rows = models.PositiveIntegerField("更新", default=0)
    same_rows = models.PositiveIntegerField("不变", default=0)
    held_rows = models.PositiveIntegerField("存为草稿待改", default=0)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "导入批次"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportProblem(models.Model):
    """A cell that could not be read as it stands (导入问题)."""

    listing_import = models.ForeignKey(
        ListingImport, on_delete=models.CASCADE, related_name="problems"
    )
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=120)
    text = models.CharField("内容", max_length=300)
    sentence = models.CharField("说明", max_length=300)
    refuses = models.BooleanField("整行不导入")

    class Meta:
        verbose_name = "导入问题"
        indexes = [models.Index(fields=["listing_import", "row"], name="import_problem_in_order")]

    def __str__(self) -> str:
        return f"第 {self.row} 行 {self.column}"


class ImportedListing(models.Model):
    """Which row made or changed which listing (导入记录); ``before`` undoes a change."""

    listing_import = models.ForeignKey(
        ListingImport,
        on_delete=models.CASCADE,
        db_index=False,  # imported_once begins with it
        related_name="imported",
    )
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField("行")
    before = models.JSONField("导入前内容", null=True, blank=True)

    class Meta:
        verbose_name = "导入记录"
        constraints = [
            models.UniqueConstraint(
                fields=["listing_import", "listing"],
                condition=Q(listing__isnull=False),
                name="imported_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_import_id} {self.row}"
