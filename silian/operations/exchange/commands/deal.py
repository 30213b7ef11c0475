"""Record a deal, and what came of it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import DealState, NegotiationState
from silian.operations.exchange.commands.listing_capacity import return_capacity, take_capacity
from silian.operations.exchange.commands.negotiation_messages import locked_negotiation
from silian.operations.exchange.events import DealBrokenOff, DealCompleted, DealRecorded
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.permissions.negotiations import (
    deals_visible_to,
    require_verified,
    require_writer,
)
from silian.operations.exchange.workflow.deal import deal as deal_steps
from silian.operations.exchange.workflow.negotiation import negotiation as negotiation_steps


@transaction.atomic
def record_deal(
    *,
    negotiation_id: int,
    agreement_reference: str,
    agreed_on: datetime.date,
    actor: Actor,
    now: datetime.datetime,
    from_production: bool = False,
    joint_project: str = "",
) -> Deal:
    """Record the agreement that an intent became, and count the listing down (登记协议)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.asker_id, negotiation.owner_id})
    require_verified(actor)
    negotiation.state = negotiation_steps.target("agree", state=NegotiationState(negotiation.state))
    intent = negotiation.intents.get(accepted_at__isnull=False)
    refuse_unfit_agreement(
        reference=agreement_reference, agreed_on=agreed_on, today=timezone.localdate(now)
    )
    take_capacity(listing_id=negotiation.listing_id, quantity=intent.quantity, actor=actor)
    deal = Deal.objects.create(
        negotiation=negotiation,
        listing_id=negotiation.listing_id,
        quantity=intent.quantity,
        agreement_reference=agreement_reference.strip(),
        agreed_on=agreed_on,
        recorded_by_id=actor.user_id,
        recorded_at=now,
        from_production=from_production,
        joint_project=joint_project.strip(),
        is_demo=negotiation.is_demo,
    )
    close_as_agreed(negotiation=negotiation, now=now)
    tell_recorded(deal=deal, intent=intent, actor=actor)
    return deal


def refuse_unfit_agreement(
    *, reference: str, agreed_on: datetime.date, today: datetime.date
) -> None:
    if not reference.strip():
        raise DomainError("请填写协议编号；没有编号的写协议名称。", field="agreement_reference")
    if agreed_on > today:
        raise DomainError("签约日不能晚于今天，请在签约后登记。", field="agreed_on")


def close_as_agreed(*, negotiation: Negotiation, now: datetime.datetime) -> None:
    negotiation.agreement_due_at = None
    negotiation.closed_at = now
    negotiation.last_message_at = now
    negotiation.save(update_fields=["state", "agreement_due_at", "closed_at", "last_message_at"])


def tell_recorded(*, deal: Deal, intent: Intent, actor: Actor) -> None:
    record(
        actor,
        "exchange.deal.recorded",
        deal,
        detail={"intent": intent.pk, "quantity": deal.quantity},
    )
    publish(DealRecorded(deal_id=deal.pk, listing_id=deal.listing_id, quantity=deal.quantity))


def locked_deal(*, deal_id: int, actor: Actor) -> Deal:
    """The deal, locked, for a writing member of one of its sides."""
    deal = (
        deals_visible_to(actor)
        .select_related("listing", "negotiation")
        .select_for_update(of=("self",))
        .get(pk=deal_id)
    )
    require_writer(actor, organisation_ids={deal.negotiation.asker_id, deal.negotiation.owner_id})
    return deal


@transaction.atomic
def complete_deal(
    *,
    deal_id: int,
    achieved: int,
    outcome: str,
    closed_on: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> Deal:
    """Record that a deal was carried out and what it achieved (登记完成)."""
    deal = locked_deal(deal_id=deal_id, actor=actor)
    deal.state = deal_steps.target("complete", state=DealState(deal.state))
    if achieved > deal.quantity:
        raise DomainError(
            f"协议数量为 {deal.quantity}，实际完成不能超过；多出的部分请另行成交。",
            field="achieved",
        )
    close_deal(deal=deal, achieved=achieved, outcome=outcome, closed_on=closed_on, now=now)
    record(actor, "exchange.deal.completed", deal, detail={"achieved": achieved})
    publish(DealCompleted(deal_id=deal.pk))
    return deal


@transaction.atomic
def break_off_deal(
    *,
    deal_id: int,
    achieved: int,
    outcome: str,
    closed_on: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> Deal:
    """Record that a deal ended early, how far it came and why (登记中止).

    What was not achieved goes back to the listing.
    """
    deal = locked_deal(deal_id=deal_id, actor=actor)
    deal.state = deal_steps.target("break_off", state=DealState(deal.state))
    if achieved >= deal.quantity:
        raise DomainError("数量已全部完成的请登记为完成。", field="achieved")
    close_deal(deal=deal, achieved=achieved, outcome=outcome, closed_on=closed_on, now=now)
    return_capacity(listing_id=deal.listing_id, quantity=deal.quantity - achieved, actor=actor)
    record(actor, "exchange.deal.broken_off", deal, reason=outcome)
    publish(DealBrokenOff(deal_id=deal.pk))
    return deal


def close_deal(
    *, deal: Deal, achieved: int, outcome: str, closed_on: datetime.date, now: datetime.datetime
) -> None:
    if not outcome.strip():
        raise DomainError("请写明成效；中止的写明原因。", field="outcome")
    if not deal.agreed_on <= closed_on <= timezone.localdate(now):
        raise DomainError(
            f"结束日应在签约日 {deal.agreed_on:%Y-%m-%d} 和今天之间。", field="closed_on"
        )
    deal.achieved, deal.outcome = achieved, outcome.strip()
    deal.closed_on, deal.closed_at = closed_on, now
    deal.save(update_fields=["state", "achieved", "outcome", "closed_on", "closed_at"])
