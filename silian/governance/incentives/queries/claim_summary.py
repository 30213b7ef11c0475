"""A claim at a glance: what moved, what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receipt
from silian.governance.incentives.choices.claims import (
    ClaimState,
    NoticeState,
    PaymentStanding,
    StepState,
)
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_money import Money
from silian.governance.incentives.queries.claim_review import ReviewOf
from silian.governance.incentives.queries.claim_sums import commitments_of, receivables_of_cases


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One line of the account between unit and fund (往来明细)."""

    on: datetime.date
    what: str
    change: Decimal
    left: Decimal = Decimal(0)


def movements_of(money: Money) -> list[Movement]:
    """What was granted, paid, decided back and received, with what is outstanding after each.

    The first line is what was granted with every later adjustment of it, so that the last line
    is the outstanding amount of the ledger.
    """
    claim = money.claim
    if not money.sums.promised and not money.sums.paid:
        return []
    later = sorted([*paid(claim), *taken_back(money)], key=lambda row: row.on)
    start = money.sums.outstanding - sum((row.change for row in later), Decimal(0))
    adjusted = "（含调整）" if money.recalculations else ""
    granted = timezone.localdate(claim.decided_at or claim.created_at)
    opened = min([granted, *(row.on for row in later)])
    return with_left([Movement(on=opened, what=f"核定应得{adjusted}", change=start), *later])


def with_left(rows: Sequence[Movement]) -> list[Movement]:
    """The rows with the running outstanding amount."""
    left, found = Decimal(0), []
    for row in rows:
        left += row.change
        found.append(Movement(on=row.on, what=row.what, change=row.change, left=left))
    return found


def paid(claim: Claim) -> list[Movement]:
    rows = FundPayment.objects.filter(
        commitment__in=commitments_of([str(claim.pk)]), confirmed_on__isnull=False,
        state="confirmed",
    )  # fmt: skip
    return [
        Movement(
            on=row.confirmed_on or claim.created_at.date(),
            what=f"{row.get_method_display()} {row.bank_reference}".strip(),
            change=-row.amount,
        )
        for row in rows.order_by("confirmed_on", "pk")
    ]


def taken_back(money: Money) -> list[Movement]:
    """Decisions to recover, and what came back on them."""
    cases = [case for case in money.recoveries if case.receivable_id is not None]
    debts = receivables_of_cases([case.pk for case in cases])
    decided = [
        Movement(on=row.opened_on, what=f"决定{row.subject_label}", change=-row.amount)
        for row in debts
    ]
    came = Receipt.objects.filter(receivable__in=debts)
    received = [
        Movement(on=row.received_on, what=f"{row.get_kind_display()} {row.note}".strip(),
                 change=row.amount)
        for row in came
    ]  # fmt: skip
    return [*decided, *received]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Who does what by when (接下来)."""

    by: datetime.date | None
    what: str


def next_steps(claim: Claim, review: ReviewOf, money: Money) -> list[NextStep]:
    """What still happens, in order; a day only where a clock runs."""
    if claim.state == ClaimState.RETURNED:
        return [NextStep(by=None, what="贵单位按退回意见补正，再次提交后重新审核")]
    if claim.state == ClaimState.REVIEW:
        found = [
            NextStep(by=step.due_on, what=f"{step.office.display_name}{step.title}")
            for step in review.steps
            if step.state in (StepState.OPEN, StepState.WAITING)
        ]
        return [*found, NextStep(by=None, what="审定后公示，无异议再拨付")]
    if claim.state == ClaimState.AGREED:
        days = claim.call.notice_days
        return [NextStep(by=None, what=f"{claim.call.owner.display_name}公示 {days} 个工作日")]
    if claim.state == ClaimState.NOTICE:
        running = [row for row in review.notices if row.state == NoticeState.RUNNING]
        return [NextStep(by=row.ends_on, what="公示期满，答复全部异议后批准") for row in running]
    return money_steps(money)


def money_steps(money: Money) -> list[NextStep]:
    """Payments that wait and recoveries that are open."""
    found = [
        NextStep(
            by=row.payment.due_on,
            what=f"{row.payment.get_kind_display()}：先满足 {len(row.closed)} 项条件"
            if row.closed
            else f"{row.payment.get_kind_display()}：支付到尾号 {money.claim.account_tail} 账户",
        )
        for row in money.payments
        if row.payment.standing in (PaymentStanding.WAITING, PaymentStanding.READY)
    ]
    if money.waits_for_settlement:
        found.append(NextStep(by=None, what="培养结束后按人结算，未完成的部分收回"))
    for case in money.recoveries:
        if case.state == RecoveryState.NOTICED:
            found.append(NextStep(by=case.reply_until, what="贵单位可以陈述申辩"))
        elif case.state == RecoveryState.COLLECTING and case.pay_by:
            found.append(
                NextStep(by=case.pay_by, what=f"退回 {case.number}，{case.get_way_display()}")
            )
    return found
