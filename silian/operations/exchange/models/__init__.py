"""Tables of the exchange, one file per aggregate."""

from silian.operations.exchange.models import (  # noqa: F401
    data_set,
    deal,
    listing,
    listing_import,
    match_event,
    negotiation,
    negotiation_team,
    response,
    subscription,
    unmet_demand,
)
