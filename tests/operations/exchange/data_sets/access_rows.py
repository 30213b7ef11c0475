"""Who gets what from the addresses of shared data."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.commands.data_set_access import request_data
from silian.operations.exchange.models.data_set import DataSet
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.exchange.data_sets import stage
from tests.operations.exchange.negotiations.stage import NOW
from tests.world import ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
WRITERS = ("enterprise", "rival", "school", "reviewer", "coordinator")
DEPARTMENT = ("reviewer", "coordinator")


def roster(world: World) -> dict[str, Any]:
    found = DataSet.objects.filter(title="毕业生名册").first() or stage.roster(world)
    DataSet.objects.update(withdrawn_at=None)
    return {"data_set_id": found.pk}


def counts(world: World) -> dict[str, Any]:
    found = DataSet.objects.filter(title="在校生人数").first() or stage.open_counts(world)
    return {"data_set_id": found.pk}


def asked(world: World) -> dict[str, Any]:
    data_set = DataSet.objects.get(pk=roster(world)["data_set_id"])
    waiting = data_set.requests.first() or request_data(
        data_set_id=data_set.pk,
        purpose="核对毕业生就业去向",
        actor=world.coordinator.actor,
        now=NOW,
    )
    return {"request_id": waiting.pk}


def of_roster(owner: int, department: int, **given: Any) -> Row:
    """The owner, the departments that know of it, and everybody else, who do not."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | dict.fromkeys(DEPARTMENT, department)
    return Row(statuses={**statuses, "anonymous": LOGIN, "school": owner}, **given)


DATA_SETS: dict[str, Row] = {
    "exchange:data_set_list": public(),
    "exchange:data_set_detail": public(kwargs=counts),
    "exchange:data_set_download": public(kwargs=counts, method="post"),
    "exchange:data_set_new": only(*WRITERS),
    "exchange:data_set_join": only(*WRITERS),
    "exchange:data_set_refresh": of_roster(OK, REFUSED, kwargs=roster),
    "exchange:data_set_withdraw": of_roster(DONE, REFUSED, kwargs=roster, method="post"),
    "exchange:data_request_new": of_roster(OK, OK, kwargs=roster),
    "exchange:data_request_decide": of_roster(OK, REFUSED, kwargs=asked),
}
