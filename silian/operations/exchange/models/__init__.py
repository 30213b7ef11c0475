"""Tables of the exchange, one file per aggregate."""

from silian.operations.exchange.models import (  # noqa: F401
    deal,
    listing,
    negotiation,
    negotiation_team,
    response,
    unmet_demand,
)
