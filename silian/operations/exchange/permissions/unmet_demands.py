"""Who may see, verify and take up unmet demands."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.choices import DemandOrigin, UnmetDemandState
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.negotiations import (
    is_supervisor,
    may_read_negotiations,
    may_write_negotiations,
    require_writer,
    side_of,
)

PUBLIC_STATES = (UnmetDemandState.OPEN, UnmetDemandState.TAKEN_UP, UnmetDemandState.MET)


def unmet_demands_visible_to(actor: Actor) -> QuerySet[UnmetDemand]:
    """Verified demands for everybody; one's own; for officials those of the region."""
    seen = Q(state__in=PUBLIC_STATES)
    if may_read_negotiations(actor):
        seen |= Q(organisation_id=side_of(actor))
    if is_supervisor(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    return UnmetDemand.objects.filter(seen)


def unmet_demands_verified_by(actor: Actor) -> QuerySet[UnmetDemand]:
    """The demands that wait for the actor's verification; never those of its own organisation."""
    if not is_supervisor(actor):
        return UnmetDemand.objects.none()
    return UnmetDemand.objects.filter(
        state=UnmetDemandState.PROPOSED,
        division__code__startswith=subtree_prefix(actor.jurisdiction),
    ).exclude(organisation_id=side_of(actor))


def may_verify_unmet(actor: Actor, demand: UnmetDemand) -> bool:
    return (
        is_supervisor(actor)
        and actor.covers(demand.division_id)
        and actor.organisation_id != demand.organisation_id
    )


def require_unmet_verifier(actor: Actor, demand: UnmetDemand) -> None:
    if not may_verify_unmet(actor, demand):
        raise NotAllowed("未满足需求由所在区划的审核员或牵头部门核实，且不能核实本单位提出的。")


def may_close_demand(actor: Actor, demand: UnmetDemand) -> bool:
    """Whether the actor speaks for the demand's organisation.

    A demand that rests on searches was registered by an official, who need not be a clerk.
    """
    if actor.organisation_id is None or actor.organisation_id != demand.organisation_id:
        return False
    by_official = demand.origin == DemandOrigin.SEARCHES and is_supervisor(actor)
    return may_write_negotiations(actor) or by_official


def require_closer(actor: Actor, demand: UnmetDemand) -> None:
    if not may_close_demand(actor, demand):
        require_writer(actor, organisation_ids={demand.organisation_id})
