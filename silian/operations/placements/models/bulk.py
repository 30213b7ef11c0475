"""Files of posts and arrangements on their way in, batches of agreements, and reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.rounds import (
    BatchItemState,
    BulkImportKind,
    BulkImportState,
    RowMode,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class BulkImport(models.Model):
    """One file of posts or of arrangements on its way in (批量导入).

    ``organisation`` uploaded it; ``host`` is the organisation that the posts belong to, another
    one when a school writes on behalf of a host.
    """

    kind = models.CharField("内容", max_length=12, choices=BulkImportKind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入单位"
    )
    host = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="实习单位",
    )
    plan = models.ForeignKey(
        InternshipPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="实习方案",
    )
    file_name = models.CharField("文件", max_length=200)
    file_id = models.BigIntegerField("文件编号", null=True)
    mode = models.CharField(
        "遇到坏行", max_length=8, choices=RowMode.choices, default=RowMode.GOOD_ROWS
    )
    state = models.CharField(
        "状态", max_length=8, choices=BulkImportState.choices, default=BulkImportState.WAITING
    )
    job_id = models.BigIntegerField("后台任务", null=True)
    rows = models.PositiveIntegerField("总行数", default=0)
    created_rows = models.PositiveIntegerField("新增", default=0)
    changed_rows = models.PositiveIntegerField("更新", default=0)
    same_rows = models.PositiveIntegerField("不变", default=0)
    refused_rows = models.PositiveIntegerField("未导入", default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "批量导入"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "kind"], name="bulk_import_by_owner")]

    def __str__(self) -> str:
        return self.file_name


class BulkImportProblem(models.Model):
    """A cell that keeps its row out, or that somebody should look at (导入问题)."""

    bulk_import = models.ForeignKey(BulkImport, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=60)
    text = models.CharField("内容", max_length=200, blank=True)
    sentence = models.CharField("说明", max_length=300)
    refuses = models.BooleanField("整行不导入", default=True)

    class Meta:
        verbose_name = "批量导入问题"
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["bulk_import", "row"], name="bulk_problem_in_order")]

    def __str__(self) -> str:
        return f"第 {self.row} 行 {self.column}"


class AgreementBatch(models.Model):
    """Agreements of many internships, made, sent and chased in one go (批量办协议)."""

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreement_batches"
    )
    title = models.CharField("名称", max_length=120)
    job_id = models.BigIntegerField("后台任务", null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("提交时间", auto_now_add=True)
    finished_at = models.DateTimeField("办完时间", null=True, blank=True)
    took_ms = models.PositiveIntegerField("用时（毫秒）", null=True, blank=True)

    class Meta:
        verbose_name = "批量办协议"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class AgreementBatchItem(models.Model):
    """How far one internship of a batch came, and why not further (批量办理明细)."""

    batch = models.ForeignKey(AgreementBatch, on_delete=models.CASCADE, related_name="items")
    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="agreement_batch_items"
    )
    state = models.CharField(
        "状态", max_length=8, choices=BatchItemState.choices, default=BatchItemState.WAITING
    )
    reason = models.CharField("原因", max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField("办理次数", default=0)
    done_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "批量办理明细"
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "internship"], name="internship_in_batch_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchItemState.FAILED) | ~Q(reason=""),
                name="batch_item_failed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship} {self.get_state_display()}"


class PlacementReminder(models.Model):
    """Somebody was reminded of one thing about one internship on one day (催办记录)."""

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="reminders", verbose_name="实习"
    )
    about = models.CharField("事项", max_length=24)
    on = models.DateField("日期")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("发出时间", auto_now_add=True)

    class Meta:
        verbose_name = "催办记录"
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "about", "on"], name="reminded_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.about} {self.on}"


class ImportedPost(models.Model):
    """Under which number of their own a post came in, so that a second file finds it (来源编号)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("岗位编号", max_length=60)
    post = models.OneToOneField(
        InternshipPost, on_delete=models.CASCADE, related_name="imported_as", verbose_name="岗位"
    )

    class Meta:
        verbose_name = "导入的岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="imported_post_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number
