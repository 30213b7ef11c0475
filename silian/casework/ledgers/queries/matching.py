"""Which of our payments and debts the rows of a bank's file are (对账匹配)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.ledgers.choices import PaymentState, ReceivableState, RowState
from silian.casework.ledgers.models.funds import LedgerOffice
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.models.statements import BankRow, BankStatement
from silian.casework.ledgers.queries.balances import planned_parts
from silian.casework.ledgers.rules import Debt, Told, Waiting, matches, refunds


@dataclass(frozen=True, kw_only=True)
class Found:
    """A row with the payment or the debt that it is, and how that was seen (匹配结果)."""

    row: BankRow
    way: RowState
    payment_id: int = 0
    receivable_id: int = 0


def found_rows(statement: BankStatement) -> list[Found]:
    """Every open row that fits, in the order of the file (可匹配流水)."""
    rows = list(statement.rows.filter(state=RowState.OPEN).order_by("number"))
    by_id = {row.pk: row for row in rows}
    out = [told(row) for row in rows if not row.is_incoming]
    paid = matches(out, waiting_payments(statement.office)) if out else {}
    into = [told(row) for row in rows if row.is_incoming]
    back = refunds(into, debts_of(statement.office)) if into else {}
    found = [Found(row=by_id[key], way=RowState(way), payment_id=payment)
             for key, (payment, way) in paid.items()]  # fmt: skip
    found += [Found(row=by_id[key], way=RowState(way), receivable_id=debt)
              for key, (debt, way) in back.items()]  # fmt: skip
    return sorted(found, key=lambda each: each.row.number)


def told(row: BankRow) -> Told:
    return Told(
        row_id=row.pk, key=row.key, name=row.payee_name, amount=row.amount, memo=row.memo,
        reference=row.reference,
    )  # fmt: skip


def waiting_payments(office: LedgerOffice) -> list[Waiting]:
    rows = FundPayment.objects.filter(line__fund__office=office, state=PaymentState.SENT)
    return [
        Waiting(payment_id=row.pk, key=row.key, name=row.payee_name, amount=row.amount)
        for row in rows.order_by("pk")
    ]


def open_receivables(office: LedgerOffice) -> QuerySet[Receivable]:
    """Debts to an office that are not wholly settled (未结清应收)."""
    return Receivable.objects.filter(
        line__fund__office=office, state=ReceivableState.OPEN
    ).order_by("opened_on", "pk")


def debts_of(office: LedgerOffice) -> list[Debt]:
    rows = open_receivables(office).prefetch_related("instalments")
    return [
        Debt(
            receivable_id=row.pk, key=row.key, name=row.debtor_name, left=row.outstanding,
            next_part=next_part(row),
        )
        for row in rows
    ]  # fmt: skip


def next_part(row: Receivable) -> Decimal:
    """What is left of the oldest instalment that is not paid; everything without a plan."""
    parts = planned_parts(row, on=timezone.localdate())
    return next((part.left for part in parts if part.left), row.outstanding)


@dataclass(frozen=True, kw_only=True)
class Sum:
    """How many rows will be booked in one way, with their amount (预览合计)."""

    kind: str
    title: str
    tone: str
    count: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What booking a statement would do, row by row; nothing is booked yet (入账预览)."""

    words: dict[int, str]
    sums: Sequence[Sum]
    books: int


KINDS = (
    ("confirm", "将确认支付", "ok"),
    ("fail", "将登记支付失败", "late"),
    ("refund", "将登记收回", "info"),
    ("unknown", "没有对应，入账后逐笔核对", "watch"),
)


def preview_of(statement: BankStatement) -> Preview:
    """What every open row will become when the statement is booked (入账预览)."""
    found = found_rows(statement)
    payments = FundPayment.objects.in_bulk([each.payment_id for each in found])
    debts = Receivable.objects.in_bulk([each.receivable_id for each in found])
    words, kinds = {}, {}
    for each in found:
        kinds[each.row.pk] = kind = kind_of(each)
        title = next(title for name, title, _ in KINDS if name == kind)
        target = payments.get(each.payment_id) or debts.get(each.receivable_id)
        words[each.row.pk] = f"{title}：{target}"
    rows = list(statement.rows.filter(state=RowState.OPEN))
    return Preview(words=words, sums=list(sums_of(rows, kinds)), books=len(found))


def kind_of(each: Found) -> str:
    if each.receivable_id:
        return "refund"
    return "fail" if each.row.failure else "confirm"


def sums_of(rows: Sequence[BankRow], kinds: dict[int, str]) -> Iterable[Sum]:
    for kind, title, tone in KINDS:
        those = [row for row in rows if kinds.get(row.pk, "unknown") == kind]
        if those:
            amount = sum((row.amount for row in those), Decimal(0))
            yield Sum(kind=kind, title=title, tone=tone, count=len(those), amount=amount)
