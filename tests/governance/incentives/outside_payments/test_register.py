"""The register: entered once, never edited, encrypted, forgotten in time, read by few."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.encryption import decrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.governance.incentives.commands.outside_payments import (
    enter_payment,
    forget_old_payments,
    withdraw_payment,
)
from silian.governance.incentives.models import OutsidePayment
from silian.governance.incentives.permissions.outside_payments import payments_visible_to
from tests.governance.incentives.appropriation.stage import treasury
from tests.governance.incentives.outside_payments import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_number_is_kept_encrypted_and_shown_masked(world: World) -> None:
    row = stage.entered(world)
    assert stage.NUMBERS[0] not in row.id_number_cipher
    assert decrypted(row.id_number_cipher) == stage.NUMBERS[0]
    assert row.id_number_mask == "110***********4258"


def test_the_same_payment_is_not_entered_twice(world: World) -> None:
    stage.entered(world)
    with pytest.raises(DomainError, match="已经登记过"):
        stage.entered(world, source="另一份名册")
    stage.entered(world, amount=Decimal(1600))
    assert OutsidePayment.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"id_number": "110101199003074250"}, "id_number"),
        ({"occupation": "9-99-99-99"}, "occupation"),
        ({"amount": Decimal(0)}, "amount"),
        ({"ends_on": stage.FROM}, "ends_on"),
        ({"paid_on": datetime.date(2027, 1, 1)}, "paid_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box(
    world: World, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        stage.entered(world, **values)
    assert refusal.value.field == field


def test_a_wrong_payment_is_withdrawn_for_a_reason_and_stays(world: World) -> None:
    row, actor = stage.entered(world), stage.labour(world).actor
    with pytest.raises(DomainError, match="理由"):
        withdraw_payment(payment_id=row.pk, reason=" ", actor=actor, now=NOW)
    withdraw_payment(payment_id=row.pk, reason="金额录错", actor=actor, now=NOW)
    with pytest.raises(WrongState, match="已经撤销"):
        withdraw_payment(payment_id=row.pk, reason="再撤", actor=actor, now=NOW)
    assert not OutsidePayment.objects.standing().exists()
    assert stage.entered(world).pk != row.pk
    assert OutsidePayment.objects.count() == 2


def test_only_the_labour_office_registers(world: World) -> None:
    facts: dict[str, Any] = {"said": stage.said(), "now": NOW, "today": stage.TODAY}
    for person in (world.reviewer, world.coordinator, world.enterprise, treasury(world)):
        with pytest.raises(NotAllowed, match="人力资源社会保障部门"):
            enter_payment(actor=person.actor, **facts)


def test_finance_reads_and_nobody_else(world: World) -> None:
    stage.entered(world)
    assert payments_visible_to(treasury(world).actor).count() == 1
    for name in ("coordinator", "reviewer", "leader", "enterprise", "school"):
        assert not payments_visible_to(getattr(world, name).actor).exists()


def test_names_and_numbers_are_forgotten_when_their_time_ended(world: World) -> None:
    old = stage.entered(
        world, starts_on=datetime.date(2015, 1, 1), ends_on=datetime.date(2015, 2, 1),
        paid_on=datetime.date(2016, 3, 17),
    )  # fmt: skip
    kept = stage.entered(world)
    assert forget_old_payments(on=stage.TODAY) == 1
    assert forget_old_payments(on=stage.TODAY) == 0
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.name, old.id_number_index, old.id_number_mask) == ("", "", "")
    assert (old.amount, kept.name) == (Decimal(1500), "演示职工1")


def test_the_list_costs_the_same_with_many_rows_and_its_export_is_recorded(world: World) -> None:
    client, address = stage.labour(world).client, reverse("incentives:outside_payments")
    stage.entered(world)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert "演示职工1" in client.get(address).content.decode()
    for number in range(30):
        stage.entered(world, amount=Decimal(2000 + number))
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(few)
    assert "110***********4258" in page
    assert stage.NUMBERS[0] not in page
    chosen = client.get(f"{address}?kind=entry&state=standing&q=失业保险").content.decode()
    assert "没有发放记录" in chosen
    assert client.get(f"{address}?export=csv").status_code == 200
    assert AuditEntry.objects.filter(action="incentives.outside_payment.exported").exists()
