"""Policy documents: what was issued, by whom, under which number, and in which version."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import (
    PUBLIC_STATES,
    DocumentLevel,
    DocumentState,
    Medium,
)


class PolicyDocumentQuerySet(models.QuerySet["PolicyDocument"]):
    def public(self) -> PolicyDocumentQuerySet:
        """Documents that have been issued, also when replaced or repealed since."""
        return self.filter(state__in=sorted(PUBLIC_STATES))

    def in_force(self, *, on: datetime.date) -> PolicyDocumentQuerySet:
        """Issued documents whose half-open period of force holds the day."""
        begun = Q(effective_from__isnull=True) | Q(effective_from__lte=on)
        lasting = Q(effective_to__isnull=True) | Q(effective_to__gt=on)
        return self.filter(begun, lasting, state=DocumentState.ISSUED)


class PolicyDocument(models.Model):
    """A policy document and what was read out of it (政策文件).

    All offsets of clauses, targets and marks are half-open and count characters of ``text``.
    Basis: GB/T 9704-2012 for the elements of an official document.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="适用地区", related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="录入单位", related_name="+"
    )
    state = models.CharField(
        "状态", max_length=10, choices=DocumentState.choices, default=DocumentState.PARSING
    )
    title = models.CharField("标题", max_length=200)
    plan_title = models.CharField("正文标题", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    number_printed = models.CharField("原件文号", max_length=60, blank=True)
    kind = models.CharField("文种", max_length=40, blank=True)
    issuers = ArrayField(models.CharField(max_length=80), verbose_name="发文机关", default=list)
    addressees = models.TextField("主送机关", blank=True)
    copied_to = models.TextField("抄送机关", blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    date_candidates = ArrayField(
        models.CharField(max_length=10), verbose_name="日期的可能读法", default=list, blank=True
    )
    level = models.CharField("层级", max_length=10, choices=DocumentLevel.choices)
    medium = models.CharField("原件形式", max_length=8, choices=Medium.choices)
    text = models.TextField("原文文字", blank=True)
    parsed = models.JSONField("解析结果", default=dict, blank=True)
    failure = models.CharField("未能解析的原因", max_length=200, blank=True)
    effective_from = models.DateField("施行日", null=True, blank=True)
    effective_to = models.DateField("失效日（不含）", null=True, blank=True)
    version = models.PositiveSmallIntegerField("版次", default=1)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="替代的文件",
        related_name="superseded_by",
    )
    amending_number = models.CharField("修订依据", max_length=80, blank=True)
    ending_reason = models.CharField("废止或撤下的理由", max_length=300, blank=True)
    file_name = models.CharField("原件名称", max_length=120, blank=True)
    page_starts = ArrayField(
        models.PositiveIntegerField(), verbose_name="每页起点", default=list, blank=True
    )
    job_id = models.BigIntegerField("解析任务", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    search_vector = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    issued_at = models.DateTimeField("发布时间", null=True, blank=True)

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "政策文件"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values), name="policy_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(PUBLIC_STATES)) | Q(issued_at__isnull=False),
                name="policy_public_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=models.F("effective_from")),
                name="policy_force_ordered",
            ),
            models.UniqueConstraint(
                fields=["division", "document_number", "version"],
                condition=Q(state__in=sorted(PUBLIC_STATES)) & ~Q(document_number=""),
                name="policy_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-issued_on"], name="policy_by_state"),
            GinIndex(fields=["search_vector"], name="policy_search"),
        ]

    def __str__(self) -> str:
        return self.plan_title or self.title

    def get_absolute_url(self) -> str:
        page = "library_document" if self.is_public else "document_desk"
        return reverse(f"policies:{page}", kwargs={"document_id": self.pk})

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def reference(self) -> str:
        """The number in print, or the title where there is none."""
        return self.document_number or str(self)

    def parsed_part(self, name: str) -> Any:
        """A part of the engine's result, such as ``roster``; None before parsing."""
        return self.parsed.get(name)
