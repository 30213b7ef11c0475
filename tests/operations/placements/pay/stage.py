"""What the tests of pay set up: interns in post, their accounts and months."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.actors import system_actor
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.pay_accounts import open_account
from silian.operations.placements.commands.pay_months import open_month
from silian.operations.placements.commands.pay_statements import state_payment
from silian.operations.placements.models import Internship, Payment, PayRecord, StudentAccount
from silian.registers.people.models import Person
from tests.operations.placements import stage
from tests.world import World

BEGAN = datetime.date(2026, 1, 12)
FEBRUARY = datetime.date(2026, 2, 1)
NOW = stage.NOW
NUMBER = "6222020000000000021"


def intern(world: World, *, student: Person | None = None, **values: Any) -> Internship:
    """The world's student at work at the enterprise since January."""
    facts: dict[str, Any] = {
        "starts_on": BEGAN,
        "started_on": BEGAN,
        "state": InternshipState.IN_POST,
        "pay": Decimal(3200),
        "host": stage.Host.objects.first() or stage.make_host(world),
        "post": stage.make_post(world, post_wage=Decimal(4000)),
    }
    student = student or stage.own_student(world)
    return stage.make_internship(world, student=student, **{**facts, **values})


def account(world: World, internship: Internship, *, number: str = NUMBER) -> StudentAccount:
    return open_account(
        actor=world.school.actor,
        person_id=internship.person_id,
        bank="中国工商银行青澜支行",
        holder=internship.person.name,
        number=number,
        now=NOW,
    )


def month(internship: Internship, *, first: datetime.date = FEBRUARY) -> PayRecord:
    open_month(month=first, actor=system_actor(), internship_ids=[internship.pk])
    return PayRecord.objects.get(internship=internship, month=first)


def paid(world: World, record: PayRecord, *, amount: int, **values: Any) -> Payment:
    facts: dict[str, Any] = {"paid_on": datetime.date(2026, 3, 10), "now": NOW}
    return state_payment(
        actor=world.enterprise.actor,
        pay_record_id=record.pk,
        amount=Decimal(amount),
        **{**facts, **values},
    )
