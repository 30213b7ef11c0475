"""``python -m tests.governance.incentives.claim_money.ordering CLERK SECOND PAYMENT…``.

A process of its own, so that a test can kill it: orders a batch, sends it, takes the bank's word.
Every step may be begun again.
"""

from __future__ import annotations

import sys

import django


def run(clerk_name: str, keepers: tuple[str, str], payment_ids: list[int]) -> None:
    from silian.casework.ledgers.choices import BatchState, PaymentState
    from silian.casework.ledgers.commands import batches
    from silian.casework.ledgers.commands.payments import confirm_payment
    from silian.casework.ledgers.models.funds import LedgerOffice
    from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
    from silian.governance.incentives.commands.claim_following import follow_payment
    from silian.governance.incentives.commands.claim_orders import order_many
    from silian.registers.accounts.models import User
    from silian.registers.organisations.queries import actor_for
    from tests.governance.incentives.claim_money.stage import DAY, NOW

    clerk, first, second = (
        actor_for(user=User.objects.get(username=name), on=DAY) for name in (clerk_name, *keepers)
    )
    order_many(
        payment_ids=payment_ids, on=DAY, now=NOW, actor=clerk, tell=lambda done: say("ordered")
    )
    batch = PaymentBatch.objects.first()
    if batch is None:
        ready = FundPayment.objects.filter(state=PaymentState.READY).values_list("pk", flat=True)
        batch = batches.draft_batch(
            office_id=LedgerOffice.objects.get().pk, title="批", payment_ids=list(ready),
            actor=first, now=NOW,
        )  # fmt: skip
    if batch.state == BatchState.DRAFT:
        batch = batches.approve_batch(batch_id=batch.pk, actor=second, now=NOW)
    if batch.state == BatchState.APPROVED:
        batches.send_batch(batch_id=batch.pk, on=DAY, actor=first)
    say("sent")
    for row in FundPayment.objects.filter(batch=batch).order_by("pk"):
        confirm_payment(payment_id=row.pk, reference=f"B{row.pk}", on=DAY, actor=first)
        follow_payment(fund_payment_id=row.pk)
        say("paid")
    say("done")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    run(sys.argv[1], (sys.argv[2], sys.argv[3]), [int(key) for key in sys.argv[4:]])
