"""What the platform knows of organisations in a year, read through the doors of lower modules.

Each reader answers for many organisations at once, in a constant number of queries, so that one
page and a population read the same facts the same way. An organisation that a reader leaves out
is unknown.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from silian.casework.reviews.models import Recognition
from silian.casework.reviews.queries.standing import CREDIT, standing_on, with_acts
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState, PaymentKind
from silian.governance.incentives.models import Claim, HostAssessment
from silian.governance.incentives.rules.months import months_in_year, tenths_of_years
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.models import Apprentice, Internship
from silian.registers.organisations.models import Organisation

TENTH, ZERO = Decimal("0.1"), Decimal(0)
NEVER_STARTED = (InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED)
TRAINING_STATES = (
    ApprenticeshipState.FILED,
    ApprenticeshipState.RUNNING,
    ApprenticeshipState.COMPLETED,
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom and for which year; ``on`` is the day until which rows count."""

    organisations: Collection[int]
    year: int
    on: datetime.date

    @property
    def starts(self) -> datetime.date:
        return datetime.date(self.year, 1, 1)

    @property
    def ends(self) -> datetime.date:
        """The day after the last one that counts."""
        return min(datetime.date(self.year + 1, 1, 1), self.on + datetime.timedelta(days=1))


Values = dict[int, Any]


def listed(asked: Asked) -> Values:
    """Units with a status that opens the credit at the end of the year; others are not known."""
    day = asked.ends - datetime.timedelta(days=1)
    rows = Recognition.objects.filter(holder_id__in=asked.organisations, entered_on__lte=day)
    found: Values = {}
    for row in with_acts(rows):
        standing = standing_on(row, on=day)
        if standing and any(benefit.code == CREDIT for benefit in standing.benefits):
            found[row.holder_id] = True
    return found


def integration_project(asked: Asked) -> Values:
    """Owners of a project that the region registered (产教融合项目)."""
    rows = IntegrationProject.objects.filter(
        owner_id__in=asked.organisations, registered_on__lt=asked.ends
    )
    return dict.fromkeys(rows.order_by().values_list("owner_id", flat=True), True)


def student_months(asked: Asked) -> Values:
    """Whole months that each intern worked in the year, added up (实习月数); 0 without interns."""
    rows = Internship.objects.filter(
        organisation_id__in=asked.organisations,
        started_on__isnull=False,
        started_on__lt=asked.ends,
        ends_on__gt=asked.starts,
    ).exclude(state__in=NEVER_STARTED)
    found: Values = dict.fromkeys(asked.organisations, Decimal(0))
    columns = ("organisation_id", "started_on", "ends_on", "ended_on")
    for unit, started, planned, ended in rows.values_list(*columns):
        until = min(ended or planned, planned, asked.ends)
        found[unit] += months_in_year(started, until, year=asked.year)
    return found


def apprentices(asked: Asked) -> Values:
    """The roster of enterprise apprenticeships that run in the year (学徒名册)."""
    rows = Apprentice.objects.filter(
        apprenticeship__enterprise_id__in=asked.organisations,
        apprenticeship__scheme=ApprenticeScheme.ENTERPRISE,
        apprenticeship__state__in=TRAINING_STATES,
        apprenticeship__starts_on__lt=asked.ends,
        apprenticeship__ends_on__gt=asked.starts,
    ).order_by("apprenticeship__enterprise_id", "pk")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    columns = ("apprenticeship__enterprise_id", "apprenticeship__level", "apprenticeship__months")
    for unit, level, months, state in rows.values_list(*columns, "state"):
        years = tenths_of_years(months) * TENTH
        done = state == ApprenticeState.QUALIFIED
        found[unit].append({"level": level, "years": years, "completed": done})
    return {unit: found.get(unit, []) for unit in asked.organisations}


def above_scale(asked: Asked) -> Values:
    """Whether the register lists a unit above scale (规模以上)."""
    rows = Organisation.objects.filter(pk__in=asked.organisations)
    return dict(rows.values_list("pk", "above_scale"))


def passed_assessment(asked: Asked) -> Values:
    """Whether a unit passed the year's assessment; where nobody decided it is not known."""
    rows = HostAssessment.objects.filter(
        organisation_id__in=asked.organisations,
        year=asked.year,
        state__in=(AssessmentState.PASSED, AssessmentState.FAILED),
    )
    return {row.organisation_id: row.state == AssessmentState.PASSED for row in rows}


def apprentice_advance(asked: Asked) -> Values:
    """What arrived in advance for apprenticeships claimed here; units without a claim say it."""
    claims = Claim.objects.filter(
        organisation_id__in=asked.organisations,
        call__scheme=ClaimScheme.APPRENTICESHIP,
        state__in=(ClaimState.APPROVED, ClaimState.SETTLED),
    )
    advance = Q(payments__kind=PaymentKind.ADVANCE, payments__paid_on__lt=asked.ends)
    paid = (
        claims.order_by()
        .values("organisation")
        .annotate(total=Coalesce(Sum("payments__paid", filter=advance), ZERO))
    )
    return {row["organisation"]: row["total"] for row in paid}


READERS: dict[str, Callable[[Asked], Values]] = {
    "listed": listed,
    "integration_project": integration_project,
    "student_months": student_months,
    "apprentices": apprentices,
    "above_scale": above_scale,
    "passed_assessment": passed_assessment,
    "apprentice_advance": apprentice_advance,
}
SOURCES = {
    "listed": "认定登记",
    "integration_project": "工程项目储备登记",
    "student_months": "平台实习登记",
    "apprentices": "平台学徒登记",
    "above_scale": "单位名录",
    "passed_assessment": "实习年度考核",
    "apprentice_advance": "补贴申领与拨付",
}
