"""Who signs for the schools of the demonstration city."""

from __future__ import annotations

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership


def managers_of_schools() -> dict[int, User]:
    """One account a school that signs for it; of the lead school the visitor's."""
    rows = Membership.objects.filter(
        role=Role.MANAGER, organisation__kind=OrganisationKind.SCHOOL
    ).select_related("user")
    found: dict[int, User] = {}
    for row in rows.order_by("pk"):
        found[row.organisation_id] = row.user
    return found
