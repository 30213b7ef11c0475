"""Tables of the exchange, one file per aggregate."""

from silian.operations.exchange.models import (  # noqa: F401
    deal,
    listing,
    listing_import,
    match_event,
    negotiation,
    negotiation_team,
    response,
    unmet_demand,
)
