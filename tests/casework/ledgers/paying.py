"""``python -m tests.casework.ledgers.paying OFFICE CLERK SECOND``: pay a batch.

A process of its own, so that a test can kill it. Every step has a key, so that running it again
goes on where the last run was stopped.
"""

from __future__ import annotations

import sys
from decimal import Decimal

import django

ROWS = 40


def run(office_id: int, clerk_name: str, second_name: str) -> None:
    from silian.casework.ledgers.choices import BatchState, PaymentState
    from silian.casework.ledgers.commands import batches
    from silian.casework.ledgers.commands.commitments import commit
    from silian.casework.ledgers.commands.payments import pay
    from silian.casework.ledgers.commands.statements import match_rows
    from silian.casework.ledgers.models.funds import BudgetLine
    from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
    from silian.casework.ledgers.models.statements import BankStatement
    from silian.registers.accounts.models import User
    from silian.registers.organisations.queries import actor_for
    from tests.casework.ledgers import stage

    clerk, second = (
        actor_for(user=User.objects.get(username=name), on=stage.DAY)
        for name in (clerk_name, second_name)
    )
    line = BudgetLine.objects.get()
    for number in range(ROWS):
        source = commit(
            line_id=line.pk, amount=Decimal("10.01"), subject=stage.subject(), on=stage.DAY,
            key=f"C{number}", actor=clerk,
        )  # fmt: skip
        pay(
            commitment_id=source.pk, amount=Decimal("10.01"), payee=stage.PAYEE,
            subject=stage.subject(), key=f"K{number}", actor=clerk,
        )  # fmt: skip
        say("ordered")
    batch = PaymentBatch.objects.first()
    if batch is None:
        ready = FundPayment.objects.filter(state=PaymentState.READY).values_list("pk", flat=True)
        batch = batches.draft_batch(
            office_id=office_id, title="批", payment_ids=list(ready), actor=clerk, now=stage.NOW
        )
    if batch.state == BatchState.DRAFT:
        batch = batches.approve_batch(batch_id=batch.pk, actor=second, now=stage.NOW)
    if batch.state == BatchState.APPROVED:
        batches.send_batch(batch_id=batch.pk, on=stage.DAY, actor=clerk)
    say("sent")
    statement = BankStatement.objects.first() or answered(office_id, clerk)
    say("answered")
    match_rows(statement_id=statement.pk, actor=clerk)
    say("done")


def answered(office_id: int, actor: object) -> object:
    """The bank's file: every payment went through."""
    from silian.casework.ledgers.commands.statements import RowFacts, import_statement
    from tests.casework.ledgers import stage

    rows = [
        RowFacts(number=number, paid_on=stage.DAY, amount=Decimal("10.01"), key=f"K{number}",
                 payee_name=stage.PAYEE.name, reference=f"B{number}")
        for number in range(ROWS)
    ]  # fmt: skip
    return import_statement(
        office_id=office_id, name="bank.csv", content=b"bank", rows=rows, actor=actor,  # type: ignore[arg-type]
        now=stage.NOW,
    )  # fmt: skip


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    run(int(sys.argv[1]), sys.argv[2], sys.argv[3])
