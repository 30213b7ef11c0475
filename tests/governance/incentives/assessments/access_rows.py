"""Who gets what from the addresses of yearly assessments."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only, public
from tests.governance.incentives.assessments import stage
from tests.world import World

READERS = ("enterprise", "rival", "reviewer", "coordinator", "supervisor", "leader")
CLERKS = ("reviewer", "coordinator")
OFFICIALS = (*CLERKS, "supervisor", "leader")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


def host(world: World) -> dict[str, int]:
    stage.intern_of_last_year(world)
    return {"organisation_id": world.enterprise.organisation.pk}


def draft(world: World) -> dict[str, int]:
    return {"assessment_id": stage.proposed(world).pk}


def noticed(world: World) -> dict[str, int]:
    return {"assessment_id": stage.proposed(world, passes=False).pk}


def hidden(*roles: str, status: int = 200, refused: tuple[str, ...] = (), **given: Any) -> Row:
    """Others do not learn that it exists; ``refused`` see it and may not do this."""
    row = only(*roles, status=status, otherwise=HIDDEN, **given)
    return Row(
        statuses={**row.statuses, **dict.fromkeys(refused, 403)},
        kwargs=row.kwargs, method=row.method, data=row.data,
    )  # fmt: skip


ASSESSMENT_ROWS: dict[str, Row] = {
    "incentives:assessment_list": only(*READERS),
    "incentives:assessment_public": public(),
    "incentives:assessment_hosts": only(*CLERKS),
    "incentives:assessment_propose_many": only(*CLERKS, status=302, method="post"),
    "incentives:assessment_decide_many": only(*CLERKS, status=302, method="post"),
    "incentives:assessment_propose": hidden(
        *CLERKS, refused=("supervisor", "leader", *ADMINISTRATORS), kwargs=host
    ),
    "incentives:assessment_detail": hidden(*OFFICIALS, kwargs=draft),
    "incentives:assessment_decide": hidden(*CLERKS, refused=("supervisor", "leader"), kwargs=draft),
    "incentives:assessment_reply": hidden("enterprise", refused=OFFICIALS, kwargs=noticed),
    "incentives:assessment_reopen": hidden(*CLERKS, refused=("supervisor", "leader"), kwargs=draft),
}
