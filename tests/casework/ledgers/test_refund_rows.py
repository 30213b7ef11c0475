"""Money that comes in by the bank's file: foreseen, booked once, tied by hand, given up."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.casework.ledgers.choices import ReceivableState, RowState, StatementState
from silian.casework.ledgers.commands import statements
from silian.casework.ledgers.forms import StatementForm
from silian.casework.ledgers.models.receivables import Receipt, Receivable
from silian.casework.ledgers.models.statements import BankStatement
from silian.casework.ledgers.queries.checking import differences
from silian.casework.ledgers.queries.matching import preview_of
from silian.foundation.kernel.errors import DomainError, WrongState
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books
from tests.casework.ledgers.test_statements import under_way

pytestmark = pytest.mark.django_db
HEAD = "交易日期,金额,户名,收支,附言,流水号\n"


def taken(books: Books, text: str) -> BankStatement:
    upload = SimpleUploadedFile("回单.csv", (HEAD + text).encode())
    form = StatementForm({}, {"file": upload})
    assert form.is_valid(), form.errors
    return statements.import_statement(
        office_id=books.office.pk, name="回单.csv", content=form.cleaned_data["content"],
        rows=form.cleaned_data["rows"], actor=books.actor, now=stage.NOW,
    )  # fmt: skip


def book(books: Books, statement: BankStatement) -> int:
    return statements.match_rows(statement_id=statement.pk, actor=books.actor)


def test_a_refund_is_found_by_the_code_in_its_memo(books: Books) -> None:
    debt = stage.owed(books, "3000")
    statement = taken(
        books, f"2026-04-01,1000,代付人,收,退 {debt.refund_code} 第一期,R1\n"
        f"2026-04-02,2000,代付人,收,{debt.refund_code},R2\n",
    )  # fmt: skip
    preview = preview_of(statement)
    assert [(each.kind, each.count, each.amount) for each in preview.sums] == [
        ("refund", 2, stage.yuan("3000"))
    ]
    assert Receipt.objects.count() == 0
    assert book(books, statement) == 2
    debt.refresh_from_db()
    assert debt.state == ReceivableState.SETTLED
    assert [row.receipt.key for row in statement.rows.all() if row.receipt] == ["R1", "R2"]
    assert differences() == []


def test_the_only_debt_of_a_name_is_found_when_the_amount_is_due(books: Books) -> None:
    debt = stage.owed(books, "3000")
    statement = taken(
        books, "2026-04-01,2999,启衡精密制造,收,,R1\n2026-04-01,3000,启衡精密制造,收,,R2\n"
    )
    assert book(books, statement) == 1
    assert [row.state for row in statement.rows.all()] == [RowState.OPEN, RowState.BY_NAME]
    debt.refresh_from_db()
    assert debt.outstanding == 0


def test_two_debts_of_a_name_wait_for_a_person(books: Books) -> None:
    first, _ = stage.owed(books, "3000"), stage.owed(books, "3000")
    statement = taken(books, "2026-04-01,3000,启衡精密制造,收,,R1\n")
    assert book(books, statement) == 0
    row = statement.rows.get()
    given = {"row_id": row.pk, "receivable_id": first.pk, "actor": books.actor}
    with pytest.raises(DomainError, match="理由"):
        statements.refund_by_hand(**given, reason=" ")
    statements.refund_by_hand(**given, reason="来函说明")
    row.refresh_from_db()
    assert (row.state, row.note) == (RowState.BY_HAND, "来函说明")
    assert Receivable.objects.get(pk=first.pk).state == ReceivableState.SETTLED


def test_more_than_is_owed_is_not_booked(books: Books) -> None:
    debt = stage.owed(books, "3000")
    statement = taken(books, f"2026-04-01,3000.01,甲,收,{debt.refund_code},R1\n")
    assert preview_of(statement).books == 0
    assert book(books, statement) == 0


def test_the_same_transfer_in_a_second_file_is_not_booked_again(books: Books) -> None:
    debt = stage.owed(books, "3000")
    one = f"2026-04-01,1000,甲,收,{debt.refund_code},R1\n"
    book(books, taken(books, one))
    again = taken(books, one + "2026-04-02,5,手续费,付,,F1\n")
    book(books, again)
    debt.refresh_from_db()
    assert debt.settled == 1000
    other_day = taken(books, one.replace("04-01", "04-03"))
    book(books, other_day)
    row = other_day.rows.get()
    assert row.state == RowState.OPEN
    assert row.note
    debt.refresh_from_db()
    assert debt.settled == 1000


def test_money_in_is_never_a_payment(books: Books) -> None:
    payments = under_way(books)
    statement = taken(books, "2026-03-19,1000,甲厂,收,,R1\n")
    row = statement.rows.get()
    assert book(books, statement) == 0
    with pytest.raises(DomainError, match="收款"):
        statements.match_by_hand(
            row_id=row.pk, payment_id=payments[0].pk, reason="误", actor=books.actor
        )


def test_a_wrong_file_is_given_up_before_anything_is_settled(books: Books) -> None:
    debt = stage.owed(books, "3000")
    text = f"2026-04-01,1000,甲,收,{debt.refund_code},R1\n"
    statement = taken(books, text)
    given = {"statement_id": statement.pk, "actor": books.actor}
    with pytest.raises(DomainError, match="原因"):
        statements.withdraw_statement(**given, reason="")
    row = statements.withdraw_statement(**given, reason="选错了文件")
    assert row.state == StatementState.WITHDRAWN
    with pytest.raises(WrongState):
        book(books, statement)
    with pytest.raises(WrongState):
        statements.explain_row(row_id=statement.rows.get().pk, reason="x", actor=books.actor)
    again = taken(books, text)
    book(books, again)
    with pytest.raises(DomainError, match="已有 1 笔"):
        statements.withdraw_statement(statement_id=again.pk, reason="误", actor=books.actor)


def test_an_unknown_direction_is_named(books: Books) -> None:
    upload = SimpleUploadedFile("回单.csv", (HEAD + "2026-04-01,1,甲,转,,\n").encode())
    form = StatementForm({}, {"file": upload})
    assert not form.is_valid()
    assert "收支" in str(form.errors)


def test_the_page_shows_the_preview_and_books_it(books: Books) -> None:
    debt = stage.owed(books, "3000")
    statement = taken(books, f"2026-04-01,1000,甲,收,{debt.refund_code},R1\n")
    client = books.clerk.client
    page = client.get(statement.get_absolute_url()).content.decode()
    assert "还没有入账" in page
    assert f"将登记收回：{debt}" in page
    client.post(f"{statement.get_absolute_url()}match/")
    debt.refresh_from_db()
    assert debt.settled == 1000
    assert "按预览入账" not in client.get(statement.get_absolute_url()).content.decode()
