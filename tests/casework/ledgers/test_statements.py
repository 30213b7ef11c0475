"""The bank's file: read, matched, settled by hand."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.casework.ledgers.choices import PaymentState, RowState, StatementState
from silian.casework.ledgers.commands import statements
from silian.casework.ledgers.forms import StatementForm
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.statements import BankStatement
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
HEAD = "交易日期,金额,户名,付款编号,流水号,失败原因\n"


def under_way(books: Books) -> list[FundPayment]:
    source = stage.committed(books, "60000")
    rows = [
        stage.ordered(books, source, amount, key=f"K{place}", name=name)
        for place, (amount, name) in enumerate(
            (("1000", "甲厂"), ("2000", "乙厂"), ("3000", "丙厂"))
        )
    ]
    stage.sent(books, *rows)
    return rows


def file_of(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("银行回单.csv", (HEAD + text).encode())


def imported(books: Books, text: str) -> BankStatement:
    form = StatementForm({}, {"file": file_of(text)})
    assert form.is_valid(), form.errors
    return statements.import_statement(
        office_id=books.office.pk, name="银行回单.csv", content=form.cleaned_data["content"],
        rows=form.cleaned_data["rows"], actor=books.actor, now=stage.NOW,
    )  # fmt: skip


def states(rows: list[FundPayment]) -> list[str]:
    return [FundPayment.objects.get(pk=row.pk).state for row in rows]


def test_rows_confirm_fail_or_wait(books: Books) -> None:
    rows = under_way(books)
    statement = imported(
        books,
        "2026-03-19,1000.00,甲厂,K0,B1,\n2026-03-19,2000,乙厂,,B2,账号不符\n"
        "2026-03-19,3.50,手续费,,B3,\n",
    )
    assert statements.match_rows(statement_id=statement.pk, actor=books.actor) == 2
    assert states(rows) == [PaymentState.CONFIRMED, PaymentState.FAILED, PaymentState.SENT]
    assert [row.state for row in statement.rows.all()] == [
        RowState.BY_KEY, RowState.BY_NAME, RowState.OPEN,
    ]  # fmt: skip
    assert not differences()


def test_matching_again_changes_nothing(books: Books) -> None:
    under_way(books)
    statement = imported(books, "2026-03-19,1000,甲厂,K0,B1,\n")
    statements.match_rows(statement_id=statement.pk, actor=books.actor)
    assert statements.match_rows(statement_id=statement.pk, actor=books.actor) == 0
    assert not differences()


def test_the_same_file_is_taken_once(books: Books) -> None:
    imported(books, "2026-03-19,1000,甲厂,K0,B1,\n")
    with pytest.raises(DomainError, match="已导入过"):
        imported(books, "2026-03-19,1000,甲厂,K0,B1,\n")


def test_a_person_matches_with_a_reason(books: Books) -> None:
    rows = under_way(books)
    statement = imported(books, "2026-03-19,1000,甲厂有限公司,,B1,\n")
    row = statement.rows.get()
    with pytest.raises(DomainError, match="金额不同"):
        statements.match_by_hand(
            row_id=row.pk, payment_id=rows[1].pk, reason="更名", actor=books.actor
        )
    with pytest.raises(DomainError, match="理由"):
        statements.match_by_hand(row_id=row.pk, payment_id=rows[0].pk, reason="", actor=books.actor)
    statements.match_by_hand(row_id=row.pk, payment_id=rows[0].pk, reason="更名", actor=books.actor)
    assert states(rows)[0] == PaymentState.CONFIRMED


def test_a_statement_ends_when_every_row_is_settled(books: Books) -> None:
    statement = imported(books, "2026-03-19,3.50,手续费,,B3,\n")
    with pytest.raises(DomainError, match="还有 1 笔"):
        statements.finish_statement(statement_id=statement.pk, actor=books.actor)
    statements.explain_row(row_id=statement.rows.get().pk, reason="银行手续费", actor=books.actor)
    done = statements.finish_statement(statement_id=statement.pk, actor=books.actor)
    assert done.state == StatementState.FINISHED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("昨天,1,甲,,,\n", "第 2 行“交易日期”"),
        ("2026-03-19,一百,甲,,,\n", "第 2 行“金额”"),
        ("2026-03-19,-5,甲,,,\n", "大于零"),
        ("", "没有流水"),
    ],
)
def test_a_bad_cell_is_named(text: str, said: str) -> None:
    form = StatementForm({}, {"file": file_of(text)})
    assert not form.is_valid()
    assert said in str(form.errors)
