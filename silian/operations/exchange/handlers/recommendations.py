"""What becomes of recommendations: answers, intents and deals flow back as feedback."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.commands.recommendation_feedback import (
    note_acceptance,
    note_agreement,
    note_contact,
)
from silian.operations.exchange.events import DealRecorded, IntentAccepted, NegotiationOpened


@subscribe(NegotiationOpened)
def note_answer_after_showing(event: NegotiationOpened) -> None:
    note_contact(negotiation_id=event.negotiation_id)


@subscribe(IntentAccepted)
def note_intent_after_showing(event: IntentAccepted) -> None:
    note_acceptance(negotiation_id=event.negotiation_id, at=timezone.now())


@subscribe(DealRecorded)
def note_deal_after_showing(event: DealRecorded) -> None:
    note_agreement(deal_id=event.deal_id)
