"""Reads of the organisation register."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.actors import Actor
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Membership


def current_memberships(*, user: User, on: datetime.date) -> list[Membership]:
    """The memberships of ``user`` in force on the day, oldest first."""
    return list(
        Membership.objects.in_force(on=on)
        .filter(user=user)
        .select_related("organisation")
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
        name=user.name,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        organisation_verified=organisation.is_verified,
        roles=frozenset(m.role for m in chosen),
        jurisdiction=next((m.jurisdiction_id for m in chosen if m.jurisdiction_id), ""),
        address=address,
    )
