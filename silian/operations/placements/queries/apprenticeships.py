"""Reads of apprenticeships: findings, figures, the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from silian.casework.agreements.choices import IN_FORCE_STATES
from silian.casework.agreements.queries.reading import agreements_of
from silian.operations.placements.choices.orders import (
    ApprenticeState,
)
from silian.operations.placements.gateways.legal_limits import APPRENTICESHIPS, limits_of
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.operations.placements.rules.apprenticeships import (
    ApprenticeFacts,
    ProgrammeFacts,
    apprentice_findings,
    month_of_training,
    programme_findings,
    wage_in_month,
)
from silian.operations.placements.rules.orders import percent_of
from silian.operations.placements.rules.prohibitions.declaration import Finding

SOURCE = "placements.apprentice"


def findings_of_programme(row: Apprenticeship, *, on: datetime.date) -> list[Finding]:
    """What stands against filing the programme today (项目核对)."""
    facts = ProgrammeFacts(
        scheme=row.scheme,
        level=row.level,
        months=row.months,
        practice_hours=row.practice_hours,
        wage_steps=list(row.wage_steps.values_list("from_month", "wage")),
        rotation=list(row.rotation.values_list("first_month", "last_month")),
    )
    limits = limits_of(division=row.division_id, on=on, numbers=APPRENTICESHIPS)
    return programme_findings(programme=facts, limits=limits)


def findings_of_apprentices(
    rows: Iterable[Apprentice], *, on: datetime.date
) -> dict[int, list[Finding]]:
    """What stands against each apprentice's beginning; one programme, constant queries."""
    rows = list(rows)
    agreements = agreements_of(SOURCE, [row.pk for row in rows])
    signed = {key for key, row in agreements.items() if row.state in IN_FORCE_STATES}
    found = {}
    for row in rows:
        limits = limits_of(division=row.apprenticeship.division_id, on=on, numbers=APPRENTICESHIPS)
        facts = facts_of(row, has_agreement=row.pk in signed)
        found[row.pk] = apprentice_findings(apprentice=facts, limits=limits)
    return found


def facts_of(row: Apprentice, *, has_agreement: bool) -> ApprenticeFacts:
    return ApprenticeFacts(
        scheme=row.apprenticeship.scheme,
        contract_starts_on=row.contract_starts_on,
        contract_ends_on=row.contract_ends_on,
        has_contract_number=bool(row.contract_number),
        has_student_number=bool(row.student_number),
        has_agreement=has_agreement,
        has_enterprise_mentor=row.enterprise_mentor_id is not None,
        has_school_mentor=row.school_mentor_id is not None,
        is_full_time_student=row.is_full_time_student,
    )


def with_counts(rows: QuerySet[Apprenticeship]) -> QuerySet[Apprenticeship]:
    """With the numbers that lists show."""
    states = ApprenticeState
    return rows.select_related("enterprise", "school", "programme", "division").annotate(
        people=Count("apprentices"),
        training=Count("apprentices", filter=Q(apprentices__state=states.TRAINING)),
        qualified=Count("apprentices", filter=Q(apprentices__state=states.QUALIFIED)),
    )


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How one apprentice stands today: month, wage, hours against the plan (学徒进度)."""

    month: int
    months: int
    wage: Decimal | None
    theory: int
    practice: int
    planned: int

    @property
    def taught(self) -> int:
        return self.theory + self.practice

    @property
    def percent(self) -> Decimal | None:
        return percent_of(min(self.taught, self.planned), self.planned)


def progress_of(row: Apprentice, *, on: datetime.date) -> Progress:
    """Month of training, pay of the month, hours recorded (学徒进度)."""
    programme = row.apprenticeship
    month = min(month_of_training(starts_on=row.starts_on, on=on), programme.months)
    hours = row.months.aggregate(theory=Sum("theory_hours"), practice=Sum("practice_hours"))
    steps = list(programme.wage_steps.values_list("from_month", "wage"))
    return Progress(
        month=month,
        months=programme.months,
        wage=wage_in_month(month=month, steps=steps),
        theory=hours["theory"] or 0,
        practice=hours["practice"] or 0,
        planned=programme.theory_hours + programme.practice_hours,
    )
