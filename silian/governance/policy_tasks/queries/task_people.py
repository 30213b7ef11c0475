"""Whom a task concerns, to tell them."""

from __future__ import annotations

import datetime

from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import REPORTERS
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries.members import user_ids_with_role


def lead_ids(task: PolicyTask, *, on: datetime.date) -> list[int]:
    """The owner of a task, else the people who report for its leading unit."""
    if task.owner_id:
        return [task.owner_id]
    return unit_ids(task.lead.organisation_id if task.lead else None, on=on)


def unit_ids(organisation_id: int | None, *, on: datetime.date) -> list[int]:
    """The people who report for a unit; nobody where the unit is not registered."""
    if organisation_id is None:
        return []
    return user_ids_with_role(organisation_id=organisation_id, roles=REPORTERS, on=on)


def cooperating_ids(task: PolicyTask, *, on: datetime.date) -> list[int]:
    """The people who report for the cooperating units."""
    units = task.bodies.filter(body__organisation__isnull=False)
    ids = units.values_list("body__organisation_id", flat=True).distinct()
    return sorted({user for unit in ids for user in unit_ids(unit, on=on)})


def keeper_ids(task: PolicyTask, *, on: datetime.date) -> list[int]:
    """The coordinators who assign the task and confirm it."""
    if task.keeper_id:
        return user_ids_with_role(organisation_id=task.keeper_id, roles=[Role.COORDINATOR], on=on)
    return overseer_ids(task.division_id, roles=[Role.COORDINATOR], on=on)


def overseer_ids(division: str, *, roles: list[str], on: datetime.date) -> list[int]:
    """The officials with one of ``roles`` over the division, the nearest level that has one."""
    for code in (division, division[:4] + "00", division[:2] + "0000"):
        rows = Membership.objects.in_force(on=on).filter(role__in=roles, jurisdiction_id=code)
        found = sorted(set(rows.values_list("user_id", flat=True)))
        if found:
            return found
    return []
