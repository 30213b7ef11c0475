"""The collecting office takes over, takes down the receipt, or sends back; the firm sees it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.casework.metrics.choices import PeriodKind
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.testing import run_queued_jobs
from silian.operations.learning.choices import CollectionState
from silian.operations.learning.commands import collections
from silian.operations.learning.commands.missing import tell_collector
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.panels.collections import todos
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.operations.learning import stage
from tests.operations.learning.stage import NOW
from tests.operations.learning.test_checking import value
from tests.world import CITY, Person, World, make_member, make_organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def tax() -> Person:
    bureau = make_organisation(
        name="青澜市税务局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    return make_member(
        username="tax-clerk", organisation=bureau, role=Role.REVIEWER, jurisdiction_id=CITY
    )


def collect(row: CollectionNotice, who: Person, **values: Any) -> CollectionNotice:
    given: dict[str, Any] = {
        "receipt_number": "JK0001", "received": Decimal(50000), "received_on": TODAY, "note": "",
        "actor": who.actor, "now": NOW,
    }  # fmt: skip
    return collections.mark_collected(collection_id=row.pk, **{**given, **values})


def take(row: CollectionNotice, who: Person) -> CollectionNotice:
    return collections.take_collection(collection_id=row.pk, actor=who.actor, now=NOW)


def back(row: CollectionNotice, who: Person, reason: str = "不属本局管辖") -> CollectionNotice:
    return collections.return_collection(
        collection_id=row.pk, reason=reason, actor=who.actor, now=NOW
    )


def test_the_office_takes_over_and_takes_the_receipt_down(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    taken = take(row, tax)
    assert (taken.state, taken.taken_by) == (CollectionState.TAKEN, tax.user)
    done = collect(row, tax)
    assert (done.state, done.received, done.receipt_number) == ("collected", 50000, "JK0001")
    with pytest.raises(WrongState):
        collect(row, tax)


def test_firm_and_authority_hear_every_step_once(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    take(row, tax)
    collect(row, tax)
    run_queued_jobs()
    for title in ("收取部门已接收", "已依法收取"):
        told = Notification.objects.filter(title__startswith=title)
        assert told.filter(user=world.enterprise.user).count() == 1
        assert told.filter(user=world.reviewer.user).count() == 1
    first = Notification.objects.filter(title__startswith="依法收取", user=tax.user).get()
    assert tax.client.get(first.url).status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"receipt_number": " "}, "凭证号"),
        ({"received": Decimal(0)}, "大于 0"),
        ({"received": Decimal("50000.01")}, "不超过"),
        ({"received_on": TODAY + datetime.timedelta(days=1)}, "收取日"),
        ({"received_on": TODAY - datetime.timedelta(days=1)}, "收取日"),
        ({"received": Decimal(1000)}, "少 49,000"),
    ],
)
def test_a_receipt_says_number_amount_and_day(
    world: World, tax: Person, values: dict[str, Any], said: str
) -> None:
    row = stage.told(world, collector=tax)
    with pytest.raises(DomainError, match=said):
        collect(row, tax, **values)
    row.refresh_from_db()
    assert row.state == CollectionState.TOLD


def test_less_is_taken_down_with_its_reason(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    done = collect(row, tax, received=Decimal(1000), note="企业破产，分配所得")
    assert (done.received, done.result) == (Decimal(1000), "企业破产，分配所得")


def test_what_is_sent_back_is_told_to_another_office(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    with pytest.raises(DomainError, match="原因"):
        back(row, tax, reason=" ")
    back(row, tax)
    assert todos(world.reviewer.actor, NOW)[0].title.startswith("重新移送收取")
    given: dict[str, Any] = {
        "return_id": row.fund_return_id, "text": "请收取", "actor": world.reviewer.actor,
        "now": NOW + datetime.timedelta(days=1),
    }  # fmt: skip
    again = tell_collector(collector_id=stage.unit(world.supervisor).pk, **given)
    assert again.pk == row.pk
    assert (again.state, again.taken_at) == (CollectionState.TOLD, None)
    with pytest.raises(DomainError, match="已经移送"):
        tell_collector(collector_id=stage.unit(world.supervisor).pk, **given)


def test_only_the_named_office_takes_and_sends_back(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    for who in (world.reviewer, world.enterprise, world.leader):
        with pytest.raises(NotAllowed):
            take(row, who)
        with pytest.raises(NotAllowed):
            back(row, who)
    with pytest.raises(CollectionNotice.DoesNotExist):
        take(row, world.rival)
    collect(row, world.reviewer)  # by a letter of an office that is not on the platform


def test_the_office_sees_the_demand_and_not_the_return(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    page = tax.client.get(row.get_absolute_url()).content.decode()
    assert "50,000" in page
    assert row.fund_return.get_absolute_url() not in page
    assert tax.client.get(row.fund_return.get_absolute_url()).status_code == 404
    assert todos(tax.actor, NOW)[0].action == "接收"
    listed = tax.client.get("/learning/fund/collections/?state=told&year=2025").content.decode()
    assert str(row.fund_return.organisation.name) in listed or row.fund_return.year != 2025


def test_the_firm_sees_who_collects_and_what_came_of_it(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    page = world.enterprise.client.get(row.get_absolute_url()).content.decode()
    assert "请向青澜市税务局" in page
    collect(row, tax)
    page = world.enterprise.client.get(row.get_absolute_url()).content.decode()
    assert "JK0001" in page
    assert world.enterprise.client.get("/learning/fund/collections/").status_code == 200
    assert world.rival.client.get(row.get_absolute_url()).status_code == 404


def test_a_form_keeps_what_was_typed(world: World, tax: Person) -> None:
    row = stage.told(world, collector=tax)
    where = f"{row.get_absolute_url()}collect/"
    typed = {"receipt_number": "JK77", "received": "60000", "received_on": str(TODAY), "note": ""}
    answer = tax.client.post(where, typed)
    assert answer.status_code == 422
    assert "JK77" in answer.content.decode()
    assert tax.client.post(f"{row.get_absolute_url()}take/").status_code == 302
    row.refresh_from_db()
    assert row.state == CollectionState.TAKEN


def test_the_measures_tell_what_is_open_and_what_came_in(world: World, tax: Person) -> None:
    month = datetime.date(2026, 3, 1)
    row = stage.told(world, collector=tax)
    assert value("learning.collections_open", PeriodKind.MONTH, month) == 1
    collect(row, tax)
    assert value("learning.collections_open", PeriodKind.MONTH, month) == 0
    assert value("learning.fund_collected", PeriodKind.MONTH, month) == 50000
