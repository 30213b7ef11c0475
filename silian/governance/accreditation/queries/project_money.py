"""Sums of a project's money by source, and of all projects by source and year."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from silian.governance.accreditation.choices.projects import (
    OBTAINED_SOURCES,
    FundEntryKind,
    FundSource,
)
from silian.governance.accreditation.models.project_money import FundEntry, FundPlan
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.rules.project_money import NOTHING, SourceLine

ALLOTTED = Sum("amount", filter=Q(kind=FundEntryKind.ALLOTTED), default=NOTHING)
PAID = Sum("amount", filter=Q(kind=FundEntryKind.PAID), default=NOTHING)


def moved(*, project_id: int, source: str) -> tuple[Decimal, Decimal]:
    """What one source has allotted and paid to a project (已下达、已拨付)."""
    rows = FundEntry.objects.filter(project_id=project_id, source=source, voided_at__isnull=True)
    sums = rows.aggregate(allotted=ALLOTTED, paid=PAID)
    return sums["allotted"], sums["paid"]


def source_lines(project: IntegrationProject) -> list[SourceLine]:
    """Every source that the project plans with or has money from (资金来源表)."""
    planned = dict(FundPlan.objects.filter(project=project).values_list("source", "amount"))
    rows = FundEntry.objects.filter(project=project, voided_at__isnull=True)
    sums: dict[str, dict[str, Decimal]] = {
        row["source"]: {"allotted": row["allotted"], "paid": row["paid"]}
        for row in rows.values("source").annotate(allotted=ALLOTTED, paid=PAID).order_by()
    }
    return [
        SourceLine(
            source=source.value,
            label=source.label,
            planned=planned.get(source.value, NOTHING),
            allotted=sums.get(source.value, {}).get("allotted", NOTHING),
            paid=sums.get(source.value, {}).get("paid", NOTHING),
        )
        for source in FundSource
        if source.value in planned or source.value in sums
    ]


def obtained_by_source_and_year(
    projects: QuerySet[IntegrationProject],
) -> dict[tuple[str, int], Decimal]:
    """Money that upper levels allotted on application, by source and year (争取资金)."""
    rows = (
        FundEntry.objects.filter(
            project__in=projects,
            kind=FundEntryKind.ALLOTTED,
            source__in=OBTAINED_SOURCES,
            voided_at__isnull=True,
        )
        .values("source", year=ExtractYear("on"))
        .annotate(amount=Sum("amount"))
        .order_by("source", "year")
    )
    return {(row["source"], row["year"]): row["amount"] for row in rows}
