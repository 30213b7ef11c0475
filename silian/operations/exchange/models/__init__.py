"""Tables of the exchange, one file per aggregate."""

from silian.operations.exchange.models import (  # noqa: F401
    data_set,
    deal,
    demand_suggestion,
    listing,
    listing_import,
    match_event,
    negotiation,
    negotiation_team,
    recommendation,
    response,
    search_log,
    subscription,
    unmet_demand,
    value_added_service,
)
