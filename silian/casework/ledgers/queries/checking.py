"""Recompute every balance, and say any difference (账簿核验)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum

from silian.casework.ledgers.choices import (
    LIVE_PAYMENTS,
    SPENT_PAYMENTS,
    PaymentState,
    ReceivableState,
)
from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.models.funds import LedgerAccount
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.models.receivables import Receipt, Receivable

ZERO = Decimal(0)
OF_STATE = {
    PaymentState.SENT: A.TRANSIT,
    PaymentState.CONFIRMED: A.PAID,
    PaymentState.FAILED: A.SUSPENSE,
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two figures that should be equal and are not (差异)."""

    what: str
    booked: Decimal
    computed: Decimal

    def __str__(self) -> str:
        return f"{self.what}：账面 {self.booked:,.2f} 元，重算 {self.computed:,.2f} 元"


def differences() -> list[Difference]:
    """Everything in the books that does not add up; empty when all is well."""
    return [
        *unbalanced_entries(),
        *wrong_balances(),
        *wrong_promises(),
        *wrong_payments(),
        *wrong_receivables(),
        *wrong_orders(),
    ]


def unbalanced_entries() -> Iterator[Difference]:
    """Entries whose postings do not add up to zero on a line, or are not all there."""
    sums = Posting.objects.order_by().values("entry_id", "account__line_id")
    for row in sums.annotate(total=Sum("amount")).exclude(total=0):
        what = f"凭证 {row['entry_id']} 在项目 {row['account__line_id']} 借贷不平"
        yield Difference(what=what, booked=row["total"], computed=ZERO)
    counted = JournalEntry.objects.annotate(found=Count("postings"))
    for entry in counted.exclude(found=F("size")):
        what = f"凭证 {entry.number} 的分录数"
        yield Difference(what=what, booked=Decimal(entry.size), computed=Decimal(entry.found))


def wrong_balances() -> Iterator[Difference]:
    rows = LedgerAccount.objects.annotate(total=Sum("postings__amount", default=ZERO))
    for row in rows.exclude(balance=F("total")).select_related("line"):
        yield Difference(what=f"{row} 余额", booked=row.balance, computed=row.total)


def booked(*kinds: A) -> dict[tuple[int, str], Decimal]:
    rows = LedgerAccount.objects.filter(kind__in=kinds)
    return {(line, kind): amount for line, kind, amount in rows.values_list(
        "line_id", "kind", "balance"
    )}  # fmt: skip


def compare(kinds: tuple[A, ...], computed: dict[tuple[int, str], Decimal]) -> Iterator[Difference]:
    """The balances of some kinds against what other tables say."""
    for (line, kind), amount in booked(*kinds).items():
        other = computed.get((line, kind), ZERO)
        if amount != other:
            what = f"项目 {line} 的{A(kind).label}与业务记录"
            yield Difference(what=what, booked=amount, computed=other)


def wrong_promises() -> Iterator[Difference]:
    """占用 is what commitments promise, less what has gone to the bank."""
    computed: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    for line, amount, released in Commitment.objects.values_list("line_id", "amount", "released"):
        computed[line, A.COMMITTED] += amount - released
    spent = FundPayment.objects.filter(state__in=SPENT_PAYMENTS)
    for line, amount in spent.values_list("commitment__line_id", "amount"):
        computed[line, A.COMMITTED] -= amount  # also what a carried one had paid the year before
    yield from compare((A.COMMITTED,), computed)


def wrong_payments() -> Iterator[Difference]:
    """在途, 支付 and 退票待处理 are the payments in those states."""
    computed: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    rows = FundPayment.objects.filter(state__in=SPENT_PAYMENTS)
    for line, state, amount in rows.values_list("line_id", "state", "amount"):
        computed[line, OF_STATE[PaymentState(state)]] += amount
    yield from compare((A.TRANSIT, A.PAID, A.SUSPENSE), computed)


def wrong_receivables() -> Iterator[Difference]:
    computed: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    rows = Receivable.objects.exclude(state=ReceivableState.CANCELLED)
    for line, amount, settled in rows.values_list("line_id", "amount", "settled"):
        computed[line, A.RECEIVABLE] += amount - settled
    yield from compare((A.RECEIVABLE,), computed)
    received = Receipt.objects.exclude(kind="reversed").values("receivable_id")
    sums = {row["receivable_id"]: row["total"] for row in received.order_by().annotate(
        total=Sum("amount")
    )}  # fmt: skip
    for row in Receivable.objects.all():
        if row.settled != sums.get(row.pk, ZERO):
            what = f"应收款 {row.pk} 的已收回"
            yield Difference(what=what, booked=row.settled, computed=sums.get(row.pk, ZERO))


def wrong_orders() -> Iterator[Difference]:
    """What commitments count as ordered is the sum of their live payments."""
    live = FundPayment.objects.filter(state__in=LIVE_PAYMENTS).order_by()
    sums = {row["commitment_id"]: row["total"] for row in live.values("commitment_id").annotate(
        total=Sum("amount")
    )}  # fmt: skip
    for key, ordered in Commitment.objects.values_list("pk", "ordered"):
        if ordered != sums.get(key, ZERO):
            what = f"指标占用 {key} 的已安排支付"
            yield Difference(what=what, booked=ordered, computed=sums.get(key, ZERO))
