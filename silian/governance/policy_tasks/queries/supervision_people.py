"""Whom to tell: the members of a body."""

from __future__ import annotations

import datetime

from silian.governance.policy_tasks.permissions.supervision_scope import ACTING_ROLES
from silian.registers.organisations.queries.members import user_ids_with_role
from silian.registers.policies.models import PolicyBody


def members_of_body(body: PolicyBody, *, on: datetime.date) -> list[int]:
    """The members who act for the body, or for the one that took its duties over."""
    heir = body.successor or body
    if heir.organisation_id is None:
        return []
    return user_ids_with_role(organisation_id=heir.organisation_id, roles=ACTING_ROLES, on=on)
