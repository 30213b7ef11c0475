"""Two clerks at the same moment, on two real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.recovery import RecoveryWay
from silian.governance.incentives.commands.claim_orders import order_payment
from silian.governance.incentives.commands.claim_payments import cancel_payment, prepare_payments
from silian.governance.incentives.commands.recoveries import choose_way
from silian.governance.incentives.models import ClaimPayment
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[str]:
    """What each of several came to, started together."""
    barrier = threading.Barrier(len(jobs))
    results: list[str] = []

    def work(job: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            job()
        except DomainError as refusal:
            results.append(refusal.sentence)
        else:
            results.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.fixture
def given(transactional_db: None) -> Stage:
    return stage.make_stage(make_world())


def ordering(payment: ClaimPayment, clerk: Any) -> Callable[[], Any]:
    return lambda: order_payment(payment_id=payment.pk, on=DAY, now=NOW, actor=clerk.actor)


def test_the_same_payment_ordered_by_two_is_one(given: Stage) -> None:
    payment = stage.prepared(given)
    jobs = [ordering(payment, clerk) for clerk in (given.clerk, given.second, given.third)]
    assert at_once(*jobs) == ["done"] * 3
    assert FundPayment.objects.count() == 1
    stage.assert_books_hold()


def test_money_is_promised_once(given: Stage) -> None:
    claim = stage.claim_for(given, stage.programme(given))
    actor = given.clerk.actor
    jobs = [lambda: prepare_payments(claim=claim, on=DAY, actor=actor)] * 2
    assert at_once(*jobs) == ["done"] * 2
    assert (ClaimPayment.objects.count(), Commitment.objects.count()) == (1, 1)
    stage.assert_books_hold()


def test_ordered_and_cancelled_at_once_it_is_one_of_both(given: Stage) -> None:
    payment = stage.prepared(given)
    results = at_once(
        ordering(payment, given.clerk),
        lambda: cancel_payment(payment_id=payment.pk, reason="换账户", actor=given.second.actor),
    )
    assert results.count("done") == 1
    payment.refresh_from_db()
    assert (payment.standing == "ordered") == FundPayment.objects.exists()
    stage.assert_books_hold()


def test_one_debt_is_set_off_once_by_two_payments(given: Stage) -> None:
    case = stage.decided(given, stage.noticed(given, stage.paid(given), "2000"))
    choose_way(
        recovery_id=case.pk, way=RecoveryWay.SET_OFF, reason="抵扣", actor=given.second.actor
    )
    first, second = stage.prepared(given), stage.prepared(given)
    at_once(ordering(first, given.clerk), ordering(second, given.third))
    rows = ClaimPayment.objects.filter(pk__in=[first.pk, second.pk])
    assert sum(row.set_off for row in rows) == 2000
    stage.assert_books_hold()
