"""Standards of teaching and work, by version, and what school and enterprise made together."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Major, Occupation
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import (
    VERSION_TONES,
    StandardKind,
    VersionState,
    WorkKind,
)
from silian.registers.programmes.models.programmes import Programme


class Standard(models.Model):
    """A standard that training plans are written by (标准), in one or more versions."""

    kind = models.CharField("类别", max_length=10, choices=StandardKind.choices)
    number = models.CharField("标准编号", max_length=60, blank=True)
    title = models.CharField("名称", max_length=120)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="适用地区"
    )
    keeper = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="standards", verbose_name="主编单位"
    )
    major = models.ForeignKey(
        Major,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对应专业",
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对接职业",
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "标准"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="standard_number_once"
            )
        ]
        indexes = [models.Index(fields=["kind"], name="standard_by_kind")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:standard_detail", args=[self.pk])


class StandardVersion(models.Model):
    """One version of a standard, in force over ``[in_force_from, in_force_until)`` (标准版本)."""

    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, related_name="versions", verbose_name="标准"
    )
    edition = models.CharField("版本", max_length=30)
    state = models.CharField(
        "状态", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    summary = models.TextField("主要内容", max_length=3000, blank=True)
    changes = models.CharField("与上一版的不同", max_length=500, blank=True)
    in_force_from = models.DateField("实施日", null=True, blank=True)
    in_force_until = models.DateField("停止实施日（不含）", null=True, blank=True)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("评审时间", null=True, blank=True)
    review_opinion = models.CharField("评审意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "标准版本"
        ordering = ["-in_force_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "edition"], name="standard_edition_once"),
            models.UniqueConstraint(
                fields=["standard"],
                condition=Q(state=VersionState.IN_FORCE),
                name="standard_one_version_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.IN_FORCE) | Q(in_force_from__isnull=False),
                name="standard_in_force_has_day",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_until__gte=models.F("in_force_from")),
                name="standard_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}（{self.edition}）"

    @property
    def division_id(self) -> str:
        return self.standard.division_id

    @property
    def tone(self) -> str:
        return VERSION_TONES[self.state]

    def is_current(self, *, on: datetime.date) -> bool:
        """Whether a plan may cite it on the day as a current standard (现行标准)."""
        began = self.in_force_from is not None and self.in_force_from <= on
        return began and (self.in_force_until is None or on < self.in_force_until)


class StandardAuthor(models.Model):
    """Who wrote a version of a standard (编制单位)."""

    version = models.ForeignKey(StandardVersion, on_delete=models.CASCADE, related_name="authors")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="编制单位"
    )

    class Meta:
        verbose_name = "标准编制单位"
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="standard_author_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class JointWork(models.Model):
    """A textbook, course or syllabus that a school and an enterprise made (共建成果)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="joint_works", verbose_name="专业点"
    )
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="合作企业"
    )
    kind = models.CharField("类别", max_length=10, choices=WorkKind.choices)
    title = models.CharField("名称", max_length=120)
    isbn = models.CharField("书号", max_length=20, blank=True)
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    published_on = models.DateField("出版或开设日")
    summary = models.CharField("说明", max_length=500, blank=True)
    standard = models.ForeignKey(
        StandardVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对接标准",
    )

    class Meta:
        verbose_name = "共建成果"
        indexes = [models.Index(fields=["kind"], name="joint_work_by_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.programme.division_id
