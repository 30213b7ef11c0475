"""Who gets what from the addresses of pay."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.models import Internship, PayRecord, PaySheet
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.operations.placements.pay import stage
from tests.world import ROLES, World

STAFF = ("enterprise", "school", "teacher", "reviewer", "coordinator", "supervisor", "leader")
READERS = (*STAFF, "student")
HOSTS = ("enterprise", "rival")
LETTERS = ("school", "reviewer", "coordinator", "supervisor", "leader")
ADMINS = ("expert", "system_admin", "security_admin", "audit_admin")


def an_intern(world: World) -> Internship:
    return Internship.objects.first() or stage.intern(world)


def a_month(world: World) -> PayRecord:
    internship = an_intern(world)
    if not internship.person.pay_accounts.exists():
        stage.account(world, internship)
    return PayRecord.objects.first() or stage.month(internship)


def month(world: World) -> dict[str, Any]:
    return {"record_id": a_month(world).pk}


def with_month(world: World) -> dict[str, Any]:
    a_month(world)
    return {}


def payment(world: World) -> dict[str, Any]:
    record = a_month(world)
    found = record.payments.first() or stage.paid(world, record, amount=100)
    return {"payment_id": found.pk}


def intern(world: World) -> dict[str, Any]:
    return {"internship_id": an_intern(world).pk}


def account(world: World) -> dict[str, Any]:
    a_month(world)
    return {"account_id": an_intern(world).person.pay_accounts.get(closed_at__isnull=True).pk}


def host(world: World) -> dict[str, Any]:
    a_month(world)
    return {"organisation_id": world.enterprise.organisation.pk}


def sheet(world: World) -> dict[str, Any]:
    made = PaySheet.objects.create(
        organisation=world.enterprise.organisation,
        month=stage.FEBRUARY,
        name="发放表.xlsx",
        sha256="0" * 64,
        uploaded_at=stage.NOW,
    )
    return {"sheet_id": made.pk}


def rows(*, ok: tuple[str, ...], refused: tuple[str, ...], status: int = OK, **given: Any) -> Row:
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    return Row(
        statuses={**statuses, **dict.fromkeys(refused, REFUSED), **dict.fromkeys(ok, status)},
        **given,
    )


def others(*ok: str) -> tuple[str, ...]:
    """Those who see the pay but do not take the step."""
    return tuple(role for role in READERS if role not in ok)


PAY_ROWS: dict[str, Row] = {
    "placements:pay_list": only(*READERS, "rival", data=with_month),
    "placements:pay_detail": only(*READERS, otherwise=HIDDEN, kwargs=month),
    "placements:pay_state": rows(ok=("enterprise",), refused=others("enterprise"), kwargs=month),
    "placements:payment_return": rows(
        ok=("enterprise",), refused=others("enterprise"), kwargs=payment
    ),
    "placements:pay_confirm": rows(
        ok=("student",), refused=others("student"), status=302, method="post", kwargs=month
    ),
    "placements:pay_contrary": rows(ok=("student",), refused=others("student"), kwargs=month),
    "placements:pay_alarms": only(*STAFF, "rival"),
    "placements:pay_hints": only(*LETTERS),
    "placements:pay_letter": only(*LETTERS, kwargs=host),
    "placements:pay_evidence": only(*HOSTS),
    "placements:pay_sheet_new": only(*HOSTS),
    "placements:pay_sheet_template": only(*HOSTS),
    "placements:pay_sheet": only("enterprise", otherwise=HIDDEN, kwargs=sheet),
    "placements:pay_sheet_take": only(
        "enterprise", status=302, otherwise=HIDDEN, method="post", kwargs=sheet
    ),
    "placements:pay_sheet_drop": only(
        "enterprise", status=302, otherwise=HIDDEN, method="post", kwargs=sheet
    ),
    "placements:pay_account_new": rows(
        ok=("student", "school"), refused=others("student", "school"), kwargs=intern
    ),
    "placements:pay_account_reveal": only("student", "school", otherwise=HIDDEN, kwargs=account),
}
