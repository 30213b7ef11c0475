"""Whom to tell: the members of a body, and the officials of a jurisdiction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.governance.policy_tasks.permissions.supervision_scope import ACTING_ROLES
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries.members import user_ids_with_role
from silian.registers.policies.models import PolicyBody


def members_of_body(body: PolicyBody, *, on: datetime.date) -> list[int]:
    """The members who act for the body, or for the one that took its duties over."""
    heir = body.successor or body
    if heir.organisation_id is None:
        return []
    return user_ids_with_role(organisation_id=heir.organisation_id, roles=ACTING_ROLES, on=on)


def officials_of(*, division: str, roles: Sequence[str], on: datetime.date) -> list[int]:
    """Those who hold one of the roles for exactly this jurisdiction (本地区)."""
    rows = Membership.objects.in_force(on=on).filter(role__in=roles, jurisdiction_id=division)
    return sorted(set(rows.values_list("user_id", flat=True)))
