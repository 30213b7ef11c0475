"""Order a payment anew that the bank sent back, to a corrected account."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.booking import subject_of
from silian.casework.ledgers.commands.payments import Payee, locked_payment, pay, return_failed
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.permissions import require_keeper
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState

KEY_ROOM = 60  # of the former key, so that the new one with its mark stays within the column


@transaction.atomic
def retry_payment(
    *, payment_id: int, payee: Payee, reason: str, on: datetime.date, actor: Actor
) -> FundPayment:
    """Give a failed payment back and order it anew, once (更正账号重付).

    Only what was ordered here: a module above orders its own anew, with its own conditions.
    """
    failed = locked_payment(payment_id, actor=actor)
    require_keeper(actor, failed.line.fund.office)
    refuse_unretriable(failed, reason=reason)
    if failed.state == PaymentState.FAILED:
        return_failed(payment_id=failed.pk, on=on, actor=actor)
    made = pay(
        commitment_id=failed.commitment_id, amount=failed.amount, payee=payee,
        subject=subject_of(failed), key=f"{failed.key[:KEY_ROOM]}-R{failed.pk}", actor=actor,
    )  # fmt: skip
    made.retry_of = failed
    made.save(update_fields=["retry_of"])
    record(actor, "ledgers.payment.retried", made, reason=reason, detail={"of": failed.key})
    return made


def refuse_unretriable(failed: FundPayment, *, reason: str) -> None:
    if not failed.is_by_hand:
        raise DomainError("这笔支付由业务部门安排。请退回占用，业务部门核对收款账户后会重新安排。")
    if failed.state not in (PaymentState.FAILED, PaymentState.RETURNED):
        raise WrongState(f"当前为“{failed.get_state_display()}”，只有支付失败的可以重付。")
    if FundPayment.objects.filter(retry_of=failed).exists():
        raise WrongState("这笔失败的支付已经重付过，不能再次重付。")
    if not reason.strip():
        raise DomainError("请写明更正的依据，例如收款单位来函。", field="reason")
