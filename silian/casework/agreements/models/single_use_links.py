"""What every single-use link keeps, whatever it opens."""

from __future__ import annotations

import datetime
import hashlib
from typing import Self

from django.db import models

from silian.registers.accounts.models import User


def digest_of(token: str) -> str:
    """What is kept of a token (令牌摘要)."""
    return hashlib.sha256(token.encode()).hexdigest()


class SingleUseLinks(models.QuerySet):  # type: ignore[type-arg]
    """Words about links."""

    def unused(self) -> Self:
        """Neither used nor stopped."""
        return self.filter(used_at=None, revoked_at=None)

    def working(self, *, now: datetime.datetime) -> Self:
        """Those that still open something (有效链接)."""
        return self.unused().filter(expires_at__gt=now)

    def opened_by(self, token: str) -> Self:
        return self.filter(token_digest=digest_of(token))


class SingleUseLink(models.Model):
    """A link that acts once, without an account (一次性链接). Only the token's digest is kept."""

    token_digest = models.CharField("令牌摘要", max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    failed_attempts = models.PositiveSmallIntegerField("核对失败次数", default=0)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = SingleUseLinks.as_manager()

    class Meta:
        abstract = True
