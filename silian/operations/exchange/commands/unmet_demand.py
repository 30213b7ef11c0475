"""Register what was looked for and not found, verify it, take it up, close it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import UnmetDemandState
from silian.operations.exchange.events import (
    UnmetDemandClosed,
    UnmetDemandDecided,
    UnmetDemandProposed,
)
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.negotiations import (
    may_write_negotiations,
    require_verified,
    side_of,
)
from silian.operations.exchange.permissions.unmet_demands import (
    require_closer,
    require_unmet_verifier,
    unmet_demands_visible_to,
)
from silian.operations.exchange.rules.negotiation_clocks import VERIFY_DAYS, due_after
from silian.operations.exchange.rules.unmet_demand import MissedSupply, reason_unfit
from silian.operations.exchange.workflow.unmet_demand import unmet_demand as steps


@transaction.atomic
def propose_unmet_demand(
    *, missed: MissedSupply, actor: Actor, now: datetime.datetime
) -> UnmetDemand:
    """Register a search without result as a demand (登记未满足需求)."""
    if not may_write_negotiations(actor):
        raise NotAllowed("未满足需求由单位管理员或经办人登记，请联系贵单位管理员授权。")
    require_verified(actor)
    sentence = reason_unfit(missed=missed, today=timezone.localdate(now))
    if sentence:
        raise DomainError(sentence.text, field=sentence.field)
    demand = UnmetDemand.objects.create(
        organisation_id=side_of(actor),
        created_by_id=actor.user_id,
        kind=missed.kind,
        side=missed.side,
        title=missed.title.strip(),
        description=missed.description.strip(),
        quantity=missed.quantity,
        needed_by=missed.needed_by,
        division_id=missed.division,
        query=missed.query[:200],
        filters=missed.filters,
        proposed_at=now,
        verify_due_at=due_after(
            timezone.localtime(now), days=VERIFY_DAYS, calendar=site_calendar()
        ),
    )
    record(actor, "exchange.unmet_demand.proposed", demand)
    publish(UnmetDemandProposed(demand_id=demand.pk))
    return demand


def locked_demand(*, demand_id: int, actor: Actor) -> UnmetDemand:
    return unmet_demands_visible_to(actor).select_for_update(of=("self",)).get(pk=demand_id)


@transaction.atomic
def verify_unmet_demand(*, demand_id: int, actor: Actor, now: datetime.datetime) -> UnmetDemand:
    """Confirm that the demand is real, and open it to all (核实未满足需求)."""
    demand = locked_demand(demand_id=demand_id, actor=actor)
    require_unmet_verifier(actor, demand)
    demand.state = steps.target("verify", state=UnmetDemandState(demand.state))
    demand.verified_at, demand.verified_by_id = now, actor.user_id
    demand.save(update_fields=["state", "verified_at", "verified_by"])
    record(actor, "exchange.unmet_demand.verified", demand)
    publish(UnmetDemandDecided(demand_id=demand.pk))
    return demand


@transaction.atomic
def refuse_unmet_demand(
    *, demand_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> UnmetDemand:
    """Refuse a demand with a reason that its organisation reads (不予通过)."""
    demand = locked_demand(demand_id=demand_id, actor=actor)
    require_unmet_verifier(actor, demand)
    if not reason.strip():
        raise DomainError("请写明不予通过的理由和改法，提出单位会看到。", field="reason")
    demand.state = steps.target("refuse", state=UnmetDemandState(demand.state))
    demand.reason, demand.closed_at = reason.strip()[:300], now
    demand.save(update_fields=["state", "reason", "closed_at"])
    record(actor, "exchange.unmet_demand.refused", demand, reason=reason)
    publish(UnmetDemandDecided(demand_id=demand.pk))
    return demand


@transaction.atomic
def withdraw_unmet_demand(
    *, demand_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> UnmetDemand:
    """Take one's own demand back (撤回未满足需求)."""
    demand = locked_demand(demand_id=demand_id, actor=actor)
    require_closer(actor, demand)
    close(demand=demand, step="withdraw", reason=reason, now=now)
    record(actor, "exchange.unmet_demand.withdrawn", demand, reason=reason)
    return demand


@transaction.atomic
def meet_unmet_demand(
    *, demand_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> UnmetDemand | None:
    """Close a demand that a deal has met (登记满足); nothing when it is closed already."""
    demand = UnmetDemand.objects.select_for_update(of=("self",)).get(pk=demand_id)
    if not actor.is_system:
        require_closer(actor, demand)
    if actor.is_system and demand.state == UnmetDemandState.MET:
        return None
    close(demand=demand, step="meet", reason=reason, now=now)
    record(actor, "exchange.unmet_demand.met", demand, reason=reason)
    return demand


def close(*, demand: UnmetDemand, step: str, reason: str, now: datetime.datetime) -> None:
    demand.state = steps.target(step, state=UnmetDemandState(demand.state))
    demand.closed_at, demand.reason = now, reason.strip()[:300]
    demand.save(update_fields=["state", "closed_at", "reason"])
    publish(UnmetDemandClosed(demand_id=demand.pk))
