"""Pure decisions of the ledger: postings, refusals, masking, splitting, matching."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.choices import EntryKind as E
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import CENT, MOST, format_yuan, split_yuan
from silian.foundation.kernel.periods import next_month

REFUND_MARK = "TK"
REFUND_CODE = re.compile(rf"{REFUND_MARK}(\d{{6,9}})(?!\d)")
MOST_INSTALMENTS = 36  # three years, the longest plan that fits the retention of the budget money
POSTINGS: dict[E, tuple[tuple[A, A], ...]] = {
    E.APPROPRIATE: ((A.AVAILABLE, A.APPROPRIATED),),
    E.REDUCE: ((A.APPROPRIATED, A.AVAILABLE),),
    E.COMMIT: ((A.COMMITTED, A.AVAILABLE),),
    E.RELEASE: ((A.AVAILABLE, A.COMMITTED),),
    E.SEND: ((A.TRANSIT, A.COMMITTED),),
    E.CONFIRM: ((A.PAID, A.TRANSIT),),
    E.FAIL: ((A.SUSPENSE, A.TRANSIT),),
    E.RETURN: ((A.COMMITTED, A.SUSPENSE),),
    E.CLAIM: ((A.RECEIVABLE, A.CLAIMED),),
    E.RECEIVE: ((A.AVAILABLE, A.RECOVERED), (A.CLAIMED, A.RECEIVABLE)),
}
SPENDING = ((A.PAID, A.COMMITTED),)  # the new line's side of a set-off


@dataclass(frozen=True, kw_only=True)
class Move:
    """One posting to be: debit positive, credit negative (分录)."""

    line_id: int
    account: A
    amount: Decimal


def moves(pairs: Sequence[tuple[A, A]], *, line_id: int, amount: Decimal) -> list[Move]:
    """Debit the first and credit the second account of each pair (借、贷)."""
    return [
        Move(line_id=line_id, account=account, amount=signed)
        for debit, credit in pairs
        for account, signed in ((debit, amount), (credit, -amount))
    ]


def exact(amount: Any, *, field: str = "amount") -> Decimal:
    """The amount when it is a positive number of cents; a float is a bug, not an amount."""
    if not isinstance(amount, Decimal):
        raise TypeError("money is Decimal")
    if amount <= 0:
        raise DomainError("金额应大于零。请核对。", field=field)
    if amount > MOST:
        raise DomainError("金额超过十万亿元。请检查是否多输了位数。", field=field)
    if amount != amount.quantize(CENT):
        raise DomainError("金额最多到分（两位小数）。请核对。", field=field)
    return amount.quantize(CENT)


def unbalanced_lines(rows: Sequence[Move]) -> list[int]:
    """The lines on which the postings do not add up to zero."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        sums[row.line_id] = sums.get(row.line_id, Decimal(0)) + row.amount
    return sorted(line for line, total in sums.items() if total)


def fingerprint(content: Mapping[str, Any]) -> str:
    """A mark of what was asked, to tell a repetition from another request."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def reason_not_committable(*, line: str, available: Decimal, amount: Decimal) -> str | None:
    """Why an amount may not be taken from a line, or None.

    Basis: 《中华人民共和国预算法》第十三条: no spending without budget.
    """
    if amount <= available:
        return None
    return (
        f"“{line}”可用指标 {format_yuan(available)} 元，不够占用 {format_yuan(amount)} 元，"
        f"差 {format_yuan(amount - available)} 元。请减少金额，或先下达预算。"
    )


def reason_not_approvable(*, drafter_id: int | None, approver_id: int | None) -> str | None:
    """Nobody approves the batch that they put together (不相容岗位分离)."""
    if drafter_id is not None and drafter_id == approver_id:
        return "付款批次应由编制人以外的人批准。请另一位记账人员办理。"
    return None


def reason_not_reopenable(
    *, closed_by_id: int | None, actor_id: int | None, reason: str, later_closed: bool
) -> str | None:
    """Why a closed month stays closed, or None (反结账)."""
    if not reason.strip():
        return "请写明重新打开的原因，原因会记入账簿。"
    if closed_by_id is not None and closed_by_id == actor_id:
        return "结账人不能自己重新打开。请另一位记账人员办理。"
    if later_closed:
        return "后面的月份已结账。请从最后一个已结账的月份开始打开。"
    return None


def reason_not_finishable(*, open_rows: int) -> str | None:
    """A statement is done when each row is matched or explained (对账完成)."""
    return f"还有 {open_rows} 笔流水没有匹配。请逐笔匹配或说明。" if open_rows else None


def reason_not_withdrawable(*, reason: str, settled: int) -> str | None:
    """A file is given up only while nothing of it is settled (撤回导入)."""
    if settled:
        return f"已有 {settled} 笔流水核对入账，不能撤回。记错的请冲销凭证。"
    return None if reason.strip() else "请写明撤回的原因。"


def masked(number: str) -> str:
    """The last four digits of an account (账号掩码).

    >>> masked("6222020200012345678")
    '**** 5678'
    """
    return f"**** {number[-4:]}" if number else ""


def month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


@dataclass(frozen=True, kw_only=True)
class Part:
    """An instalment to be (分期)."""

    number: int
    due_on: datetime.date
    amount: Decimal


def equal_parts(*, total: Decimal, count: int, first_on: datetime.date) -> list[Part]:
    """Monthly instalments that add up to the last cent; the day is cut to short months."""
    if not 1 <= count <= MOST_INSTALMENTS:
        raise DomainError(f"分期应为 1 到 {MOST_INSTALMENTS} 期。", field="count")
    if total < CENT * count:
        raise DomainError("金额太小，每期不足 1 分。请减少期数。", field="count")
    amounts = split_yuan(total, weights=[1] * count)
    parts, month = [], month_of(first_on)
    for number, amount in enumerate(amounts, start=1):
        last = (next_month(month) - datetime.timedelta(days=1)).day
        due = month.replace(day=min(first_on.day, last))
        parts.append(Part(number=number, due_on=due, amount=amount))
        month = next_month(month)
    return parts


def execution_rate(*, paid: Decimal, appropriated: Decimal) -> Decimal | None:
    """Paid in percent of what was appropriated; nothing appropriated has no rate (预算执行率)."""
    if not appropriated:
        return None
    return (paid * 100 / appropriated).quantize(Decimal("0.1"))


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A payment that waits for the bank's word (待核对付款)."""

    payment_id: int
    key: str
    name: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a row of the bank's file says (银行流水)."""

    row_id: int
    key: str
    name: str
    amount: Decimal
    memo: str = ""
    reference: str = ""


def matches(told: Sequence[Told], waiting: Sequence[Waiting]) -> dict[int, tuple[int, str]]:
    """Row → payment and way: by key and amount, then where amount and name fit only once."""
    by_key = {row.key: row for row in waiting}
    found: dict[int, tuple[int, str]] = {}
    taken: set[int] = set()
    for row in told:
        payment = by_key.get(row.key) if row.key else None
        if payment and payment.amount == row.amount and payment.payment_id not in taken:
            found[row.row_id] = (payment.payment_id, "by_key")
            taken.add(payment.payment_id)
    left = [row for row in told if row.row_id not in found and not row.key]
    open_payments = [row for row in waiting if row.payment_id not in taken]
    rows = Counter((row.name, row.amount) for row in left)
    offers = Counter((row.name, row.amount) for row in open_payments)
    ids = {(row.name, row.amount): row.payment_id for row in open_payments}
    for row in left:
        pair = (row.name, row.amount)
        if rows[pair] == offers[pair] == 1:
            found[row.row_id] = (ids[pair], "by_name")
    return found


def refund_code(receivable_id: int) -> str:
    """What a debtor writes into a transfer, to be read out of the bank's file again (附言编号).

    >>> refund_code(42)
    'TK000042'
    """
    return f"{REFUND_MARK}{receivable_id:06d}"


def refund_id(text: str) -> int | None:
    """The receivable that a transfer names, if it names just one."""
    found = {int(digits) for digits in REFUND_CODE.findall(text)}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class Debt:
    """A receivable for which money may come in (待收款)."""

    receivable_id: int
    key: str
    name: str
    left: Decimal
    next_part: Decimal


def refunds(told: Sequence[Told], debts: Sequence[Debt]) -> dict[int, tuple[int, str]]:
    """Row → receivable and way: by the code or key in the row, else a debtor's only debt.

    Never more than is left; by name only what is due next or all that is left, and only with the
    bank's own number, by which the same transfer is known when it comes in a second file.
    """
    by_id = {row.receivable_id: row for row in debts}
    by_key = {row.key: row for row in debts}
    owing = Counter(row.name for row in debts)
    by_name = {row.name: row for row in debts if owing[row.name] == 1}
    left = {row.receivable_id: row.left for row in debts}
    found: dict[int, tuple[int, str]] = {}
    for row in told:
        named = by_id.get(refund_id(f"{row.key} {row.memo}") or 0) or by_key.get(row.key)
        debt = named or (by_name.get(row.name) if row.reference else None)
        if debt is None or row.amount > left[debt.receivable_id]:
            continue
        if named is None and row.amount not in (debt.next_part, left[debt.receivable_id]):
            continue
        found[row.row_id] = (debt.receivable_id, "by_key" if named else "by_name")
        left[debt.receivable_id] -= row.amount
    return found
