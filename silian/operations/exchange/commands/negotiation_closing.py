"""End a negotiation without an agreement: refuse, withdraw, lapse."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_messages import (
    locked_negotiation,
    note_first_answer,
)
from silian.operations.exchange.events import NegotiationClosed, NegotiationDueSoon
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.permissions.negotiations import require_writer
from silian.operations.exchange.workflow.negotiation import negotiation as negotiation_steps

LAPSE_REASON = "发布单位未在期限内回应"
CLOSING_FIELDS = [
    "state",
    "turn",
    "answer_due_at",
    "agreement_due_at",
    "answered_at",
    "answered_minutes",
    "closed_at",
    "close_reason",
]


@transaction.atomic
def refuse_negotiation(
    *, negotiation_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> Negotiation:
    """Say no with a reason that the other side reads (婉拒); counts as an answer."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.owner_id})
    if not reason.strip():
        raise DomainError("请写明婉拒理由，对方会看到。", field="reason")
    note_first_answer(negotiation=negotiation, now=now)
    close(negotiation=negotiation, step="refuse", reason=reason, now=now)
    record(actor, "exchange.negotiation.refused", negotiation, reason=reason)
    return negotiation


@transaction.atomic
def withdraw_negotiation(
    *, negotiation_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> Negotiation:
    """Take one's own answer back (撤回洽谈)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.asker_id})
    close(negotiation=negotiation, step="withdraw", reason=reason, now=now)
    record(actor, "exchange.negotiation.withdrawn", negotiation, reason=reason)
    return negotiation


@transaction.atomic
def lapse_negotiation(
    *, negotiation_id: int, actor: Actor, now: datetime.datetime
) -> Negotiation | None:
    """End a negotiation whose owner stayed silent past the clock (逾期未回应)."""
    negotiation = (
        Negotiation.objects.silent(now=now)
        .select_related("listing", "asker", "owner")
        .select_for_update(of=("self",))
        .filter(pk=negotiation_id)
        .first()
    )
    if negotiation is None:
        return None
    close(negotiation=negotiation, step="lapse", reason=LAPSE_REASON, now=now)
    record(actor, "exchange.negotiation.lapsed", negotiation)
    return negotiation


def close(*, negotiation: Negotiation, step: str, reason: str, now: datetime.datetime) -> None:
    negotiation.state = negotiation_steps.target(step, state=NegotiationState(negotiation.state))
    negotiation.turn, negotiation.answer_due_at = None, None
    negotiation.agreement_due_at = None
    negotiation.closed_at, negotiation.close_reason = now, reason.strip()[:300]
    negotiation.save(update_fields=CLOSING_FIELDS)
    publish(NegotiationClosed(negotiation_id=negotiation.pk))


@transaction.atomic
def remind_owner(*, negotiation_id: int, actor: Actor, now: datetime.datetime) -> bool:
    """Remind the owner once that its clock runs out (回应提醒); says whether it was needed."""
    negotiation = (
        Negotiation.objects.select_for_update(of=("self",))
        .select_related("listing", "asker")
        .filter(pk=negotiation_id, state=NegotiationState.OPEN, reminded_at__isnull=True)
        .first()
    )
    if negotiation is None:
        return False
    negotiation.reminded_at = now
    negotiation.save(update_fields=["reminded_at"])
    record(actor, "exchange.negotiation.reminded", negotiation)
    publish(NegotiationDueSoon(negotiation_id=negotiation.pk))
    return True
