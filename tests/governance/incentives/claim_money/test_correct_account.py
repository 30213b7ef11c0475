"""A unit puts its account right after the bank sent the money back; it is paid anew."""

from __future__ import annotations

from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.commands.claim_accounts import correct_account
from silian.governance.incentives.models import Claim, ClaimPayment
from silian.registers.accounts.models import Notification
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import Stage
from tests.world import World

pytestmark = pytest.mark.django_db
NEW = "6222020200087654321"


def failed(world: World) -> tuple[Stage, ClaimPayment]:
    given = stage.make_stage(world)
    payment = stage.ordered(given, stage.checked(given, stage.prepared(given)))
    stage.bank_refuses(given)
    payment.refresh_from_db()
    assert payment.standing == PaymentStanding.FAILED
    return given, payment


def correct(given: Stage, payment: ClaimPayment, **values: Any) -> Claim:
    facts: dict[str, Any] = {
        "bank_name": "青澜农村商业银行", "account_number": NEW, "reason": "账户已更换",
        "actor": given.world.enterprise.actor,
    }  # fmt: skip
    return correct_account(claim_id=payment.claim_id, **{**facts, **values})


def test_the_money_goes_to_the_new_account_once(world: World) -> None:
    given, payment = failed(world)
    claim = correct(given, payment)
    run_queued_jobs()
    assert claim.account_tail == "4321"
    told = Notification.objects.filter(title__startswith="收款账户已更正")
    assert told.filter(user=given.clerk.user).count() == 1
    stage.take_back(given)
    stage.ordered(given, stage.checked(given, payment))
    payment.refresh_from_db()
    assert payment.fund_payment is not None
    assert payment.fund_payment.account_tail == "4321"
    stage.bank_pays(given)
    stage.assert_books_hold()


def test_reason_bank_and_number_are_asked(world: World) -> None:
    given, payment = failed(world)
    for values, said in (
        ({"reason": " "}, "原因"),
        ({"bank_name": ""}, "开户行"),
        ({"account_number": "12"}, "8 至"),
    ):
        with pytest.raises(DomainError, match=said):
            correct(given, payment, **values)


def test_only_a_failed_payment_of_the_own_claim_is_put_right(world: World) -> None:
    given = stage.make_stage(world)
    payment = stage.prepared(given)
    with pytest.raises(NotAllowed, match="没有支付失败"):
        correct(given, payment)
    for who in (given.clerk, world.rival):
        with pytest.raises((NotAllowed, Claim.DoesNotExist)):
            correct(given, payment, actor=who.actor)


def test_nothing_changes_while_the_bank_has_it(world: World) -> None:
    given, payment = failed(world)
    stage.take_back(given)
    stage.ordered(given, stage.checked(given, payment))
    with pytest.raises((NotAllowed, WrongState)):
        correct(given, payment)


def test_the_unit_finds_the_page_and_what_it_typed_stays(world: World) -> None:
    given, payment = failed(world)
    client = given.world.enterprise.client
    where = f"/incentives/claims/{payment.claim_id}/account/"
    assert where in client.get(payment.get_absolute_url()).content.decode()
    assert where not in given.clerk.client.get(payment.get_absolute_url()).content.decode()
    typed = {"bank_name": "青澜农村商业银行", "account_number": "12", "reason": "换户"}
    answer = client.post(where, typed)
    assert answer.status_code == 422
    assert "换户" in answer.content.decode()
    assert client.post(where, {**typed, "account_number": NEW}).status_code == 302
