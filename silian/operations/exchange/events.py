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


@dataclass(frozen=True, kw_only=True)
class DealBrokenOff(Event):
    deal_id: int


@dataclass(frozen=True, kw_only=True)
class DealRated(Event):
    deal_id: int
    rating_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationAnswered(Event):
    """The owner wrote for the first time."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationDueSoon(Event):
    """The owner's clock runs out in two working days."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class UnmetDemandProposed(Event):
    demand_id: int


@dataclass(frozen=True, kw_only=True)
class UnmetDemandDecided(Event):
    """Verified or refused."""

    demand_id: int


@dataclass(frozen=True, kw_only=True)
class UnmetDemandTakenUp(Event):
    demand_id: int
    listing_id: int


@dataclass(frozen=True, kw_only=True)
class UnmetDemandClosed(Event):
    """Met or withdrawn."""

    demand_id: int


@dataclass(frozen=True, kw_only=True)
class TeamSeatOffered(Event):
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class TeamSeatAnswered(Event):
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class MatchEventAnnounced(Event):
    match_event_id: int


@dataclass(frozen=True, kw_only=True)
class MatchEventChanged(Event):
    """Time or place of an announced event changed."""

    match_event_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class MatchEventCancelled(Event):
    match_event_id: int


@dataclass(frozen=True, kw_only=True)
class MatchEventPlanned(Event):
    """The table plan was shown to those who signed up."""

    match_event_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class MatchEventNear(Event):
    """The event is tomorrow."""

    match_event_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingIntended(Event):
    """An intent was noted at a table; both sides go on in a negotiation."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class EventSignedUp(Event):
    signup_id: int


@dataclass(frozen=True, kw_only=True)
class ListingsImported(Event):
    """A whole file of listings came in; its listings are not announced one by one."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ListingsFindable(Event):
    """The published listings of a file stand in the search."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class DataRequestMade(Event):
    request_id: int


@dataclass(frozen=True, kw_only=True)
class DataRequestDecided(Event):
    request_id: int
