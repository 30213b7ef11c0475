"""Who gets what from every address of the exchange, one block per aggregate."""

from __future__ import annotations

from tests.access import Row, public
from tests.operations.exchange.data_sets.access_rows import DATA_SETS
from tests.operations.exchange.imports.access_rows import IMPORTS
from tests.operations.exchange.listings.access_rows import LISTING_ROWS
from tests.operations.exchange.match_events.access_rows import MATCH_EVENTS
from tests.operations.exchange.negotiations.access_rows import NEGOTIATIONS
from tests.operations.exchange.recommendations.access_rows import RECOMMENDATIONS
from tests.operations.exchange.searches.access_rows import SEARCHES
from tests.operations.exchange.subscriptions.access_rows import SUBSCRIPTIONS

HALL: dict[str, Row] = {
    "exchange:hall": public(),
}

ACCESS: dict[str, Row] = {
    **HALL,
    **LISTING_ROWS,
    **NEGOTIATIONS,
    **IMPORTS,
    **MATCH_EVENTS,
    **DATA_SETS,
    **SEARCHES,
    **SUBSCRIPTIONS,
    **RECOMMENDATIONS,
}
