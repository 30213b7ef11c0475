"""What lines have: balances, shares, outstanding debts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.choices import ReceivableState
from silian.casework.ledgers.models.funds import BudgetLine, LedgerAccount
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.rules import execution_rate

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Balances:
    """How a line, or several together, stand (余额); every amount is positive."""

    appropriated: Decimal = ZERO
    available: Decimal = ZERO
    committed: Decimal = ZERO
    transit: Decimal = ZERO
    suspense: Decimal = ZERO
    paid: Decimal = ZERO
    recovered: Decimal = ZERO
    receivable: Decimal = ZERO

    @property
    def rate(self) -> Decimal | None:
        return execution_rate(paid=self.paid, appropriated=self.appropriated)

    @property
    def promised(self) -> Decimal:
        """Committed money, under way or bounced included (占用合计)."""
        return self.committed + self.transit + self.suspense

    @property
    def widths(self) -> list[tuple[str, str, Decimal]]:
        """Paid, promised and left as percent of all that the line could spend."""
        whole = self.appropriated + self.recovered
        parts = (("paid", self.paid), ("promised", self.promised), ("left", self.available))
        return [
            (name, f"{amount * 100 / whole:.2f}" if whole else "0", amount)
            for name, amount in parts
        ]


def balances_of(lines: Iterable[BudgetLine]) -> dict[int, Balances]:
    """The balances of each line, in one query."""
    keys = [line.pk for line in lines]
    found: dict[int, dict[str, Decimal]] = {key: {} for key in keys}
    rows = LedgerAccount.objects.filter(line__in=keys).exclude(kind=A.CLAIMED)
    for line_id, kind, amount in rows.values_list("line_id", "kind", "balance"):
        found[line_id][kind] = abs(amount)
    return {key: Balances(**values) for key, values in found.items()}


def together(rows: Sequence[Balances]) -> Balances:
    """Several lines as one."""
    names = Balances.__dataclass_fields__
    return Balances(**{name: sum((getattr(row, name) for row in rows), ZERO) for name in names})


def outstanding_of(*, debtor_type: str, debtor_id: str) -> QuerySet[Receivable]:
    """What a debtor still owes, oldest first: the balance that new claims are set off against."""
    return Receivable.objects.filter(
        debtor_type=debtor_type, debtor_id=debtor_id, state=ReceivableState.OPEN
    ).order_by("opened_on", "pk")


def debt_of(*, debtor_type: str, debtor_id: str) -> Decimal:
    """The sum that a debtor still owes (未收回合计)."""
    rows = outstanding_of(debtor_type=debtor_type, debtor_id=debtor_id)
    sums = rows.aggregate(amount=Sum("amount", default=ZERO), settled=Sum("settled", default=ZERO))
    return Decimal(sums["amount"] - sums["settled"])


@dataclass(frozen=True, kw_only=True)
class PlannedPart:
    """An instalment with what has been received towards it (分期进度)."""

    number: int
    due_on: datetime.date
    amount: Decimal
    received: Decimal
    is_late: bool

    @property
    def left(self) -> Decimal:
        return self.amount - self.received


def planned_parts(row: Receivable, *, on: datetime.date) -> list[PlannedPart]:
    """The plan, filled from the front by what has come back."""
    left, parts = row.settled, []
    for part in row.instalments.all():
        received = min(left, part.amount)
        left -= received
        parts.append(
            PlannedPart(
                number=part.number,
                due_on=part.due_on,
                amount=part.amount,
                received=received,
                is_late=received < part.amount and part.due_on < on,
            )
        )
    return parts
