"""Organisations and who may act for them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division, Industry
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
    Role,
)


class Organisation(models.Model):
    """A unit with a unified social credit code (单位).

    Basis: GB 32100-2015 for ``uscc``. Government departments may share a code with their parent
    and then leave it empty.
    """

    kind = models.CharField("类别", max_length=12, choices=OrganisationKind.choices)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    name_pinyin = models.CharField("名称拼音", max_length=300, blank=True, editable=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="所在区划", related_name="+"
    )
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="行业",
        related_name="+",
    )
    size = models.CharField("规模", max_length=8, choices=OrganisationSize.choices, blank=True)
    above_scale = models.BooleanField("规模以上", default=False)
    industry_chain = models.CharField("重点产业链", max_length=40, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    introduction = models.TextField("简介", max_length=2000, blank=True)
    website = models.URLField("网址", blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=OrganisationState.choices,
        default=OrganisationState.REGISTERED,
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="并入",
        related_name="absorbed",
    )
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrganisationState.values), name="organisation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state=OrganisationState.MERGED),
                name="organisation_merged_has_heir",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "division"], name="organisation_by_kind"),
            models.Index(fields=["state"], name="organisation_by_state"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.state == OrganisationState.VERIFIED

    @property
    def display_name(self) -> str:
        return self.short_name or self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, *, on: datetime.date) -> MembershipQuerySet:
        """Memberships whose half-open period ``[starts_on, ends_on)`` holds the day."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


class Membership(models.Model):
    """A person's role in an organisation for a period (成员与角色)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    jurisdiction = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="管辖范围",
        related_name="+",
    )
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日（不含）", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegated_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="受托自",
        related_name="delegations",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "成员"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(ends_on__isnull=False),
                name="membership_delegation_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"
