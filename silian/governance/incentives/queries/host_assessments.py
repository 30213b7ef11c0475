"""Enterprises that had interns in a year, their figures, and how they were assessed (S23)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.ui.components import Fact
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.rules.host_assessments import FIGURES, points_against
from silian.operations.placements.choices.complaints import ViolationState
from silian.operations.placements.models import Internship
from silian.operations.placements.models.complaints import ViolationCase
from silian.operations.placements.queries.conduct import WORKED, of_many
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

DECIDED = {AssessmentState.PASSED: True, AssessmentState.FAILED: False}


@dataclass(frozen=True, kw_only=True)
class HostLine:
    """One enterprise of the year with what speaks for and against it (考核对象)."""

    organisation: Organisation
    figures: dict[str, int]
    points: list[str]
    assessment: HostAssessment | None

    @property
    def pk(self) -> int:
        return self.organisation.pk


def hosts_of(*, jurisdiction: str, year: int) -> QuerySet[Organisation]:
    """Enterprises of the region at which somebody was an intern in the year."""
    starts, ends = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    worked = Internship.objects.filter(
        state__in=sorted(WORKED), starts_on__lt=ends, ends_on__gt=starts
    )
    return Organisation.objects.filter(
        kind=OrganisationKind.ENTERPRISE,
        division__code__startswith=subtree_prefix(jurisdiction),
        pk__in=worked.values("organisation"),
    ).order_by("name")


def figures_of(
    organisations: Collection[int], *, year: int, on: datetime.date
) -> dict[int, dict[str, int]]:
    """The figures of a year for several hosts, as they stand today (考核数据)."""
    conduct = of_many(organisation_ids=organisations, year=year, on=on)
    fined = (
        ViolationCase.objects.filter(
            organisation__in=organisations, state=ViolationState.FINED, opened_at__year=year
        )
        .order_by()
        .values_list("organisation")
        .annotate(Count("pk"))
    )
    violations = dict(fined)
    return {
        key: {
            "students": row.students,
            "months_due": row.months_due,
            "months_on_time": row.months_on_time,
            "alarms": row.alarms,
            "incidents": row.incidents,
            "grave_incidents": row.grave_incidents,
            "ended_early": row.ended_early,
            "closed": row.complaints.closed,
            "proven": row.complaints.proven,
            "violations": violations.get(key, 0),
        }
        for key, row in conduct.items()
    }


def lines_of(
    organisations: Collection[Organisation], *, year: int, on: datetime.date
) -> list[HostLine]:
    """Lines of the list: decided ones with the frozen figures, others with today's."""
    keys = [row.pk for row in organisations]
    made = {
        row.organisation_id: row
        for row in HostAssessment.objects.filter(organisation__in=keys, year=year)
    }
    figures = figures_of(keys, year=year, on=on)
    lines = []
    for organisation in organisations:
        assessment = made.get(organisation.pk)
        kept = assessment.figures if assessment else figures[organisation.pk]
        lines.append(
            HostLine(
                organisation=organisation,
                figures=kept,
                points=points_against(kept),
                assessment=assessment,
            )
        )
    return lines


def facts_of(figures: dict[str, Any]) -> list[Fact]:
    """Figures as the page shows them (考核数据)."""
    return [
        Fact(name=label, value=f"{figures.get(name, 0)} {unit}")
        for name, (label, unit) in FIGURES.items()
    ]


def passed(organisation_id: int, *, year: int) -> bool | None:
    """Whether the enterprise passed the year's assessment; None while nobody decided (S23)."""
    state = (
        HostAssessment.objects.filter(organisation_id=organisation_id, year=year)
        .values_list("state", flat=True)
        .first()
    )
    return None if state is None else DECIDED.get(AssessmentState(state))


def assessments_to_answer(actor: Actor) -> QuerySet[HostAssessment]:
    """Proposals against one's own enterprise that may be answered (待陈述)."""
    return HostAssessment.objects.filter(
        organisation_id=actor.organisation_id or 0, state=AssessmentState.NOTICED, reply=""
    )


def assessments_to_decide(actor: Actor) -> QuerySet[HostAssessment]:
    """Proposals of others that wait for a decision (待认定)."""
    rows = HostAssessment.objects.filter(
        division__code__startswith=subtree_prefix(actor.jurisdiction),
        state__in=(AssessmentState.DRAFT, AssessmentState.NOTICED),
    )
    return rows.exclude(proposed_by_id=actor.user_id)
