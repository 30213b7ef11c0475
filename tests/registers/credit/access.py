"""Who gets what from the addresses of the credit register."""

from __future__ import annotations

from typing import Any

from silian.registers.credit.choices import RemedyKind
from silian.registers.credit.commands.batches import make_batch
from silian.registers.credit.commands.remedies import ask_remedy
from silian.registers.credit.commands.reports import issue_report
from silian.registers.credit.models import (
    CorrectionCase,
    CreditRecord,
    CreditReport,
    Remedy,
    ShareBatch,
)
from tests.access import Row, only, public
from tests.registers.credit import stage
from tests.world import World

KEEPERS = ("reviewer", "coordinator")
OVERSEERS = (*KEEPERS, "supervisor", "leader")
SPEAKERS = ("enterprise", "rival", "school")
DONE = 302


def record_of(world: World) -> CreditRecord:
    return CreditRecord.objects.first() or stage.in_force(world)


def case_of(world: World) -> CorrectionCase:
    return CorrectionCase.objects.first() or stage.ordered(world)


def remedy_of(world: World) -> Remedy:
    return Remedy.objects.first() or ask_remedy(
        record_id=record_of(world).pk, kind=RemedyKind.OBJECTION, text="有误。",
        actor=world.enterprise.actor, now=stage.timezone.now(),
    )  # fmt: skip


def record(world: World) -> dict[str, Any]:
    return {"record_id": record_of(world).pk}


def report_of(world: World) -> CreditReport:
    return CreditReport.objects.first() or issue_report(
        actor=world.enterprise.actor, now=stage.timezone.now()
    )


def batch(world: World) -> dict[str, Any]:
    found = ShareBatch.objects.first()
    if found is None:
        record_of(world)
        found = make_batch(actor=world.reviewer.actor, now=stage.timezone.now())
    return {"batch_id": found.pk}


def seen_by(*roles: str, otherwise: int = 404, **given: Any) -> Row:
    return only(*roles, otherwise=otherwise, **given)


def mixed(keepers: int, *, readers: int, others: int = 404, **given: Any) -> Row:
    """An address about the enterprise's case: keepers, those who may read it, all others."""
    row = only(*KEEPERS, status=keepers, otherwise=others, **given)
    rest = dict.fromkeys(("supervisor", "leader", "enterprise"), readers)
    return Row(
        statuses={**row.statuses, **rest}, method=row.method, kwargs=row.kwargs, data=row.data
    )


ACCESS: dict[str, Row] = {
    "credit:own": only(*SPEAKERS),
    "credit:public_list": public(),
    "credit:item_list": public(),
    "credit:item_new": only(*KEEPERS),
    "credit:item_open": only(
        *KEEPERS, status=DONE, method="post", kwargs=lambda world: {"item_id": stage.item().pk}
    ),
    "credit:case_list": only(*OVERSEERS, *SPEAKERS),
    "credit:case_new": only(*KEEPERS),
    "credit:case_detail": seen_by(
        *OVERSEERS, "enterprise", kwargs=lambda world: {"case_id": case_of(world).pk}
    ),
    "credit:record_of_case": mixed(
        200, readers=403, kwargs=lambda world: {"case_id": case_of(world).pk}
    ),
    "credit:case_step": mixed(
        200, readers=403, kwargs=lambda world: {"case_id": case_of(world).pk, "name": "drop"}
    ),
    "credit:record_list": only(*OVERSEERS, *SPEAKERS),
    "credit:record_new": only(*KEEPERS),
    "credit:record_detail": seen_by(*OVERSEERS, "enterprise", kwargs=record),
    "credit:record_confirm": mixed(409, readers=403, method="post", kwargs=record),
    "credit:record_step": mixed(
        200, readers=403, kwargs=lambda world: {**record(world), "name": "revoke"}
    ),
    "credit:remedy_new": Row(
        statuses={
            **only("enterprise", otherwise=404, kwargs=record).statuses,
            **dict.fromkeys(OVERSEERS, 403),
        },
        kwargs=lambda world: {**record(world), "kind": "repair"},
    ),
    "credit:report_issue": only(*SPEAKERS, status=DONE, method="post"),
    "credit:report_check": public(),
    "credit:report_check_code": public(kwargs=lambda world: {"code": report_of(world).check_code}),
    "credit:batch_list": only(*OVERSEERS),
    "credit:batch_make": only(*KEEPERS, status=DONE, method="post"),
    "credit:batch_detail": seen_by(*OVERSEERS, kwargs=batch),
    "credit:batch_file": seen_by(*OVERSEERS, kwargs=lambda world: {**batch(world), "kind": "csv"}),
    "credit:batch_receipt": Row(
        statuses={
            **only(*KEEPERS, otherwise=404, kwargs=batch).statuses,
            "supervisor": 403,
            "leader": 403,
        },
        kwargs=batch,
    ),
    "credit:remedy_answer": mixed(
        200, readers=403, kwargs=lambda world: {"remedy_id": remedy_of(world).pk}
    ),
}
