"""Commit money of a line, and give back what is not needed."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers.choices import AccountKind, EntryKind
from silian.casework.ledgers.commands.booking import (
    Subject,
    balance,
    book,
    locked_line,
    same_request,
    subject_of,
)
from silian.casework.ledgers.models.payments import Commitment
from silian.casework.ledgers.permissions import commitments_visible_to, require_spender
from silian.casework.ledgers.rules import exact, reason_not_committable
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import format_yuan


@transaction.atomic
def commit(
    *,
    line_id: int,
    amount: Decimal,
    subject: Subject,
    key: str,
    on: datetime.date,
    actor: Actor,
) -> Commitment:
    """Promise money of a line for a purpose; never more than is available (占用指标)."""
    amount = exact(amount)
    content = {"line": line_id, "amount": amount, **subject.columns()}
    before, mark = same_request(Commitment, key=key, content=content)
    if before is not None:
        return before
    line = locked_line(line_id)
    require_spender(actor, line.fund)
    available = balance(line.pk, AccountKind.AVAILABLE)
    reason = reason_not_committable(line=str(line), available=available, amount=amount)
    if reason:
        raise DomainError(reason, field="amount")
    made = Commitment.objects.create(
        line=line,
        amount=amount,
        key=key,
        fingerprint=mark,
        created_by_id=actor.user_id,
        **subject.columns(),
    )
    book(
        kind=EntryKind.COMMIT, line=line, amount=amount, on=on, memo=subject.label,
        subject=subject, actor=actor,
    )  # fmt: skip
    record(actor, "ledgers.commitment.made", made, detail={"amount": str(amount)})
    return made


def locked_commitment(commitment_id: int, *, actor: Actor) -> Commitment:
    """The commitment with its line, both locked, the line first."""
    line_id = commitments_visible_to(actor).get(pk=commitment_id).line_id
    line = locked_line(line_id)
    row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment_id)
    if row.line_id != line_id:
        raise DomainError("这笔占用刚刚结转到新年度。请刷新后再办理。")
    row.line = line
    require_spender(actor, line.fund)
    return row


@transaction.atomic
def release(
    *, commitment_id: int, amount: Decimal, reason: str, on: datetime.date, actor: Actor
) -> Commitment:
    """Give promised money that is not needed back to its line (释放占用)."""
    amount = exact(amount)
    row = locked_commitment(commitment_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明释放占用的原因。", field="reason")
    if amount > row.remaining:
        raise DomainError(
            f"这笔占用还剩 {format_yuan(row.remaining)} 元未安排，"
            f"不能释放 {format_yuan(amount)} 元。已安排的支付请先撤销。",
            field="amount",
        )
    row.released += amount
    row.save(update_fields=["released"])
    book(
        kind=EntryKind.RELEASE, line=row.line, amount=amount, on=on, memo=reason,
        subject=subject_of(row), actor=actor,
    )  # fmt: skip
    record(actor, "ledgers.commitment.released", row, reason=reason, detail={"amount": str(amount)})
    return row
