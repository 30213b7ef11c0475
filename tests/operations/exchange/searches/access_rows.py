"""Who gets what from the addresses of search analytics."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, LOGIN, REFUSED, Row, only
from tests.operations.exchange.searches.stage import suggested
from tests.world import ROLES, World

SUPERVISORS = ("coordinator", "reviewer")


def suggestion_of(world: World) -> dict[str, Any]:
    return {"suggestion_id": suggested().pk}


SEARCHES: dict[str, Row] = {
    "exchange:search_analytics": only(*SUPERVISORS),
    "exchange:search_term": only(*SUPERVISORS, status=HIDDEN),
    "exchange:demand_suggestion": only(*SUPERVISORS, kwargs=suggestion_of),
    "exchange:demand_suggestion_dismiss": Row(
        statuses=dict.fromkeys(ROLES, REFUSED)
        | {"anonymous": LOGIN}
        | dict.fromkeys(SUPERVISORS, 302),
        method="post",
        kwargs=suggestion_of,
        data=lambda world: {"reason": "站内已有同类供给"},
    ),
}
