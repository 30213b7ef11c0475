"""Take an unmet demand up with a listing of one's own."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import UnmetDemandState
from silian.operations.exchange.commands.listing_writing import create_listing
from silian.operations.exchange.commands.unmet_demand import locked_demand
from silian.operations.exchange.events import UnmetDemandTakenUp
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.unmet_demand import UnmetDemand, UnmetDemandOffer
from silian.operations.exchange.permissions.negotiations import may_write_negotiations, side_of
from silian.operations.exchange.rules.listing_content import ListingContent
from silian.operations.exchange.rules.unmet_demand import reason_not_takeable
from silian.operations.exchange.workflow.unmet_demand import unmet_demand as steps
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation


@transaction.atomic
def take_up_unmet_demand(
    *, demand_id: int, actor: Actor, now: datetime.datetime
) -> UnmetDemandOffer:
    """Make a draft listing out of a demand and link the two (承接未满足需求)."""
    demand = locked_demand(demand_id=demand_id, actor=actor)
    sentence = reason_actor_may_not_take_up(demand=demand, actor=actor)
    if sentence:
        raise DomainError(sentence) if may_write_negotiations(actor) else NotAllowed(sentence)
    if demand.offers.filter(organisation_id=side_of(actor)).exists():
        raise DomainError("贵单位已承接这条需求，请在“我的供需”完善草稿并发布。")
    demand.state = steps.target("take_up", state=UnmetDemandState(demand.state))
    demand.save(update_fields=["state"])
    listing = create_listing(content=draft_content(demand=demand, actor=actor), actor=actor)
    offer = UnmetDemandOffer.objects.create(
        demand=demand,
        organisation_id=side_of(actor),
        listing=listing,
        taken_up_at=now,
        taken_up_by_id=actor.user_id,
    )
    record(actor, "exchange.unmet_demand.taken_up", demand, detail={"listing": listing.pk})
    publish(UnmetDemandTakenUp(demand_id=demand.pk, listing_id=listing.pk))
    return offer


def draft_content(*, demand: UnmetDemand, actor: Actor) -> ListingContent:
    """What the demand already says about the listing that would meet it."""
    own = Organisation.objects.only("division_id").get(pk=side_of(actor))
    counted = kind_of(demand.kind).quantity is not None
    return ListingContent(
        kind=demand.kind,
        side=demand.side,
        title=demand.title,
        description=f"承接未满足需求：{demand.description}",
        division_id=own.division_id,
        capacity=demand.quantity if counted else None,
    )


def reason_actor_may_not_take_up(*, demand: UnmetDemand, actor: Actor) -> str | None:
    """Why the actor may not take the demand up, or None; pages show the same sentence."""
    publishers = kind_of(demand.kind).publishers
    return reason_not_takeable(
        writes=may_write_negotiations(actor),
        verified=actor.organisation_verified,
        own=actor.organisation_id == demand.organisation_id,
        fits_kind=not publishers or actor.organisation_kind in publishers,
        publisher_names=[str(kind.label) for kind in OrganisationKind if kind in publishers],
    )
