"""Editions and their files: once out, they stay as they are."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.publications.choices import EDITION_TONES, PUBLIC_STATES, EditionState
from silian.casework.publications.registry import Kind, kind_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class EditionQuerySet(models.QuerySet["Edition"]):
    def of_series(self, edition: Edition) -> EditionQuerySet:
        """The editions of the same kind and region."""
        return self.filter(kind=edition.kind, division_id=edition.division_id)


class Edition(models.Model):
    """One issue of a series (刊期), with the data it was made from.

    Outside a draft the content is fixed; a published edition only ever becomes withdrawn. Triggers
    of migration 0002 hold both in the database. A mistake is corrected by a new edition.
    """

    kind = models.CharField("种类", max_length=40)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="编制单位", related_name="+"
    )
    year = models.PositiveSmallIntegerField("年")
    number = models.PositiveSmallIntegerField("期")
    title = models.CharField("标题", max_length=120)
    summary = models.CharField("摘要", max_length=500, blank=True)
    period_starts_on = models.DateField("反映期起", null=True, blank=True)
    period_ends_on = models.DateField("反映期止（不含）", null=True, blank=True)
    snapshot = models.JSONField("数据快照", default=dict, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    needs_approval = models.BooleanField("需要审批", default=True)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="更正的刊期",
        related_name="corrections",
    )
    state = models.CharField(
        "状态", max_length=10, choices=EditionState.choices, default=EditionState.DRAFT
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="编制人", related_name="+"
    )
    created_at = models.DateTimeField("编制时间", auto_now_add=True)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="审批人",
        related_name="+",
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawal_reason = models.CharField("撤下原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "刊期"
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "division", "year", "number"], name="edition_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EditionState.values), name="edition_state_known"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(approved_by=F("author")),
                name="edition_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EditionState.APPROVED, *PUBLIC_STATES])
                | Q(needs_approval=False)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="edition_out_only_approved",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=PUBLIC_STATES,
                    published_at__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                )
                | (~Q(state__in=PUBLIC_STATES) & Q(published_at__isnull=True)),
                name="edition_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=EditionState.WITHDRAWN, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                )
                | (~Q(state=EditionState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="edition_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(period_starts_on__isnull=True)
                | Q(period_ends_on__gt=F("period_starts_on")),
                name="edition_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("pk")),
                name="edition_corrects_another",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="edition_by_publication"),
            models.Index(fields=["sha256"], name="edition_by_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.label}）"

    def get_absolute_url(self) -> str:
        return reverse("publications:edition_detail", kwargs={"edition_id": self.pk})

    @property
    def label(self) -> str:
        """The issue as it is cited: 2026年第3期."""
        return f"{self.year}年第{self.number}期"

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the period, as people write it."""
        ends = self.period_ends_on
        return ends - datetime.timedelta(days=1) if ends else None

    @property
    def declaration(self) -> Kind:
        return kind_of(self.kind)

    @property
    def tone(self) -> str:
        return EDITION_TONES[EditionState(self.state)]

    @property
    def is_out(self) -> bool:
        return self.state in PUBLIC_STATES


class EditionFile(models.Model):
    """A file of an edition (刊期文件), bound by its checksum."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    size = models.BigIntegerField("大小（字节）")

    class Meta:
        verbose_name = "刊期文件"
        ordering = ["edition", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="edition_file_sha256_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.name
