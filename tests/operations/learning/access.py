"""Who gets what from every address of the training fund."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.files import files_of
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn
from tests.access import HIDDEN, OK, REFUSED, Row, only, public
from tests.operations.learning import stage
from tests.world import World

DONE = 302
KEEPERS = ("reviewer", "coordinator")
OFFICIALS = (*KEEPERS, "supervisor", "leader")
ASKED = ("enterprise", "rival")


def call(world: World) -> dict[str, Any]:
    return {"call_id": (FundCall.objects.first() or stage.issued(world)).pk}


def template(world: World) -> dict[str, Any]:
    return {**call(world), "kind": "returns"}


def unit(world: World) -> dict[str, Any]:
    found = FundCall.objects.first() or stage.issued(world)
    return {"call_id": found.pk, "unit_id": 0}


def row(world: World) -> dict[str, Any]:
    return {"return_id": (FundReturn.objects.first() or stage.submitted(world)).pk}


def draft(world: World) -> dict[str, Any]:
    return {"return_id": (FundReturn.objects.first() or stage.written(world)).pk}


def file(world: World) -> dict[str, Any]:
    found = FundReturn.objects.first() or stage.written(world)
    kept = files_of(found).first()
    return {"return_id": found.pk, "file_id": kept.pk if kept else 0}


def named(name: str) -> Any:
    return lambda world: {**row(world), "name": name}


def submit(world: World) -> dict[str, Any]:
    return {**draft(world), "name": "submit"}


def of_call(*, keepers: int, **given: Any) -> Row:
    """For those who manage a notice; those who see it are refused, to others it is not there."""
    found = only(*KEEPERS, status=keepers, otherwise=HIDDEN, **given)
    refused = dict.fromkeys(("supervisor", "leader", *ASKED), REFUSED)
    return Row(
        statuses={**found.statuses, **refused},
        kwargs=found.kwargs,
        method=found.method,
        data=found.data,
    )


def of_return(*, owner: int, keepers: int, others: int, **given: Any) -> Row:
    """For the enterprise, the authority, those who only read."""
    found = only("enterprise", status=owner, otherwise=HIDDEN, **given)
    told = {
        **dict.fromkeys(KEEPERS, keepers),
        **dict.fromkeys(("supervisor", "leader"), others),
    }
    return Row(
        statuses={**found.statuses, **told},
        kwargs=found.kwargs,
        method=found.method,
        data=found.data,
    )


ACCESS: dict[str, Row] = {
    "learning:public_figures": public(),
    "learning:own": only(*ASKED),
    "learning:call_list": only(*OFFICIALS),
    "learning:call_new": only(*KEEPERS),
    "learning:call_detail": Row(
        statuses={
            **only(*OFFICIALS, otherwise=HIDDEN).statuses,
            **dict.fromkeys(ASKED, DONE),
        },
        kwargs=call,
    ),
    "learning:call_edit": of_call(keepers=OK, kwargs=call),
    "learning:call_units": of_call(keepers=OK, kwargs=call),
    "learning:call_units_import": of_call(keepers=OK, kwargs=call),
    "learning:call_unit_drop": of_call(keepers=HIDDEN, kwargs=unit, method="post"),
    "learning:call_issue": of_call(keepers=DONE, kwargs=call, method="post"),
    "learning:call_remind": of_call(keepers=DONE, kwargs=call, method="post"),
    "learning:return_begin": Row(
        statuses={
            **only(*OFFICIALS, status=REFUSED, otherwise=HIDDEN).statuses,
            **dict.fromkeys(ASKED, DONE),
        },
        kwargs=call,
        method="post",
    ),
    "learning:call_returns_import": of_call(keepers=OK, kwargs=call),
    "learning:sheet_template": of_call(keepers=OK, kwargs=template),
    "learning:return_list": only(*OFFICIALS),
    "learning:return_detail": of_return(owner=OK, keepers=OK, others=OK, kwargs=row),
    "learning:return_edit": only("enterprise", otherwise=HIDDEN, kwargs=draft),
    "learning:evidence_add": only("enterprise", otherwise=HIDDEN, kwargs=draft),
    "learning:evidence_drop": only(
        "enterprise", status=DONE, otherwise=HIDDEN, kwargs=file, method="post"
    ),
    "learning:return_amend": of_return(owner=OK, keepers=REFUSED, others=REFUSED, kwargs=row),
    "learning:return_step": of_return(
        owner=DONE, keepers=REFUSED, others=REFUSED, kwargs=submit, method="post"
    ),
    "learning:return_decide": of_return(
        owner=REFUSED, keepers=OK, others=REFUSED, kwargs=named("confirm")
    ),
    "learning:return_order": of_return(owner=REFUSED, keepers=OK, others=REFUSED, kwargs=row),
    "learning:return_opinion": of_return(
        owner=REFUSED, keepers=REFUSED, others=REFUSED, kwargs=row
    ),
}
