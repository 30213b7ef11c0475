"""Schemes of recognition and their versions: configured, published, never changed."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.rules.definition import Definition, definition_of
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Scheme(models.Model):
    """A programme of recognition (认定项目), such as 产教融合型企业 or 双师型教师.

    ``code`` names it for rulebooks, metrics and benefits; ``owner`` is the leading department.
    """

    code = models.SlugField("代码", max_length=60)
    title = models.CharField("名称", max_length=80)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="适用地区"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="牵头部门"
    )
    is_open = models.BooleanField("可开新批次", default=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "认定项目"
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="scheme_code_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:scheme_detail", args=[self.pk])


class SchemeVersion(models.Model):
    """One version of a scheme (方案版本); a published one never changes (trigger)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版本号")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=SchemeVersionState.choices,
        default=SchemeVersionState.DRAFT,
    )
    definition = models.JSONField("方案定义", default=dict)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "方案版本"
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(state="draft"), name="scheme_draft_once"
            ),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(state="published"), name="scheme_published_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SchemeVersionState.values), name="scheme_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="scheme_version_published_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} 第 {self.number} 版"

    @cached_property
    def content(self) -> Definition:
        """The definition, read."""
        return definition_of(self.definition)
