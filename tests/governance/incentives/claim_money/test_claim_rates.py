"""What was paid by each rate: people once, money to the yuan, the part in advance, the rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.drilling import rows_behind
from silian.casework.metrics.queries.values import latest_value
from silian.governance.incentives.models import ClaimPayment
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage
from tests.world import CITY


def counted(code: str) -> MetricValue:
    metric = metric_named(f"incentives.{code}")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2026, 1, 1), now=NOW, announce=False)
    found = latest_value(code=metric.code, division=CITY, on=DAY)
    assert found is not None
    return found


def test_people_and_money_stand_under_the_rate_of_their_level(given: Stage) -> None:
    stage.paid(given, heads=2)
    assert counted("paid_people_senior").value == 2
    assert counted("paid_apprenticeship_senior").value == Decimal(6000)
    assert counted("paid_people_middle").value in (None, 0)
    assert counted("paid_apprenticeship_middle").value in (None, 0)
    assert counted("paid_people_internship").value in (None, 0)


def test_a_person_counts_once_though_money_comes_twice(given: Stage) -> None:
    claim = stage.paid(given, heads=2)
    first = claim.payments.get()
    ClaimPayment.objects.create(
        claim=claim, kind="supplement", number=2, amount=Decimal(100), paid=Decimal(100),
        standing="paid", paid_on=DAY, commitment=first.commitment,
    )  # fmt: skip
    assert counted("paid_people_senior").value == 2
    assert counted("paid_apprenticeship_senior").value == Decimal(6100)


def test_the_part_in_advance_is_of_what_was_approved(given: Stage) -> None:
    stage.paid(given, heads=2)
    value = counted("advance_share")
    assert (value.numerator, value.denominator) == (6000, 12000)
    assert value.value == 50


def test_each_number_opens_to_its_rows(given: Stage) -> None:
    stage.paid(given, heads=2)
    for code, rows in (("paid_people_senior", 2), ("paid_apprenticeship_senior", 1)):
        metric = metric_named(f"incentives.{code}")
        assert metric is not None
        assert metric.drill is not None
        behind = rows_behind(metric, counted(code), actor=given.clerk.actor)
        assert behind is not None
        assert (behind.seen, behind.unseen) == (rows, 0)
        shown = behind.rows.first()
        assert metric.drill.url is not None
        assert metric.drill.url(shown)
