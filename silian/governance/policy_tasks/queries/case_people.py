"""Who reviews the cases of a division."""

from __future__ import annotations

import datetime

from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership


def reviewers_of(*, division: str, on: datetime.date) -> list[int]:
    """The coordinators nearest to the division: its own, else the city's, else the province's."""
    for code in (division, f"{division[:4]}00", f"{division[:2]}0000"):
        rows = Membership.objects.in_force(on=on).filter(
            role=Role.COORDINATOR, jurisdiction_id=code
        )
        if found := sorted(set(rows.values_list("user_id", flat=True))):
            return found
    return []
