"""What hosts say was paid, and what students say arrived."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.pay import (
    StudentAnswer,
)
from silian.operations.placements.commands.pay_alarms import watch_records
from silian.operations.placements.events.pay import PayAnswered, PayStated
from silian.operations.placements.models.pay import Payment, PayRecord, PaySheet
from silian.operations.placements.permissions.pay import require_host_of, require_student_of
from silian.operations.placements.queries.pay import account_of

ZERO = Decimal(0)


def locked_record(pay_record_id: int) -> PayRecord:
    rows = PayRecord.objects.select_for_update(of=("self",))
    return rows.select_related("internship__person__guardian").get(pk=pay_record_id)


@transaction.atomic
def state_payment(
    *,
    actor: Actor,
    pay_record_id: int,
    amount: Decimal,
    paid_on: datetime.date,
    now: datetime.datetime,
    payer_name: str = "",
    method: PayMethod = PayMethod.BANK,
    sheet: PaySheet | None = None,
) -> Payment:
    """Record a transfer to the student's own account (填报报酬到账).

    Basis: 教职成〔2021〕4号第十八条: money, to the student, not through a third party.
    """
    row = locked_record(pay_record_id)
    require_host_of(actor, row)
    refuse_payment(row, amount=amount, paid_on=paid_on, method=method, today=now.date())
    account = account_of(person_id=row.internship.person_id)
    if account is None:
        raise DomainError(
            "该生还没有登记本人账户，报酬只能付到学生本人账户。请学生在“我的权益”中登记。",
            field="amount",
        )
    payment = Payment.objects.create(
        pay_record=row,
        account=account,
        amount=amount,
        paid_on=paid_on,
        method=method,
        sheet=sheet,
        payer_name=payer_name.strip()[:120],
        stated_by_id=actor.user_id,
        stated_at=now,
    )
    record(actor, "placements.payment.stated", row, detail={"amount": str(amount)})
    recount(row, now=now)
    return payment


def refuse_payment(
    row: PayRecord,
    *,
    amount: Decimal,
    paid_on: datetime.date,
    method: PayMethod,
    today: datetime.date,
) -> None:
    if method != PayMethod.BANK:
        raise DomainError(
            "报酬须以货币转账到学生本人账户，不得用现金、实物或经第三方转付"
            "（教职成〔2021〕4号第十八条）。",
            field="method",
        )
    if amount <= 0:
        raise DomainError("金额应大于 0 元，请核对。", field="amount")
    if paid_on > today:
        raise DomainError("到账日不能晚于今天，到账后再填报。", field="paid_on")
    if paid_on < row.month:
        raise DomainError(f"到账日早于 {row.month:%Y-%m}，请核对月份。", field="paid_on")


@transaction.atomic
def return_payment(
    *, actor: Actor, payment_id: int, reason: str, now: datetime.datetime
) -> Payment:
    """Say that a transfer came back; the month is owed again (登记退回)."""
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    row = locked_record(payment.pay_record_id)
    require_host_of(actor, row)
    if payment.returned_at is not None:
        raise DomainError("这笔报酬已登记退回。")
    if not reason.strip():
        raise DomainError("请写明退回原因，例如 账号错误。", field="reason")
    payment.returned_at, payment.return_reason = now, reason.strip()
    payment.save(update_fields=["returned_at", "return_reason"])
    record(actor, "placements.payment.returned", row, reason=reason)
    recount(row, now=now)
    return payment


def recount(row: PayRecord, *, now: datetime.datetime) -> None:
    """Let the month follow its payments, and its alarms follow the month."""
    standing = row.payments.filter(returned_at__isnull=True)
    sums = standing.aggregate(total=Sum("amount"), last=Max("paid_on"))
    row.paid_amount, row.paid_on = sums["total"] or ZERO, sums["last"]
    row.stated_at = now
    row.save(update_fields=["paid_amount", "paid_on", "stated_at"])
    watch_records(record_ids=[row.pk], now=now)
    publish(PayStated(pay_record_id=row.pk))


@transaction.atomic
def confirm_pay(*, actor: Actor, pay_record_id: int, now: datetime.datetime) -> PayRecord:
    """The student says: it arrived as stated (确认到账)."""
    row = locked_record(pay_record_id)
    require_student_of(actor, row)
    if row.paid_amount <= 0:
        raise DomainError("单位还没有填报这个月的报酬。未收到的，请选“与实际不符”。")
    row.student_answer, row.student_at = StudentAnswer.CONFIRMED, now
    row.student_amount, row.student_on = row.paid_amount, row.paid_on
    row.student_method, row.student_note = PayMethod.BANK, ""
    save_answer(row)
    record(actor, "placements.pay.confirmed", row)
    after_answer(row, now=now)
    return row


@transaction.atomic
def contradict_pay(
    *,
    actor: Actor,
    pay_record_id: int,
    amount: Decimal,
    received_on: datetime.date | None,
    now: datetime.datetime,
    method: str = "",
    note: str = "",
    proofs: Sequence[Any] = (),
) -> PayRecord:
    """The student says what really arrived; it opens an alarm at once (反映不符)."""
    row = locked_record(pay_record_id)
    require_student_of(actor, row)
    if amount < 0:
        raise DomainError("实收金额不能小于 0 元；没有收到请填 0。", field="amount")
    if received_on and received_on > now.date():
        raise DomainError("实收日不能晚于今天。", field="received_on")
    if amount > 0 and received_on is None:
        raise DomainError("请填写收到的日期。", field="received_on")
    row.student_answer, row.student_at = StudentAnswer.CONTRARY, now
    row.student_amount, row.student_on = amount, received_on
    row.student_method, row.student_note = method, note.strip()
    save_answer(row)
    for proof in proofs:
        store_upload(upload=proof, subject=row, actor=actor)
    record(actor, "placements.pay.contradicted", row)
    after_answer(row, now=now)
    return row


def save_answer(row: PayRecord) -> None:
    row.save(
        update_fields=[
            "student_answer",
            "student_at",
            "student_amount",
            "student_on",
            "student_method",
            "student_note",
        ]
    )


def after_answer(row: PayRecord, *, now: datetime.datetime) -> None:
    watch_records(record_ids=[row.pk], now=now)
    publish(PayAnswered(pay_record_id=row.pk))
