"""What pages of cases read: parts with their files, years to report."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.models.ownership import (
    CaseApproval,
    CaseAsset,
    CaseParty,
    CaseReport,
    OwnershipCase,
)
from silian.operations.alliances.permissions.keeping import of_unit, within
from silian.operations.alliances.rules.ownership import (
    report_due_on,
    share_total,
    years_to_report,
)


def files_by_row(rows: Sequence[Model]) -> dict[int, list[StoredFile]]:
    """The files of several rows of one table; one query."""
    if not rows:
        return {}
    keys = [str(row.pk) for row in rows]
    found: dict[int, list[StoredFile]] = defaultdict(list)
    files = StoredFile.objects.filter(object_type=rows[0]._meta.label_lower, object_id__in=keys)
    for file in files.order_by("pk"):
        found[int(file.object_id)].append(file)
    return found


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A case with its parts, each with its files (案例页)."""

    parties: list[CaseParty]
    assets: list[tuple[CaseAsset, list[StoredFile]]]
    approvals: list[tuple[CaseApproval, list[StoredFile]]]
    reports: list[tuple[CaseReport, list[StoredFile]]]

    @property
    def shares(self) -> Decimal:
        return share_total([party.share for party in self.parties])

    @property
    def asset_total(self) -> Decimal:
        return sum((asset.amount for asset, _ in self.assets), start=Decimal(0))

    @property
    def has_shares(self) -> bool:
        return any(party.share is not None for party in self.parties)


def case_page(case: OwnershipCase) -> CasePage:
    assets = list(case.assets.select_related("party"))
    approvals, reports = list(case.approvals.all()), list(case.reports.all())
    kept = files_by_row(assets), files_by_row(approvals), files_by_row(reports)
    return CasePage(
        parties=list(case.parties.select_related("unit")),
        assets=[(row, kept[0].get(row.pk, [])) for row in assets],
        approvals=[(row, kept[1].get(row.pk, [])) for row in approvals],
        reports=[(row, kept[2].get(row.pk, [])) for row in reports],
    )


@dataclass(frozen=True, kw_only=True)
class MissingReport:
    """A year that a running school has not reported (待报年度)."""

    case: OwnershipCase
    year: int

    @property
    def due_on(self) -> datetime.date:
        return report_due_on(self.year, month=self.case.report_month, day=self.case.report_day)


def missing_reports(cases: Iterable[OwnershipCase], *, today: datetime.date) -> list[MissingReport]:
    """What is still to report, the earliest first; the cases carry their reports."""
    found = []
    for case in cases:
        if case.running_on is None:
            continue
        told = {row.year for row in case.reports.all()}
        years = years_to_report(running_on=case.running_on, ended_on=case.ended_on, today=today)
        found += [MissingReport(case=case, year=year) for year in years if year not in told]
    return sorted(found, key=lambda row: (row.due_on, row.case.pk))


def own_missing_reports(actor: Actor, *, today: datetime.date) -> list[MissingReport]:
    """The years that the actor's own unit has to report."""
    rows = OwnershipCase.objects.filter(of_unit(actor, "applicant_id"), running_on__isnull=False)
    return missing_reports(rows.prefetch_related("reports"), today=today)


def late_reports(actor: Actor, *, today: datetime.date) -> int:
    """How many reports of the region's cases are past their day (逾期未报)."""
    rows = OwnershipCase.objects.filter(within(actor), running_on__isnull=False)
    missing = missing_reports(rows.prefetch_related("reports"), today=today)
    return sum(row.due_on < today for row in missing)


def cases_for_list(rows: QuerySet[OwnershipCase]) -> QuerySet[OwnershipCase]:
    return rows.select_related("applicant", "division").prefetch_related("parties")
