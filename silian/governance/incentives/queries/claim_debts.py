"""What a unit owes back by decision and may be set off now (可抵扣欠款)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from silian.casework.ledgers.choices import ReceivableState
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.queries.balances import planned_parts
from silian.governance.incentives.choices.recovery import RecoveryState, RecoveryWay
from silian.governance.incentives.models import Claim, RecoveryCase
from silian.governance.incentives.rules.claim_money import Debt

COLLECTED = (RecoveryState.DECIDED, RecoveryState.COLLECTING)


def debts_due(claim: Claim, *, on: datetime.date) -> list[Debt]:
    """Decided recoveries of the unit at the same office, oldest first (应抵扣).

    All of a debt of the same claim or one that is to be set off; of others what is overdue, so
    that an agreed plan is kept.
    """
    cases = RecoveryCase.objects.filter(
        claim__organisation_id=claim.organisation_id,
        state__in=COLLECTED,
        receivable__state=ReceivableState.OPEN,
        receivable__line__fund__office_id=claim.call.line.fund.office_id,
    ).select_related("receivable")
    rows = cases.order_by("decided_on", "pk").prefetch_related("receivable__instalments")
    found = []
    for case in rows:
        if case.receivable is None:
            continue
        due = amount_due(case, case.receivable, claim=claim, on=on)
        if due > 0:
            found.append(Debt(receivable_id=case.receivable.pk, due=due))
    return found


def amount_due(case: RecoveryCase, row: Receivable, *, claim: Claim, on: datetime.date) -> Decimal:
    if case.claim_id == claim.pk or case.way == RecoveryWay.SET_OFF:
        return row.outstanding
    parts = planned_parts(row, on=on)
    if parts:
        return sum((part.left for part in parts if part.is_late), Decimal(0))
    return row.outstanding if row.due_on < on else Decimal(0)
