"""Who a signed-in person is, for which of their organisations."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from silian.foundation.kernel.actors import Actor
from silian.registers.accounts.models import User
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.token import ApiToken

SUBSTITUTE = "代"


def current_memberships(*, user: User, on: datetime.date) -> list[Membership]:
    """The memberships of ``user`` in force on the day, oldest first."""
    return list(
        Membership.objects.in_force(on=on)
        .filter(user=user)
        .select_related("organisation", "delegated_from__user")
        .order_by("pk")
    )


def actor_for(
    *, user: User, on: datetime.date, organisation_id: int | None = None, address: str = ""
) -> Actor:
    """The actor that ``user`` is, acting for the chosen organisation or for the first."""
    memberships = current_memberships(user=user, on=on)
    chosen = [m for m in memberships if m.organisation_id == organisation_id] or [
        m
        for m in memberships
        if memberships and m.organisation_id == memberships[0].organisation_id
    ]
    if not chosen:
        return Actor(user_id=user.pk, name=user.name, address=address)
    organisation = chosen[0].organisation
    return Actor(
        user_id=user.pk,
        name=acting_name(user=user, memberships=chosen),
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        organisation_verified=organisation.is_verified,
        roles=frozenset(m.role for m in chosen),
        jurisdiction=widest_jurisdiction(chosen),
        address=address,
    )


def widest_jurisdiction(memberships: list[Membership]) -> str:
    """The scope of the official role; of several the one nearest the root."""
    codes = [m.jurisdiction_id for m in memberships if m.jurisdiction_id]
    return min(codes, key=lambda code: len(code.rstrip("0")), default="")


def acting_name(*, user: User, memberships: list[Membership]) -> str:
    """The name by which somebody acts: 李四（代张三） while a delegation is in force (代)."""
    givers = sorted({m.delegated_from.user.name for m in memberships if m.delegated_from})
    return f"{user.name}（{SUBSTITUTE}{'、'.join(givers)}）" if givers else user.name


@dataclass(frozen=True, kw_only=True)
class TokenActor:
    """Who a key acts as, and what it may do (接口身份)."""

    actor: Actor
    scopes: frozenset[str]
    token_id: int


def actor_from_token(
    *, secret: str, now: datetime.datetime, on: datetime.date, address: str = ""
) -> TokenActor | None:
    """The actor behind an API key, or None when the key is unknown, expired or revoked.

    A key acts as the member who made it, for its organisation, and dies with that membership,
    with the lock of the account and with the organisation.
    """
    token = (
        ApiToken.objects.select_related("created_by", "organisation")
        .filter(
            secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            revoked_at__isnull=True,
            expires_at__gt=now,
            created_by__is_active=True,
        )
        .first()
    )
    if token is None:
        return None
    actor = actor_for(
        user=token.created_by, on=on, organisation_id=token.organisation_id, address=address
    )
    if actor.organisation_id != token.organisation_id or not actor.organisation_verified:
        return None
    return TokenActor(actor=actor, scopes=frozenset(token.scopes), token_id=token.pk)
