"""Whom to tell: clerks of organisations, and the people of internships who have an account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from silian.operations.placements.models.internships import Internship
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership

CLERK_ROLES = (Role.MANAGER, Role.AGENT)


def clerks_of(organisation_ids: Iterable[int]) -> dict[int, set[int]]:
    """The accounts of each organisation's managers and agents (经办人)."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.in_force(on=timezone.localdate()).filter(
        organisation_id__in=list(organisation_ids), role__in=CLERK_ROLES
    )
    for organisation_id, user_id in rows.values_list("organisation_id", "user_id"):
        found[organisation_id].add(user_id)
    return found


def person_users(internship_ids: Sequence[int]) -> set[int]:
    """The accounts of the students and guardians of some internships."""
    rows = Internship.objects.filter(pk__in=internship_ids)
    pairs = rows.values_list("person__user_id", "person__guardian__user_id")
    return {user for pair in pairs for user in pair if user is not None}
