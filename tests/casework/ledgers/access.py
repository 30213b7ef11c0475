"""Who gets what from every address of ledgers: the reviewer of the cast keeps the books."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.casework.ledgers.choices import EntryKind
from silian.casework.ledgers.commands.statements import RowFacts, import_statement
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.models.statements import BankStatement
from tests.access import HIDDEN, REFUSED, Row, only
from tests.casework.ledgers import stage
from tests.world import World

DONE = 302
KEEPER = "reviewer"
READERS = (KEEPER, "coordinator", "leader", "audit_admin")


def line(world: World) -> dict[str, Any]:
    return {"line_id": stage.keeping(world).line.pk}


def fund(world: World) -> dict[str, Any]:
    return {"fund_id": stage.keeping(world).line.fund_id}


def commitment_of(world: World) -> Commitment:
    books = stage.keeping(world)
    return Commitment.objects.first() or stage.committed(books)


def payment_of(world: World) -> FundPayment:
    source = commitment_of(world)
    return FundPayment.objects.first() or stage.ordered(stage.keeping(world), source)


def batch_of(world: World) -> PaymentBatch:
    row = payment_of(world)
    return PaymentBatch.objects.first() or stage.drafted(stage.keeping(world), row)


def receivable_of(world: World) -> Receivable:
    books = stage.keeping(world)
    return Receivable.objects.first() or stage.owed(books)


def statement_of(world: World) -> BankStatement:
    books = stage.keeping(world)
    row = RowFacts(number=2, paid_on=stage.DAY, amount=stage.yuan("3.50"), payee_name="手续费")
    return BankStatement.objects.first() or import_statement(
        office_id=books.office.pk, name="a.csv", content=b"a", rows=[row], actor=books.actor,
        now=stage.NOW,
    )  # fmt: skip


def commitment(world: World) -> dict[str, Any]:
    return {"commitment_id": commitment_of(world).pk}


def batch(world: World) -> dict[str, Any]:
    return {"batch_id": batch_of(world).pk}


def entry(world: World) -> dict[str, Any]:
    stage.keeping(world)
    return {"entry_id": JournalEntry.objects.filter(kind=EntryKind.APPROPRIATE)[0].pk}


def receivable(world: World) -> dict[str, Any]:
    return {"receivable_id": receivable_of(world).pk}


def statement(world: World) -> dict[str, Any]:
    return {"statement_id": statement_of(world).pk}


def row(world: World) -> dict[str, Any]:
    found = statement_of(world)
    return {"statement_id": found.pk, "row_id": found.rows.get().pk}


def payment(name: str) -> Callable[[World], dict[str, Any]]:
    def kwargs(world: World) -> dict[str, Any]:
        batch_of(world) if name == "confirm" else None
        return {"payment_id": payment_of(world).pk, "name": name}

    return kwargs


def failed(world: World) -> dict[str, Any]:
    return {"payment_id": payment_of(world).pk}


def month(world: World) -> dict[str, Any]:
    return {"office_id": stage.keeping(world).office.pk, "month": "2026-03", "name": "close"}


def named(
    kwargs: Callable[[World], dict[str, Any]], name: str
) -> Callable[[World], dict[str, Any]]:
    return lambda world: {**kwargs(world), "name": name}


def read(kwargs: Callable[[World], dict[str, Any]]) -> Row:
    """A page of a row: readers see it, for all others it does not exist."""
    return only(*READERS, otherwise=HIDDEN, kwargs=kwargs)


def keep(kwargs: Callable[[World], dict[str, Any]], **given: Any) -> Row:
    """The keeper passes, those who only read are refused, for others it does not exist."""
    status = given.pop("status", 200)
    base = only(KEEPER, status=status, otherwise=HIDDEN, kwargs=kwargs, **given)
    refused = dict.fromkeys(("coordinator", "leader", "audit_admin"), REFUSED)
    return Row(
        statuses={**base.statuses, **refused}, method=base.method, kwargs=kwargs, data=base.data
    )


def desk() -> Row:
    """A list: every seat that could ever see a fund opens it."""
    return only(*READERS)


def kept(world: World) -> dict[str, Any]:
    stage.keeping(world)
    return {}


POST = {"method": "post", "status": DONE}
ACCESS: dict[str, Row] = {
    "ledgers:fund_list": desk(),
    "ledgers:entry_list": desk(),
    "ledgers:month_list": desk(),
    "ledgers:batch_list": desk(),
    "ledgers:receivable_list": desk(),
    "ledgers:statement_list": desk(),
    "ledgers:office_new": only("coordinator"),
    "ledgers:fund_new": only(KEEPER, kwargs=kept),
    "ledgers:batch_new": only(KEEPER, kwargs=kept),
    "ledgers:statement_new": only(KEEPER, kwargs=kept),
    "ledgers:fund_detail": read(fund),
    "ledgers:line_detail": read(line),
    "ledgers:commitment_detail": read(commitment),
    "ledgers:batch_detail": read(batch),
    "ledgers:entry_detail": read(entry),
    "ledgers:receivable_detail": read(receivable),
    "ledgers:statement_detail": read(statement),
    "ledgers:line_new": keep(fund),
    "ledgers:line_appropriate": keep(line),
    "ledgers:line_reduce": keep(line),
    "ledgers:line_carry": keep(line, **POST),
    "ledgers:commitment_new": keep(line),
    "ledgers:receivable_new": keep(line),
    "ledgers:commitment_release": keep(commitment),
    "ledgers:payment_new": keep(commitment),
    "ledgers:payment_step": keep(payment("cancel"), **POST),
    "ledgers:payment_word": keep(payment("confirm")),
    "ledgers:batch_file": keep(batch),
    "ledgers:batch_paper": read(batch),
    "ledgers:payment_retry": keep(failed),
    "ledgers:batch_step": keep(named(batch, "discard"), **POST),
    "ledgers:entry_reverse": keep(entry),
    "ledgers:month_step": keep(month, **POST),
    "ledgers:receivable_plan": keep(receivable),
    "ledgers:receivable_receive": keep(receivable),
    "ledgers:receivable_set_off": keep(receivable),
    "ledgers:statement_step": keep(named(statement, "match"), **POST),
    "ledgers:row_settle": keep(row),
}
