"""Keys with which an organisation's own systems use the interfaces."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import TokenScope
from silian.registers.organisations.models.organisation import Organisation


class ApiToken(models.Model):
    """A key for machines (接口令牌). Only its hash is kept; the secret is shown once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    hint = models.CharField("前几位", max_length=12, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=24, choices=TokenScope.choices), verbose_name="权限"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    last_used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "接口令牌"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="token_has_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.name}"

    def state_word(self, *, now: datetime.datetime) -> str:
        """Whether the key works now, in a word."""
        if self.revoked_at:
            return "已撤销"
        return "已过期" if self.expires_at <= now else "可用"

    @property
    def division_id(self) -> str:
        return self.organisation.division_id
