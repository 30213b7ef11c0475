"""What happens on the exchange, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ListingSubmitted(Event):
    listing_id: int


@dataclass(frozen=True, kw_only=True)
class ListingPublished(Event):
    listing_id: int


@dataclass(frozen=True, kw_only=True)
class ListingReturned(Event):
    listing_id: int


@dataclass(frozen=True, kw_only=True)
class ListingClosed(Event):
    """Withdrawn, expired or filled."""

    listing_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationOpened(Event):
    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    negotiation_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class IntentProposed(Event):
    negotiation_id: int
    intent_id: int


@dataclass(frozen=True, kw_only=True)
class IntentAccepted(Event):
    negotiation_id: int
    intent_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationClosed(Event):
    """Refused, withdrawn or lapsed."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class DealRecorded(Event):
    deal_id: int
    listing_id: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class DealCompleted(Event):
    deal_id: int
