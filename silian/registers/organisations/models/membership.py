"""Who may act for an organisation, in which role, for how long."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import ADMINISTRATOR_ROLES, Role
from silian.registers.organisations.models.organisation import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, *, on: datetime.date) -> MembershipQuerySet:
        """Memberships whose half-open period ``[starts_on, ends_on)`` holds the day."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


class Membership(models.Model):
    """A person's role in an organisation for a period (成员与角色).

    Nobody holds two administrator roles at once, whatever the path of the write: the exclusion
    constraint says so. Basis: GB/T 22239-2019 8.1.5 三员分立.
    """

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
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | ~Q(role__in=sorted(ADMINISTRATOR_ROLES)),
                name="membership_administrator_in_person",
            ),
            ExclusionConstraint(
                name="membership_one_administrator_role",
                expressions=[
                    (Func(F("user"), F("user"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role__in=sorted(ADMINISTRATOR_ROLES)),
                violation_error_message="系统、安全、审计管理员不得由同一人兼任。",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role"], name="membership_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    def is_in_force(self, *, on: datetime.date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def division_id(self) -> str:
        """Where an act on this membership belongs in the audit trail."""
        return self.organisation.division_id


class Invitation(models.Model):
    """A single-use way in for one person (加入邀请); only the hash of its secret is kept."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    email = models.EmailField("邮箱", blank=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("邀请时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    accepted_at = models.DateTimeField("接受时间", null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "加入邀请"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} 邀请 {self.email or '持链接者'}"

    def is_open(self, *, now: datetime.datetime) -> bool:
        """Whether the link still works."""
        return not self.accepted_at and not self.withdrawn_at and now < self.expires_at

    @property
    def division_id(self) -> str:
        return self.organisation.division_id
