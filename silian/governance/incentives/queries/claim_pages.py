"""Claims as pages show them: gates before the hand-in, heads of a list (申领页面)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.governance.incentives.choices.claims import GateOutcome
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.payment_gates import GateDraft, gates_for

ORDER = (GateOutcome.FAILED, GateOutcome.UNKNOWN, GateOutcome.HINT, GateOutcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """The gates before the hand-in, what is closed first (提交前的条件)."""

    gates: list[GateDraft]

    @property
    def closed(self) -> list[GateDraft]:
        return [each for each in self.gates if each.is_closed]


def hand_in_of(claim: Claim, *, on: datetime.date) -> HandIn:
    """Every condition of handing the claim in today, live (实时核对)."""
    gates = gates_for(claim, None, on)
    order = sorted(gates, key=lambda each: (not each.is_closed, ORDER.index(each.outcome)))
    return HandIn(gates=order)


def with_heads(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with how many items count (申领清单)."""
    return rows.select_related("organisation", "call__division").annotate(
        heads=Count("items", filter=Q(items__counts=True))
    )
