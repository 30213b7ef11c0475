"""What keepers, departments and readers see, and what forms do with what is typed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.ledgers.choices import BatchState, PaymentState
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.sheets import rows_of
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, World

pytestmark = pytest.mark.django_db
LISTS = ("fund_list", "entry_list", "batch_list", "receivable_list", "statement_list")


def address(page: str, /, **kwargs: Any) -> str:
    return reverse(f"ledgers:{page}", kwargs=kwargs)


def text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_fragment_is_the_page(books: Books, name: str) -> None:
    stage.sent(books, stage.ordered(books, stage.committed(books)))
    stage.owed(books)
    assert_fragment_equals_page(books.clerk.client, address(name))


def queries_of(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["fund_list", "entry_list", "receivable_list"])
def test_a_list_asks_the_same_for_more_rows(books: Books, name: str) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            line = stage.make_line(
                books.office, owner_id=books.owner.organisation.pk, actor=books.actor
            )
            stage.grant(line, "10", actor=books.actor)
            stage.owed(books, "1")

    more(2)
    few = queries_of(books.clerk.client, address(name))
    more(8)
    assert queries_of(books.clerk.client, address(name)) == few


def test_a_department_sees_its_own_funds_only(books: Books) -> None:
    other = stage.make_line(books.office, owner_id=books.office.organisation_id, actor=books.actor)
    page = text(books.owner.client, address("fund_list"))
    assert books.line.fund.name in page
    assert other.fund.name not in page
    assert books.owner.client.get(other.get_absolute_url()).status_code == 404


def test_numbers_open_to_their_entries(books: Books) -> None:
    stage.committed(books)
    page = text(books.clerk.client, books.line.get_absolute_url())
    where = f"{address('entry_list')}?line={books.line.pk}&amp;type=commit"
    assert where in page
    shown = text(books.clerk.client, where.replace("&amp;", "&"))
    assert "占用指标" in shown


def test_a_commitment_too_large_keeps_what_was_typed(books: Books) -> None:
    where = address("commitment_new", line_id=books.line.pk)
    typed = {"label": "第一批学徒补贴", "key": "A1", "amount": "100000.01", "on": "2026-03-18"}
    answer = books.clerk.client.post(where, typed)
    assert answer.status_code == 422
    assert "差 0.01 元" in answer.content.decode()
    assert "第一批学徒补贴" in answer.content.decode()
    assert books.clerk.client.post(where, {**typed, "amount": "100000"}).status_code == 302
    assert Commitment.objects.get().amount == 100_000


def test_the_way_of_a_payment_through_the_pages(books: Books) -> None:
    source = stage.committed(books)
    clerk, second = books.clerk.client, books.second.client
    clerk.post(
        address("payment_new", commitment_id=source.pk),
        {"amount": "6000", "key": "P1", "payee_name": "启衡", "bank": "农商行",
         "account": "6222 0202 0001 2345 678"},
    )  # fmt: skip
    row = FundPayment.objects.get()
    clerk.post(address("batch_new"), {"title": "第 1 批", "payments": [row.pk]})
    batch = PaymentBatch.objects.get()
    step = {"batch_id": batch.pk}
    clerk.post(address("batch_step", **step, name="approve"))
    batch.refresh_from_db()
    assert batch.state == BatchState.DRAFT
    second.post(address("batch_step", **step, name="approve"))
    clerk.post(address("batch_step", **step, name="send"))
    clerk.post(
        address("payment_word", payment_id=row.pk, name="confirm"),
        {"on": "2026-03-19", "reference": "B1"},
    )
    clerk.post(address("batch_step", **step, name="finish"))
    batch.refresh_from_db()
    row.refresh_from_db()
    assert (batch.state, row.state) == (BatchState.DONE, PaymentState.CONFIRMED)


def test_whole_accounts_stand_in_the_bank_file_only(books: Books) -> None:
    batch = stage.approved(books, stage.ordered(books, stage.committed(books)))
    page = text(books.clerk.client, batch.get_absolute_url())
    assert "**** 5678" in page
    assert "62220202" not in page
    listed = books.clerk.client.get(f"{batch.get_absolute_url()}?export=csv")
    assert b"62220202" not in listed.getvalue()
    where = address("batch_file", batch_id=batch.pk)
    assert books.clerk.client.post(where, {"format": "csv", "reason": ""}).status_code == 422
    given = books.clerk.client.post(where, {"format": "csv", "reason": "送银行付款"})
    rows = rows_of(name="a.csv", content=given.getvalue())
    assert rows[1][:3] == [batch.payments.get().key, "启衡精密制造", "6222 0202 0001 2345 678"]
    assert AuditEntry.objects.filter(action="ledgers.batch.exported").count() == 1


def test_readers_are_offered_nothing_to_change(world: World, books: Books) -> None:
    batch = stage.sent(books, stage.ordered(books, stage.committed(books)))
    page = text(world.leader.client, batch.get_absolute_url())
    assert "已送银行" in page
    assert "退票</a>" not in page
    assert "导入银行结果" not in page


def test_a_debt_is_planned_and_paid_through_the_pages(books: Books) -> None:
    row, client = stage.owed(books), books.clerk.client
    key = {"receivable_id": row.pk}
    plan = {"count": "3", "first_on": "2026-04-30", "reason": "经营困难"}
    assert client.post(address("receivable_plan", **key), plan).status_code == 302
    money = {"amount": "1000", "on": "2026-03-18", "key": "R1", "note": ""}
    assert client.post(address("receivable_receive", **key), money).status_code == 302
    assert client.post(address("receivable_receive", **key), money).status_code == 302
    source = stage.committed(books)
    money = {"amount": "2000", "on": "2026-03-18", "key": "S1", "commitment": str(source.pk)}
    assert client.post(address("receivable_set_off", **key), money).status_code == 302
    assert Receivable.objects.get().settled == 3000
    page = text(client, row.get_absolute_url())
    assert "已结清" in page
    assert "第 3 期" in page


def test_an_entry_shows_its_sides_and_is_reversed(books: Books) -> None:
    entry = JournalEntry.objects.get()
    assert "红字冲销" in text(books.clerk.client, entry.get_absolute_url())
    books.clerk.client.post(
        address("entry_reverse", entry_id=entry.pk), {"reason": "文件撤回", "on": "2026-03-18"}
    )
    page = text(books.clerk.client, entry.get_absolute_url())
    assert "冲销</p>" in page.replace("\n", "")


def test_months_are_closed_on_their_page(books: Books) -> None:
    step = {"office_id": books.office.pk, "month": "2026-03"}
    books.clerk.client.post(address("month_step", **step, name="close"))
    assert "已结账" in text(books.clerk.client, address("month_list"))
    assert "反结账</summary>" in text(books.second.client, address("month_list"))
    books.second.client.post(address("month_step", **step, name="reopen"), {"reason": "补记"})
    assert "曾反结账" in text(books.clerk.client, address("month_list"))


def test_money_is_opened_and_granted_through_the_pages(books: Books) -> None:
    client = books.clerk.client
    client.post(
        address("fund_new"),
        {"name": "就业补助资金", "code": "ZJ9", "owner": books.owner.organisation.pk,
         "level": "central", "kind": "employment", "document": "财社〔2026〕5号",
         "opened_on": "2026-01-05"},
    )  # fmt: skip
    fund = books.office.funds.get(code="ZJ9")
    line = {
        "name": "实习留用奖补",
        "code": "01",
        "fiscal_year": "2026",
        "document": "财社〔2026〕5号",
    }
    where = address("line_new", fund_id=fund.pk)
    assert client.post(where, line).status_code == 422
    assert client.post(where, {**line, "clause": "四（一）"}).status_code == 302
    made = fund.lines.get()
    money = {"amount": "500.50", "on": "2026-03-18", "document": "财预〔2026〕3号"}
    client.post(address("line_appropriate", line_id=made.pk), money)
    client.post(address("line_reduce", line_id=made.pk), {**money, "amount": "0.50"})
    assert made.accounts.get(kind="available").balance == Decimal(500)
    assert "未设定" not in text(client, fund.get_absolute_url())


def test_the_coordinator_names_the_office(world: World) -> None:
    facts = {"division": CITY, "organisation": world.reviewer.organisation.pk, "basis": "三定",
             "on": datetime.date(2026, 1, 1)}  # fmt: skip
    assert world.coordinator.client.post(address("office_new"), facts).status_code == 302
    assert address("fund_new") in text(world.reviewer.client, address("fund_list"))
    assert address("fund_new") not in text(world.coordinator.client, address("fund_list"))


def test_the_clerks_find_their_work_among_the_to_dos(books: Books) -> None:
    from silian.casework.ledgers.panels import todos

    stage.drafted(books, stage.ordered(books, stage.committed(books)))
    stage.ordered(books, stage.committed(books))
    first = {todo.action for todo in todos(books.clerk.actor, stage.NOW)}
    second = {todo.action for todo in todos(books.second.actor, stage.NOW)}
    assert (first, second) == ({"编制"}, {"编制", "批准"})
    assert not todos(books.owner.actor, stage.NOW)
