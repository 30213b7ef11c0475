"""Propose terms, propose others, accept."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_messages import (
    answer_if_awaited,
    locked_negotiation,
)
from silian.operations.exchange.events import IntentAccepted, IntentProposed
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.permissions.negotiations import (
    require_verified,
    require_writer,
    side_of,
)
from silian.operations.exchange.queries.negotiation_page import unit_of
from silian.operations.exchange.rules.negotiation_clocks import (
    AGREEMENT_DAYS,
    INTENT_DAYS,
    due_after,
)
from silian.operations.exchange.rules.negotiation_opening import reason_period_unfit
from silian.operations.exchange.rules.negotiation_terms import Terms
from silian.operations.exchange.workflow.negotiation import negotiation as negotiation_steps


@transaction.atomic
def propose_intent(
    *, negotiation_id: int, terms: Terms, actor: Actor, now: datetime.datetime
) -> Intent:
    """Put terms to the other side, for the first time or in return (提出意向)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.asker_id, negotiation.owner_id})
    require_verified(actor)
    if actor.organisation_id == negotiation.owner_id:
        answer_if_awaited(negotiation=negotiation, actor=actor, now=now)
    refuse_unfit_terms(negotiation=negotiation, terms=terms)
    negotiation.state = negotiation_steps.target(
        "propose",
        state=NegotiationState(negotiation.state),
        quantity=terms.quantity,
        left=negotiation.listing.capacity_left,
        unit=unit_of(negotiation.listing),
    )
    intent = Intent.objects.create(
        negotiation=negotiation,
        proposed_by_id=side_of(actor),
        proposer_id=actor.user_id,
        proposed_at=now,
        form=terms.form,
        quantity=terms.quantity,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        terms=terms.terms.strip(),
    )
    negotiation.turn = negotiation.other_side(actor.organisation_id)
    negotiation.answer_due_at = due_after(
        timezone.localtime(now), days=INTENT_DAYS, calendar=site_calendar()
    )
    negotiation.last_message_at = now
    negotiation.save(update_fields=["state", "turn", "answer_due_at", "last_message_at"])
    record(actor, "exchange.intent.proposed", negotiation, detail={"intent": intent.pk})
    publish(IntentProposed(negotiation_id=negotiation.pk, intent_id=intent.pk))
    return intent


def refuse_unfit_terms(*, negotiation: Negotiation, terms: Terms) -> None:
    forms = kind_of(negotiation.listing.kind).forms
    if terms.form not in forms:
        raise DomainError(f"合作形式请从“{'、'.join(forms)}”中选择。", field="form")
    if not terms.terms.strip():
        raise DomainError("请写明主要条款，例如报酬、分工、验收。", field="terms")
    sentence = reason_period_unfit(starts_on=terms.starts_on, ends_on=terms.ends_on)
    if sentence:
        raise DomainError(sentence, field="ends_on")


@transaction.atomic
def accept_intent(
    *, negotiation_id: int, intent_id: int, actor: Actor, now: datetime.datetime
) -> Intent:
    """Accept the other side's latest terms (接受意向)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    intent = latest_intent(negotiation=negotiation, intent_id=intent_id)
    both = {negotiation.asker_id, negotiation.owner_id}
    require_writer(actor, organisation_ids=both - {intent.proposed_by_id})
    require_verified(actor)
    negotiation.state = negotiation_steps.target(
        "accept",
        state=NegotiationState(negotiation.state),
        quantity=intent.quantity,
        left=negotiation.listing.capacity_left,
        unit=unit_of(negotiation.listing),
    )
    intent.accepted_at, intent.accepted_by_id = now, actor.user_id
    intent.save(update_fields=["accepted_at", "accepted_by"])
    negotiation.turn, negotiation.answer_due_at = None, None
    negotiation.agreement_due_at = due_after(
        timezone.localtime(now), days=AGREEMENT_DAYS, calendar=site_calendar()
    )
    negotiation.last_message_at = now
    negotiation.save(
        update_fields=["state", "turn", "answer_due_at", "agreement_due_at", "last_message_at"]
    )
    record(actor, "exchange.intent.accepted", negotiation, detail={"intent": intent.pk})
    publish(IntentAccepted(negotiation_id=negotiation.pk, intent_id=intent.pk))
    return intent


def latest_intent(*, negotiation: Negotiation, intent_id: int) -> Intent:
    """The proposal on the table; refuses one that a later proposal has replaced."""
    intent = negotiation.intents.order_by("-pk").first()
    if intent is None or intent.pk != intent_id:
        raise DomainError("对方或贵单位已提出新的意向，请看最新一版后再决定。")
    return intent
