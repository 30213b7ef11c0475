"""Who may see and keep zones and pairings."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.alliances.choices.pairings import (
    PUBLIC_PAIRINGS,
    PairingKind,
    PairingState,
)
from silian.operations.alliances.models.pairings import Pairing, PairingAction
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.keeping import (
    keeps_region,
    keeps_registers,
    of_unit,
    within,
    writes_for_school,
    writes_for_unit,
)


def zones_visible_to(actor: Actor) -> QuerySet[IndustrialZone]:
    """Every zone: the register is public."""
    return IndustrialZone.objects.all()


def pairings_visible_to(actor: Actor) -> QuerySet[Pairing]:
    """Confirmed pairings for everybody; proposals for both sides and the region's officials."""
    seen = Q(state__in=sorted(PUBLIC_PAIRINGS)) | within(actor)
    seen |= of_unit(actor, "school_id") | of_unit(actor, "zone__committee_id")
    return Pairing.objects.filter(seen | of_unit(actor, "proposed_by_id"))


def may_propose(actor: Actor) -> bool:
    """Whether the actor proposes a pairing: a school, or who keeps the region's register."""
    return writes_for_school(actor) or keeps_registers(actor)


def require_proposer(actor: Actor, *, kind: str) -> None:
    if kind == PairingKind.ZONE_SCHOOL and may_propose(actor):
        return
    if not keeps_registers(actor):
        raise NotAllowed("对口合作由院校提出，结对帮扶和对口支援由主管部门登记。")


def runs_zone(actor: Actor, pairing: Pairing) -> bool:
    """Whether the actor acts for the committee of the pairing's zone."""
    zone = pairing.zone
    own = zone is not None and zone.committee_id == actor.organisation_id
    return own and writes_for_unit(actor)


def may_answer(actor: Actor, pairing: Pairing) -> bool:
    """Whether the actor confirms or returns: the zone's committee or the department."""
    return runs_zone(actor, pairing) or keeps_region(actor, pairing.division_id)


def may_keep(actor: Actor, pairing: Pairing) -> bool:
    """Whether the actor plans actions and records results: both sides and the department."""
    own = pairing.school_id is not None and pairing.school_id == actor.organisation_id
    return (own and writes_for_school(actor)) or may_answer(actor, pairing)


def may_change(actor: Actor, pairing: Pairing) -> bool:
    """Whether the text may be changed: while it is not confirmed, by who proposed it."""
    open_states = (PairingState.PROPOSED, PairingState.RETURNED)
    own = pairing.proposed_by_id == actor.organisation_id and writes_for_unit(actor)
    if pairing.state in open_states and own:
        return True
    return pairing.state != PairingState.ENDED and keeps_region(actor, pairing.division_id)


def require_answerer(actor: Actor, pairing: Pairing) -> None:
    if not may_answer(actor, pairing):
        raise NotAllowed("对口合作由集聚区管理机构或本地区主管部门确认。")


def require_pairing_keeper(actor: Actor, pairing: Pairing) -> None:
    if not may_keep(actor, pairing):
        raise NotAllowed("结对行动由双方和本地区主管部门登记。")


def require_changer(actor: Actor, pairing: Pairing) -> None:
    if not may_change(actor, pairing):
        raise NotAllowed("已确认的结对由本地区主管部门修改，已结束的不能修改。")


def actions_visible_to(actor: Actor) -> QuerySet[PairingAction]:
    return PairingAction.objects.filter(pairing__in=pairings_visible_to(actor))


def pairings_to_answer(actor: Actor) -> QuerySet[Pairing]:
    """Proposals that wait for the actor."""
    mine = Q(pk__in=[])
    if keeps_registers(actor):
        mine |= within(actor)
    if writes_for_unit(actor):
        mine |= Q(zone__committee_id=actor.organisation_id)
    return Pairing.objects.filter(mine, state=PairingState.PROPOSED)


register_action_labels(
    {
        "alliances.zone.added": "登记产业集聚区",
        "alliances.zone.changed": "修改产业集聚区",
        "alliances.zone.closed": "撤销产业集聚区",
        "alliances.pairing.proposed": "提出结对",
        "alliances.pairing.changed": "修改结对",
        "alliances.pairing.confirmed": "确认结对",
        "alliances.pairing.returned": "退回结对",
        "alliances.pairing.ended": "结束结对",
        "alliances.pairing_action.planned": "安排结对行动",
        "alliances.pairing_action.done": "登记结对成效",
        "alliances.pairing_action.dropped": "删除结对行动",
    }
)
