"""Whatever people do in whatever order: the books add up, and no line is overdrawn."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from silian.casework.ledgers.choices import EntryKind, PaymentState
from silian.casework.ledgers.commands import batches, commitments, months, payments, receivables
from silian.casework.ledgers.commands.reversals import bounce_payment, reverse
from silian.casework.ledgers.models.funds import LedgerAccount
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import make_books
from tests.world import make_world

AMOUNTS = st.integers(min_value=1, max_value=6_000_000).map(lambda cents: Decimal(cents) / 100)
PLACE = st.integers(min_value=0, max_value=5)
DAYS = st.sampled_from([datetime.date(2026, month, 9) for month in (1, 2, 3)])
LATER = stage.NOW.replace(month=6)


class Ledger(RuleBasedStateMachine):
    """Two clerks at one line with 100,000 yuan."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        make_world()
        self.books = make_books()
        self.serial = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def try_(self, command: Any, **given: Any) -> Any:
        """A refusal is a right answer; anything else is a bug."""
        try:
            with transaction.atomic():
                return command(actor=given.pop("actor", self.books.actor), **given)
        except DomainError:
            return None

    def key(self) -> str:
        self.serial += 1
        return f"m-{self.serial}"

    def pick(self, rows: Any, place: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    @rule(amount=AMOUNTS, on=DAYS)
    def promise(self, amount: Decimal, on: datetime.date) -> None:
        self.try_(
            commitments.commit, line_id=self.books.line.pk, amount=amount, on=on,
            subject=stage.subject(), key=self.key(),
        )  # fmt: skip

    @rule(place=PLACE, amount=AMOUNTS, on=DAYS)
    def release(self, place: int, amount: Decimal, on: datetime.date) -> None:
        if row := self.pick(Commitment.objects, place):
            self.try_(
                commitments.release, commitment_id=row.pk, amount=amount, reason="多了", on=on
            )

    @rule(place=PLACE, amount=AMOUNTS, again=st.booleans())
    def order(self, place: int, amount: Decimal, again: bool) -> None:
        if row := self.pick(Commitment.objects, place):
            key = self.key()
            for _ in range(1 + again):
                self.try_(
                    payments.pay, commitment_id=row.pk, amount=min(amount, row.amount), key=key,
                    payee=stage.PAYEE, subject=stage.subject(),
                )  # fmt: skip
            assert FundPayment.objects.filter(key=key).count() <= 1

    @rule(on=DAYS)
    def send(self, on: datetime.date) -> None:
        ready = FundPayment.objects.filter(state=PaymentState.READY).values_list("pk", flat=True)
        batch = self.try_(
            batches.draft_batch, office_id=self.books.office.pk, title="批",
            payment_ids=list(ready), now=stage.NOW,
        )  # fmt: skip
        if batch:
            second = self.books.second.actor
            self.try_(batches.approve_batch, batch_id=batch.pk, now=stage.NOW, actor=second)
            self.try_(batches.send_batch, batch_id=batch.pk, on=on)

    @rule(place=PLACE, on=DAYS, reference=st.sampled_from(["B1", "B2"]))
    def confirm(self, place: int, on: datetime.date, reference: str) -> None:
        if row := self.pick(FundPayment.objects, place):
            self.try_(payments.confirm_payment, payment_id=row.pk, reference=reference, on=on)

    @rule(place=PLACE, on=DAYS, step=st.sampled_from(["fail", "bounce", "return", "cancel"]))
    def go_wrong(self, place: int, on: datetime.date, step: str) -> None:
        row = self.pick(FundPayment.objects, place)
        if row is None:
            return
        given: dict[str, Any] = {"payment_id": row.pk, "on": on}
        if step == "cancel":
            self.try_(payments.cancel_payment, payment_id=row.pk)
        elif step == "return":
            self.try_(payments.return_failed, **given)
        else:
            command = payments.fail_payment if step == "fail" else bounce_payment
            self.try_(command, reason="账号不符", **given)

    @rule(amount=AMOUNTS, on=DAYS)
    def claim(self, amount: Decimal, on: datetime.date) -> None:
        self.try_(
            receivables.open_receivable, line_id=self.books.line.pk, amount=amount, on=on,
            debtor=receivables.Debtor(type="x", id="1", name="甲"),
            subject=stage.subject(key=self.key()),
            reason="多付", basis="三（二）", due_on=on, key=self.key(),
        )  # fmt: skip

    @rule(place=PLACE, amount=AMOUNTS, on=DAYS)
    def recover(self, place: int, amount: Decimal, on: datetime.date) -> None:
        if row := self.pick(Receivable.objects, place):
            part = min(amount, row.outstanding) or amount
            self.try_(
                receivables.receive, receivable_id=row.pk, amount=part, note="", key=self.key(),
                on=on,
            )  # fmt: skip

    @rule(place=PLACE, amount=AMOUNTS, on=DAYS)
    def set_off(self, place: int, amount: Decimal, on: datetime.date) -> None:
        row, source = self.pick(Receivable.objects, place), self.pick(Commitment.objects, place)
        if row and source:
            part = min(amount, row.outstanding, source.remaining) or amount
            self.try_(
                receivables.set_off, receivable_id=row.pk, commitment_id=source.pk, amount=part,
                key=self.key(), on=on,
            )  # fmt: skip

    @rule(place=PLACE, on=DAYS)
    def reverse(self, place: int, on: datetime.date) -> None:
        kinds = (EntryKind.CLAIM, EntryKind.RECEIVE, EntryKind.COMMIT)
        if row := self.pick(JournalEntry.objects.filter(kind__in=kinds), place):
            self.try_(reverse, entry_id=row.pk, reason="记错", on=on)

    @rule(month=DAYS, again=st.booleans())
    def close(self, month: datetime.date, again: bool) -> None:
        office = self.books.office.pk
        self.try_(months.close_month, office_id=office, month=month, now=LATER)
        if again:
            second = self.books.second.actor
            self.try_(months.reopen_month, office_id=office, month=month, reason="补", actor=second)

    @invariant()
    def the_books_add_up(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert [str(difference) for difference in differences()] == []

    @invariant()
    def no_yuan_comes_from_nowhere(self) -> None:
        held = dict(LedgerAccount.objects.values_list("kind", "balance"))
        sides = ("available", "committed", "transit", "suspense", "paid")
        spent = sum(held[kind] for kind in sides)
        assert spent == -(held["appropriated"] + held["recovered"])
        assert held["available"] >= 0

    @invariant()
    def nobody_approved_their_own(self) -> None:
        assert not PaymentBatch.objects.filter(approved_by=self.books.clerk.user).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_no_way_leads_to_books_that_do_not_add_up() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Ledger,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
