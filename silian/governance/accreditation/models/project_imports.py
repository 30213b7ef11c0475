"""A file of projects on its way in: what was found, and what came of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.governance.accreditation.choices.projects import (
    IMPORT_TONES,
    ImportMode,
    ProjectImportState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ProjectImport(models.Model):
    """One file of projects, checked before anything is written (项目导入).

    ``faults`` are the wrong cells, ``sample`` the first good rows. ``owner_ids`` are the units
    for which the person who confirmed may register; the job trusts nobody else.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("文件", max_length=200)
    mode = models.CharField("有错时", max_length=8, choices=ImportMode.choices)
    state = models.CharField(
        "状态",
        max_length=8,
        choices=ProjectImportState.choices,
        default=ProjectImportState.CHECKED,
    )
    rows = models.PositiveIntegerField("总行数")
    good_rows = models.PositiveIntegerField("无误的行")
    fault_count = models.PositiveIntegerField("有错的单元格", default=0)
    faults = models.JSONField("逐格问题", default=list)
    sample = models.JSONField("预览", default=list)
    owner_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="可登记单位")
    created_rows = models.PositiveIntegerField("导入的项目", default=0)
    job_id = models.BigIntegerField("后台任务", null=True, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "项目导入"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProjectImportState.values),
                name="project_import_state_known",
            ),
            models.CheckConstraint(
                condition=Q(good_rows__lte=F("rows")), name="project_import_rows_add_up"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("accreditation:import_detail", kwargs={"import_id": self.pk})

    @property
    def tone(self) -> str:
        return IMPORT_TONES[ProjectImportState(self.state)]

    @property
    def bad_rows(self) -> int:
        return self.rows - self.good_rows

    @property
    def takes_good_rows(self) -> bool:
        return self.mode == ImportMode.GOOD_ROWS

    @property
    def is_ready(self) -> bool:
        """Whether there is something that the chosen mode lets in."""
        return self.good_rows > 0 and (self.takes_good_rows or not self.fault_count)
