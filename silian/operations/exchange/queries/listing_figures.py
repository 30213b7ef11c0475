"""Counts of what is published in the open: by kind, region, industry and month (公开统计)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division, Industry
from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.permissions.listings import listings_visible_to

COLUMNS = {
    "kind": "kind",
    "division": "division_id",
    "industry": "industry__section",
    "month": "month",
}


@dataclass(frozen=True, kw_only=True)
class ListingFigure:
    """One line of the statistics."""

    code: str
    label: str
    demand: int
    supply: int
    capacity: int | None


def public_figures(*, by: str) -> list[ListingFigure]:
    """Published listings that everybody may read, counted; the busiest first."""
    rows: Any = listings_visible_to(Actor()).published().order_by()
    if by == "month":
        rows = rows.annotate(month=TruncMonth("published_at"))
    column = COLUMNS[by]
    found = [
        {**row, "code": code_of(row[column])}
        for row in rows.values(column).annotate(
            demand=Count("pk", filter=Q(side=Side.DEMAND)),
            supply=Count("pk", filter=Q(side=Side.SUPPLY)),
            places=Sum("capacity"),
        )
    ]
    labels = labels_of(by=by, codes=[row["code"] for row in found])
    lines = [
        ListingFigure(
            code=row["code"],
            label=labels.get(row["code"], row["code"]) or "未设定",
            demand=row["demand"],
            supply=row["supply"],
            capacity=row["places"],
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: (-(line.demand + line.supply), line.code))


def code_of(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m}" if hasattr(value, "year") else str(value)


def labels_of(*, by: str, codes: Iterable[str]) -> dict[str, str]:
    """Names for the codes of one classification."""
    if by == "kind":
        return {code: kind.label for code, kind in listing_kinds().items()}
    models: dict[str, Any] = {"division": Division, "industry": Industry}
    if by not in models:
        return {}
    return dict(models[by].objects.filter(pk__in=list(codes)).values_list("pk", "name"))
