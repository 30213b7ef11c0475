"""Keys for machines: made, shown once, used, revoked."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations.choices import TokenScope
from silian.registers.organisations.commands.members import secret_hash
from silian.registers.organisations.commands.registration import locked
from silian.registers.organisations.models.token import ApiToken
from silian.registers.organisations.permissions import require_manager

PREFIX = "sl_"
MOST_DAYS = 365  # a key that outlives a year is a key nobody remembers
MOST_TOKENS = 20
USE_NOTED_EVERY = datetime.timedelta(minutes=1)  # one write a minute, not one a call


@transaction.atomic
def create_token(
    *,
    organisation_id: int,
    name: str,
    scopes: Sequence[str],
    days: int,
    actor: Actor,
    now: datetime.datetime,
) -> tuple[ApiToken, str]:
    """Make a key; the secret is returned once and never kept (创建接口令牌)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    if not organisation.is_verified:
        raise DomainError("核验通过的单位才能使用接口，请先完成核验。")
    refuse_odd(scopes=scopes, days=days)
    usable = organisation.tokens.filter(revoked_at__isnull=True, expires_at__gt=now).count()
    if usable >= MOST_TOKENS:
        raise DomainError(f"最多同时使用 {MOST_TOKENS} 个令牌，请先撤销用不到的。")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=organisation,
        name=name.strip(),
        hint=secret[:9],
        secret_hash=secret_hash(secret),
        scopes=sorted(set(scopes)),
        created_by_id=signed_in_id(actor),
        expires_at=now + datetime.timedelta(days=days),
    )
    record(actor, "organisations.token.created", token, detail={"scopes": token.scopes})
    return token, secret


def refuse_odd(*, scopes: Sequence[str], days: int) -> None:
    if not scopes:
        raise DomainError("请至少选择 1 项权限。", field="scopes")
    unknown = set(scopes) - set(TokenScope.values)
    if unknown:
        raise DomainError(f"没有这样的权限：{'、'.join(sorted(unknown))}。", field="scopes")
    if not 1 <= days <= MOST_DAYS:
        raise DomainError(f"有效期请填 1 至 {MOST_DAYS} 天。", field="days")


@transaction.atomic
def revoke_token(*, token_id: int, actor: Actor) -> ApiToken:
    """Make a key useless at once (撤销接口令牌)."""
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    require_manager(actor, token.organisation)
    if token.revoked_at:
        raise DomainError("这个令牌已经撤销。")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(actor, "organisations.token.revoked", token)
    return token


def note_token_use(*, token_id: int, now: datetime.datetime) -> None:
    """Keep when a key was last used, at most once a minute (最近使用)."""
    ApiToken.objects.filter(pk=token_id).exclude(last_used_at__gt=now - USE_NOTED_EVERY).update(
        last_used_at=now
    )
