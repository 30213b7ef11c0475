"""Imports of student rosters from a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import RosterMode, RosterState


class RosterImport(models.Model):
    """One file of students on its way in (学生名单导入).

    The rows wait encrypted and are wiped as soon as the import has ended; the file itself is not
    kept, because it holds identity numbers. Basis: 个人信息保护法第六条、第十九条、第五十一条.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件", max_length=200)
    rows_cipher = models.TextField("待导入内容密文", blank=True, editable=False)
    mode = models.CharField(
        "遇到坏行", max_length=10, choices=RosterMode.choices, default=RosterMode.GOOD_ROWS
    )
    state = models.CharField(
        "状态", max_length=10, choices=RosterState.choices, default=RosterState.UPLOADED
    )
    job_id = models.BigIntegerField("后台任务", null=True)
    rows = models.PositiveIntegerField("总行数", default=0)
    refused_rows = models.PositiveIntegerField("不能导入的行", default=0)
    new_rows = models.PositiveIntegerField("新增", default=0)
    changed_rows = models.PositiveIntegerField("更新", default=0)
    same_rows = models.PositiveIntegerField("不变", default=0)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "学生名单导入"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[RosterState.UPLOADED, RosterState.CHECKED])
                | Q(state=RosterState.RUNNING)
                | Q(rows_cipher=""),
                name="roster_ended_keeps_no_rows",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("programmes:roster_detail", args=[self.pk])

    @property
    def division_id(self) -> str:
        return self.school.division_id


class RosterProblem(models.Model):
    """A cell that could not be read (名单问题); identity and phone numbers are not repeated."""

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=30)
    text = models.CharField("内容", max_length=100, blank=True)
    sentence = models.CharField("说明", max_length=300)

    class Meta:
        verbose_name = "名单问题"
        indexes = [models.Index(fields=["roster", "row"], name="roster_problem_in_order")]

    def __str__(self) -> str:
        return f"第 {self.row} 行 {self.column}"
