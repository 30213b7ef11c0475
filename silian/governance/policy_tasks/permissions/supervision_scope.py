"""Who oversees a jurisdiction, and who acts for a responsible body."""

from __future__ import annotations

from django.db.models import Q

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.policies.models import PolicyBody

OVERSEERS = (Role.SUPERVISOR, Role.COORDINATOR, Role.LEADER)
ACTING_ROLES = (Role.MANAGER, Role.AGENT, Role.COORDINATOR, Role.REVIEWER)
READING_ROLES = (*ACTING_ROLES, Role.READER)


def within(actor: Actor, *, field: str = "division__code") -> Q:
    """The rows whose division lies in the actor's jurisdiction."""
    if not actor.jurisdiction:
        return Q(pk__in=[])
    return Q(**{f"{field}__startswith": subtree_prefix(actor.jurisdiction)})


def reads_jurisdiction(actor: Actor) -> bool:
    """Whether the actor reads everything in its jurisdiction (统筹、督查、分管领导)."""
    return bool(actor.jurisdiction) and actor.has_role(*OVERSEERS, Role.READER)


def may_supervise(actor: Actor) -> bool:
    """Whether the actor inspects, issues orders and judges answers (督查人员)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.SUPERVISOR)


def may_coordinate(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def require_supervisor(actor: Actor, *, division: str) -> None:
    if not (may_supervise(actor) and actor.covers(division)):
        raise NotAllowed("督查由本地区的督查人员办理，请联系政府办公室督查机构。")


def require_coordinator(actor: Actor, *, division: str) -> None:
    if not (may_coordinate(actor) and actor.covers(division)):
        raise NotAllowed("这一步由本地区牵头部门统筹人员办理，请联系牵头部门。")


def own_unit(actor: Actor, *, field: str = "body") -> Q:
    """The rows of bodies that the actor's unit is, or into which they were merged."""
    if actor.organisation_id is None or not actor.has_role(*READING_ROLES):
        return Q(pk__in=[])
    return Q(**{f"{field}__organisation_id": actor.organisation_id}) | Q(
        **{f"{field}__successor__organisation_id": actor.organisation_id}
    )


def unit_id(actor: Actor) -> int:
    """The unit that the actor acts for; commands ask it after a role was required."""
    if actor.organisation_id is None:
        raise NotAllowed("请先加入单位，再以单位身份办理。")
    return actor.organisation_id


def acts_for(actor: Actor, body: PolicyBody) -> bool:
    """Whether the actor signs and answers for the body (责任单位经办人)."""
    heirs = {body.organisation_id}
    if body.successor is not None:
        heirs.add(body.successor.organisation_id)
    return (
        actor.organisation_id is not None
        and actor.organisation_id in heirs
        and actor.has_role(*ACTING_ROLES)
    )


def require_body_member(actor: Actor, body: PolicyBody) -> None:
    if not acts_for(actor, body):
        raise NotAllowed(f"这一步由责任单位“{body.name}”的经办人员办理。")
