"""Reads of members: whom to tell, whom to choose from."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from silian.registers.organisations.choices import OFFICIAL_ROLES, Role
from silian.registers.organisations.models.membership import Invitation, Membership

VERIFIERS = (Role.REVIEWER, Role.COORDINATOR)


def user_ids_with_role(
    *, organisation_id: int, roles: Sequence[str], on: datetime.date
) -> list[int]:
    """The members of an organisation who hold one of ``roles``; to tell them something."""
    rows = Membership.objects.in_force(on=on).filter(
        organisation_id=organisation_id, role__in=roles
    )
    return sorted(set(rows.values_list("user_id", flat=True)))


def user_ids_by_organisation(
    *, organisation_ids: Collection[int], roles: Sequence[str], on: datetime.date
) -> dict[int, list[int]]:
    """The members of many organisations who hold one of ``roles``, in one query."""
    rows = Membership.objects.in_force(on=on).filter(
        organisation_id__in=organisation_ids, role__in=roles
    )
    found: dict[int, set[int]] = defaultdict(set)
    for organisation, user in rows.values_list("organisation_id", "user_id"):
        found[organisation].add(user)
    return {key: sorted(users) for key, users in found.items()}


def verifier_ids(*, division: str, on: datetime.date) -> list[int]:
    """The officials in whose jurisdiction the division lies, nearest first (属地主管).

    When the county has its own reviewer the city's is not disturbed.
    """
    for code in (division, division[:4] + "00", division[:2] + "0000"):
        if found := official_ids(division=code, roles=VERIFIERS, on=on):
            return found
    return []


def official_ids(*, division: str, roles: Sequence[str], on: datetime.date) -> list[int]:
    """Those who hold one of the roles for exactly this jurisdiction (本地区)."""
    rows = Membership.objects.in_force(on=on).filter(role__in=roles, jurisdiction_id=division)
    return sorted(set(rows.values_list("user_id", flat=True)))


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation that a link names, whatever its state."""
    hashed = hashlib.sha256(secret.encode()).hexdigest()
    rows = Invitation.objects.select_related("organisation", "invited_by")
    return rows.filter(secret_hash=hashed).first()


def administrator_ids(*, role: str, on: datetime.date) -> list[int]:
    """The holders of one administrator role."""
    rows = Membership.objects.in_force(on=on).filter(role=role)
    return sorted(set(rows.values_list("user_id", flat=True)))


def colleagues(*, organisation_id: int, user_id: int, on: datetime.date) -> QuerySet[Membership]:
    """The members of an organisation other than ``user_id``, who hold a role in person."""
    return (
        Membership.objects.in_force(on=on)
        .filter(organisation_id=organisation_id, delegated_from__isnull=True)
        .exclude(user_id=user_id)
        .select_related("user")
        .order_by("user__name", "pk")
    )


def official_memberships(*, on: datetime.date) -> QuerySet[Membership]:
    """Who holds which official role today (政务角色名册)."""
    return (
        Membership.objects.in_force(on=on)
        .filter(role__in=sorted(OFFICIAL_ROLES))
        .select_related(
            "user", "organisation", "jurisdiction", "granted_by", "delegated_from__user"
        )
        .order_by("role", "pk")
    )


def members_for_list(rows: QuerySet[Membership], *, on: datetime.date) -> QuerySet[Membership]:
    """Members in force with what a list of them shows, in a constant number of queries."""
    return (
        rows.in_force(on=on)  # type: ignore[attr-defined]
        .select_related("user", "organisation", "delegated_from__user", "jurisdiction")
        .order_by("user__name", "pk")
    )
