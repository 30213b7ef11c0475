"""Agreements: who promises what to whom, and every version of it."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.agreements.choices import (
    AgreementState,
    LifeEventKind,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.models.kinds import KindVersion
from silian.foundation.kernel.models import StoredFile
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

TONES = {
    "draft": "open",
    "signing": "info",
    "active": "ok",
    "signed": "ok",
    "suspended": "watch",
    "refused": "late",
    "lapsed": "late",
}


class Agreement(models.Model):
    """A promise among parties (协议): kind, parties, versions, and the state they give.

    ``source`` and ``source_id`` name the row that the agreement serves, such as
    ``placements.internship``; empty for an agreement that stands by itself. ``starts_on`` and
    ``ends_on`` (exclusive) follow the effective terms.
    """

    number = models.CharField("协议编号", max_length=40, unique=True)
    kind = models.CharField("协议类别", max_length=40)
    kind_version = models.ForeignKey(
        KindVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="类别版本",
    )
    title = models.CharField("名称", max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="发起单位"
    )
    state = models.CharField(
        "状态", max_length=12, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    source = models.CharField("关联事项", max_length=60, blank=True)
    source_id = models.BigIntegerField("关联编号", null=True, blank=True)
    activated_at = models.DateTimeField("生效时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "协议"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="agreement_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values), name="agreement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source="", source_id__isnull=True)
                | (~Q(source="") & Q(source_id__isnull=False)),
                name="agreement_source_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "source_id"], name="agreement_by_source"),
            models.Index(fields=["organiser", "state"], name="agreement_by_organiser"),
            models.Index(fields=["kind", "state", "ends_on"], name="agreement_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])

    @property
    def last_day(self) -> datetime.date:
        """The last day of the half-open period (最后一天)."""
        return self.ends_on - datetime.timedelta(days=1)

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES.get(self.state, "unset")


class Party(models.Model):
    """One party of an agreement (当事方): an organisation or a person, in a role of the kind.

    ``name`` is the party's name when the agreement was made; a later renaming does not touch it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField("角色", max_length=30)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("名称", max_length=200)
    order = models.PositiveSmallIntegerField("签署次序", default=0)

    class Meta:
        verbose_name = "协议当事方"
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="party_is_one_or_the_other",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="party_by_organisation"),
            models.Index(fields=["person"], name="party_by_person"),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementVersion(models.Model):
    """The base of an agreement or one change of it (协议版本).

    ``changes`` holds every term for the base, and only the changed terms for an amendment; it,
    ``text`` and ``sha256`` never change once the version was sent for signature (trigger).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    kind = models.CharField("类别", max_length=10, choices=VersionKind.choices)
    state = models.CharField(
        "状态", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    changes = models.JSONField("条款", default=dict)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="替代的版本",
    )
    effective_from = models.DateField("生效日")
    reason = models.CharField("修订原因", max_length=300, blank=True)
    text = models.TextField("协议文本", blank=True)
    sha256 = models.CharField("文本摘要", max_length=64, blank=True)
    check_code = models.CharField("查验码", max_length=20, unique=True, null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField("送签时间", null=True, blank=True)
    sign_by = models.DateTimeField("签署期限", null=True, blank=True)
    signed_at = models.DateTimeField("签齐时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "协议版本"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.SIGNING]),
                name="version_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT)
                | (~Q(sha256="") & Q(sent_at__isnull=False))
                | Q(state=VersionState.WITHDRAWN),
                name="version_sent_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number} 第 {self.number} 版"

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "unset")


class LifeEvent(models.Model):
    """A suspension, its end, a termination, a renewal or the natural end (履行变更)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="life_events")
    kind = models.CharField("变更", max_length=12, choices=LifeEventKind.choices)
    on = models.DateField("起算日")
    reason = models.CharField("原因", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = "履行变更"
        ordering = ["agreement", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
