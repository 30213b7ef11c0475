"""How the amount of a claim comes about, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.models import Claim

CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class SumLine:
    """One kind of what is counted: heads, units, yuan a unit, amount (金额怎么算)."""

    title: str
    heads: int
    units: Decimal
    unit: str
    amount: Decimal

    @property
    def rate(self) -> Decimal:
        """Yuan for one unit; the rule gives the same to all of one kind."""
        return (self.amount / self.units).quantize(CENT) if self.units else Decimal(0)


def sum_lines(claim: Claim) -> list[SumLine]:
    """What counts, by school or by level, in one query."""
    kind = "school__name" if claim.call.scheme == ClaimScheme.INTERNSHIP else "level"
    rows = (
        claim.items.filter(counts=True)
        .order_by(kind, "unit")
        .values(kind, "unit")
        .annotate(heads=Count("pk"), units=Sum("units"), amount=Sum("amount"))
    )
    return [
        SumLine(
            title=row[kind] or "未注明",
            heads=row["heads"],
            units=row["units"],
            unit=row["unit"],
            amount=row["amount"],
        )
        for row in rows
    ]
