"""Measures of public money, and the books of the demonstration city."""

from __future__ import annotations

import datetime
import random

import pytest

from silian.casework.ledgers.commands.payments import confirm_payment
from silian.casework.ledgers.demo.funds import TreasuryBuilder
from silian.casework.ledgers.events import LineMoved
from silian.casework.ledgers.metrics import executing, touched
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.queries.checking import differences
from silian.casework.metrics.queries.measuring import measured_values
from silian.casework.metrics.registry import Scope, declared_metric
from silian.foundation.kernel.periods import calendar_year
from silian.registers.organisations.demo.organisations import CityBuilder
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books
from tests.world import CITY, make_divisions

pytestmark = pytest.mark.django_db
SUMS = {"budget": 100_000, "committed": 15_000, "paid": 6000, "recovered": 0}


def paid_once(books: Books) -> None:
    row = stage.ordered(books, stage.committed(books))
    stage.committed(books, "5000")
    stage.sent(books, row)
    confirm_payment(payment_id=row.pk, reference="B", on=stage.DAY, actor=books.actor)


@pytest.mark.parametrize("code", sorted(SUMS))
def test_sums_are_those_of_the_books(books: Books, code: str) -> None:
    paid_once(books)
    metric = declared_metric(f"ledgers.{code}")
    assert metric is not None
    values = measured_values(metric, areas={"9901": CITY}, since=stage.DAY, until=stage.DAY)
    found = {figures.value for figures in values.values()}
    assert found == {SUMS[code]} or (SUMS[code] == 0 and found <= {0, None})


def test_the_execution_rate_is_paid_over_granted(books: Books) -> None:
    paid_once(books)
    office = executing(Scope(period=calendar_year(2026), as_of=stage.DAY)).get()
    assert office.rate == 6.0
    before = stage.DAY - datetime.timedelta(days=1)
    assert not executing(Scope(period=calendar_year(2026), as_of=before)).exists()


def test_a_booking_makes_the_values_of_its_day_stale(books: Books) -> None:
    (touch,) = touched(LineMoved(line_id=books.line.pk, day=stage.DAY))
    assert (touch.division, touch.day) == (CITY, stage.DAY)


def test_the_demonstration_books_add_up_and_show_every_stage() -> None:
    make_divisions()
    from django.core.management import call_command

    call_command("reference", "load", verbosity=0)
    CityBuilder(rng=random.Random(1), on=stage.DAY, scale=0.05).build()
    made = TreasuryBuilder(rng=random.Random(2), on=stage.DAY, scale=0.05).build()
    assert JournalEntry.objects.count() == made > 100
    assert not differences()
    assert Receivable.objects.exists()
    states = set(FundPayment.objects.values_list("state", flat=True))
    assert {"ready", "batched", "sent", "confirmed", "failed"} <= states
