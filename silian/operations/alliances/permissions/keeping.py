"""Who keeps the registers of a region, and who acts for a school or another unit."""

from __future__ import annotations

from django.db.models import Q

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

KEEPING_ROLES = (Role.COORDINATOR, Role.REVIEWER)
UNIT_WRITERS = (Role.MANAGER, Role.AGENT)
UNIT_READERS = (*UNIT_WRITERS, Role.READER)


def keeps_registers(actor: Actor) -> bool:
    """Whether the actor keeps registers for the government of a region (登记管理)."""
    return (
        actor.organisation_kind == OrganisationKind.GOVERNMENT
        and actor.has_role(*KEEPING_ROLES)
        and bool(actor.jurisdiction)
    )


def keeps_region(actor: Actor, division: str) -> bool:
    return keeps_registers(actor) and actor.covers(division)


def require_keeper(actor: Actor, *, division: str) -> None:
    if not keeps_region(actor, division):
        raise NotAllowed("这项登记由本地区主管部门的统筹或审核人员办理，请联系主管部门。")


def oversees(actor: Actor) -> bool:
    """Whether the actor reads everything of a region: keepers, supervisors, leaders."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def within(actor: Actor, path: str = "division") -> Q:
    """Rows of the region that the actor oversees; nothing for others."""
    if not oversees(actor):
        return Q(pk__in=[])
    return Q(**{f"{path}__code__startswith": subtree_prefix(actor.jurisdiction)})


def writes_for_unit(actor: Actor) -> bool:
    """Whether the actor acts for its verified unit."""
    return (
        actor.organisation_id is not None
        and actor.organisation_verified
        and actor.has_role(*UNIT_WRITERS)
    )


def reads_for_unit(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.has_role(*UNIT_READERS)


def writes_for_school(actor: Actor) -> bool:
    """Whether the actor acts for a verified school."""
    return writes_for_unit(actor) and actor.organisation_kind == OrganisationKind.SCHOOL


def of_unit(actor: Actor, path: str) -> Q:
    """Rows of the actor's own unit; ``path`` is the column of its key."""
    if not reads_for_unit(actor):
        return Q(pk__in=[])
    return Q(**{path: actor.organisation_id})
