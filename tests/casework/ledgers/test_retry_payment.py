"""A payment that the bank sent back is ordered anew to a corrected account, once."""

from __future__ import annotations

import pytest

from silian.casework.ledgers.choices import BY_HAND, PaymentState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.payments import Payee, fail_payment, pay
from silian.casework.ledgers.commands.retries import retry_payment
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
NEW = Payee(name="启衡精密制造", bank="青澜农村商业银行", account="6222020200099999999")


def failed(books: Books, *, subject: str = BY_HAND) -> FundPayment:
    source = stage.committed(books)
    made = pay(
        commitment_id=source.pk, amount=stage.yuan("6000"), payee=stage.PAYEE, key="K1",
        subject=Subject(type=subject, id="1", label="补助"), actor=books.actor,
    )  # fmt: skip
    stage.sent(books, made)
    return fail_payment(
        payment_id=made.pk, reason="账号与户名不符", on=stage.DAY, actor=books.actor
    )


def retry(books: Books, payment: FundPayment, **values: object) -> FundPayment:
    given = {"payee": NEW, "reason": "来函更正", "on": stage.DAY, "actor": books.actor, **values}
    return retry_payment(payment_id=payment.pk, **given)  # type: ignore[arg-type]


def test_it_waits_for_a_batch_with_the_new_account(books: Books) -> None:
    payment = failed(books)
    made = retry(books, payment)
    payment.refresh_from_db()
    assert payment.state == PaymentState.RETURNED
    assert (made.state, made.amount, made.account_tail) == (PaymentState.READY, 6000, "9999")
    assert made.retry_of == payment
    assert differences() == []


def test_it_is_retried_once(books: Books) -> None:
    payment = failed(books)
    retry(books, payment)
    with pytest.raises(WrongState, match="已经重付过"):
        retry(books, payment)


def test_a_reason_and_a_good_account_are_asked(books: Books) -> None:
    payment = failed(books)
    with pytest.raises(DomainError, match="依据"):
        retry(books, payment, reason=" ")
    with pytest.raises(DomainError, match="8 到 32 位"):
        retry(books, payment, payee=Payee(name="甲", bank="乙", account="12"))
    payment.refresh_from_db()
    assert payment.state == PaymentState.FAILED


def test_what_a_module_above_ordered_is_left_to_it(books: Books) -> None:
    with pytest.raises(DomainError, match="业务部门"):
        retry(books, failed(books, subject="incentives.claim"))


def test_only_who_keeps_the_books_retries(books: Books) -> None:
    with pytest.raises(NotAllowed):
        retry(books, failed(books), actor=books.owner.actor)


def test_the_batch_offers_it_and_the_form_keeps_what_was_typed(books: Books) -> None:
    payment = failed(books)
    assert payment.batch is not None
    client = books.clerk.client
    where = f"/ledgers/payments/{payment.pk}/retry/"
    assert where in client.get(payment.batch.get_absolute_url()).content.decode()
    typed = {"payee_name": "启衡", "bank": "农商行", "account": "12", "on": "2026-03-18"}
    answer = client.post(where, {**typed, "reason": "来函"})
    assert answer.status_code == 422
    assert "启衡" in answer.content.decode()
    answer = client.post(where, {**typed, "account": "6222 0202 0009 9999", "reason": "来函"})
    assert answer.status_code == 302
    assert FundPayment.objects.filter(retry_of=payment, account_tail="9999").exists()


def test_the_list_of_a_batch_shows_no_whole_account(books: Books) -> None:
    payment = failed(books)
    assert payment.batch is not None
    page = books.clerk.client.get(f"{payment.batch.get_absolute_url()}paper/").content.decode()
    assert "**** 5678" in page
    assert stage.PAYEE.account not in page
    assert "6,000.00" in page
