"""Who gets what from the addresses of the money of claims.

The bureau of the cast reads as an official of the region; the labour bureau that leads the call
is none of the cast, so that every act is refused to all but the unit's own.
"""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.models import Claim, ClaimAppeal, Recalculation
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import NOW
from tests.world import ROLES, World

DONE = 302
UNITS = ("enterprise", "rival", "school")
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
READERS = ("coordinator", "supervisor", "leader")


def payment_row(world: World) -> Any:
    given = stage.make_stage(world)
    return given, stage.checked(given, stage.prepared(given))


def payment(world: World) -> dict[str, Any]:
    return {"payment_id": payment_row(world)[1].pk}


def gate(world: World) -> dict[str, Any]:
    return {"gate_id": payment_row(world)[1].gates.first().pk}


def claim(world: World) -> dict[str, Any]:
    return {"claim_id": payment_row(world)[1].claim_id}


def refused(world: World) -> dict[str, Any]:
    given = claim(world)
    Claim.objects.filter(pk=given["claim_id"]).update(state=ClaimState.REJECTED, reason="材料不全")
    return given


def recalculation(world: World) -> dict[str, Any]:
    row = payment_row(world)[1].claim
    belief = {"known_on": "2026-03-18", "heads": [], "total": "1.00", "rule_version": "t"}
    made = Recalculation.objects.create(
        claim=row, cause="更正", before=belief, after=belief, entitled_before=1, entitled_after=2,
        rule_version="t", made_at=NOW,
    )  # fmt: skip
    return {"recalculation_id": made.pk}


def noticed(world: World) -> dict[str, Any]:
    given = stage.make_stage(world)
    claim_row = stage.paid(given)
    return {"recovery_id": stage.noticed(given, claim_row, "100").pk}


def paper(world: World) -> dict[str, Any]:
    return {**noticed(world), "paper": "notice"}


def appeal(world: World) -> dict[str, Any]:
    given = refused(world)
    made = ClaimAppeal.objects.create(
        claim_id=given["claim_id"], text="x", filed_at=NOW, due_on=NOW.date()
    )
    return {"appeal_id": made.pk}


def read(kwargs: Any) -> Row:
    """The unit and the region's overseers."""
    return only("enterprise", *READERS, otherwise=HIDDEN, kwargs=kwargs)


def led(kwargs: Any, *, unit: int = REFUSED, overseer: int = REFUSED, **given: Any) -> Row:
    """Whoever sees it is refused: only the labour bureau acts."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | dict.fromkeys(READERS, overseer)
    statuses |= {"anonymous": LOGIN, "enterprise": unit}
    return Row(statuses=statuses, kwargs=kwargs, **given)


POST: dict[str, Any] = {"method": "post"}
CLAIM_MONEY_ROWS: dict[str, Row] = {
    "incentives:payment_list": only(*UNITS, *OVERSEERS),
    "incentives:recovery_list": only(*UNITS, *OVERSEERS),
    "incentives:payments_order": only(
        "reviewer", "coordinator", status=DONE, otherwise=DONE, **POST
    ),
    "incentives:claim_payment": read(payment),
    "incentives:payment_check": led(payment, **POST),
    "incentives:payment_order": led(payment, **POST),
    "incentives:payment_cancel": led(payment, **POST),
    "incentives:payment_renew": led(payment, **POST),
    "incentives:gate_override": led(gate),
    "incentives:claim_recalculate": led(claim, **POST),
    "incentives:claim_settle": led(claim, **POST),
    "incentives:recovery_notice": led(claim),
    "incentives:claim_account": led(claim, unit=OK),
    "incentives:claim_appeal": led(refused, unit=OK),
    "incentives:recalculation_detail": read(recalculation),
    "incentives:recalculation_apply": led(recalculation, **POST),
    "incentives:recalculation_set_aside": led(recalculation, **POST),
    "incentives:recovery_detail": read(noticed),
    "incentives:recovery_reply": led(noticed, unit=OK),
    "incentives:recovery_decide": led(noticed),
    "incentives:recovery_drop": led(noticed, **POST),
    "incentives:recovery_way": led(noticed),
    "incentives:recovery_paper": read(paper),
    "incentives:recovery_appeal": led(noticed, unit=OK),
    "incentives:appeal_answer": led(appeal),
}
