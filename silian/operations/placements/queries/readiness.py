"""What is missing before each of many students may begin, in a constant number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
)
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
)
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    ConsentGiver,
    ConsentState,
)
from silian.operations.placements.models import (
    HostAnswer,
    HostInspection,
    Internship,
    InternshipConsent,
)
from silian.operations.placements.queries.insurance import insured_ids
from silian.operations.placements.queries.many import these
from silian.operations.placements.queries.training import passed_ids
from silian.operations.placements.rules.readiness import Missing, Readiness, missing_items

AGREEMENT_SOURCE = "placements.internship"
"""What an agreement names as its source when it serves an internship."""


def missing_of(*, internship_ids: Collection[int], on: datetime.date) -> dict[int, list[Missing]]:
    """What each internship lacks on the day before its student may be in post (缺项)."""
    wanted = list(internship_ids)
    if not wanted:
        return {}
    insured = {
        kind: insured_ids(internship_ids=wanted, kind=kind)
        for kind in (InsuranceKind.LIABILITY, InsuranceKind.ACCIDENT)
    }
    trained = passed_ids(internship_ids=wanted)
    return {
        row.pk: missing_items(readiness_of(row, insured=insured, trained=trained))
        for row in prepared_rows(wanted, on=on)
    }


def prepared_rows(internship_ids: Collection[int], *, on: datetime.date) -> QuerySet[Internship]:
    """The internships with what plan, host, agreement and consents say of each."""
    return (
        Internship.objects.filter(pk__in=these(internship_ids))
        .select_related("plan", "host")
        .annotate(
            host_confirmed=Exists(
                HostAnswer.objects.filter(
                    plan=OuterRef("plan"), host=OuterRef("host"), state=AnswerState.CONFIRMED
                )
            ),
            host_inspected=Exists(
                HostInspection.objects.filter(
                    host=OuterRef("host"), is_suitable=True, approved_at__isnull=False
                )
            ),
            agreement_in_force=Exists(agreements_in_force(on=on)),
            student_agreed=Exists(consents_given(ConsentGiver.STUDENT)),
            guardian_agreed=Exists(consents_given(ConsentGiver.GUARDIAN)),
        )
    )


def agreements_in_force(*, on: datetime.date) -> QuerySet[Agreement]:
    """The signed agreement of the outer internship, if its days hold the internship's.

    A suspended agreement does not let anybody begin. An agreement that begins later is one that
    was signed in advance, and counts.
    """
    return Agreement.objects.filter(
        source=AGREEMENT_SOURCE,
        source_id=OuterRef("pk"),
        state=AgreementState.ACTIVE,
        starts_on__lte=OuterRef("starts_on"),
        ends_on__gte=OuterRef("ends_on"),
        ends_on__gt=on,
    )


def consents_given(giver: ConsentGiver) -> QuerySet[InternshipConsent]:
    return InternshipConsent.objects.filter(
        internship=OuterRef("pk"), giver=giver, state=ConsentState.GIVEN
    )


def readiness_of(
    row: Any, *, insured: dict[InsuranceKind, set[int]], trained: set[int]
) -> Readiness:
    return Readiness(
        is_in_post=row.kind in KINDS_IN_POST,
        has_plan=row.plan.state == PlanState.APPROVED and row.host_confirmed,
        has_host=row.host.state == HostState.PUBLISHED,
        is_inspected=row.host_inspected,
        has_agreement=row.agreement_in_force,
        has_student_consent=row.student_agreed,
        has_guardian_consent=row.guardian_agreed,
        has_teacher=row.teacher_id is not None,
        has_mentor=row.mentor_id is not None,
        is_trained=row.pk in trained,
        has_liability_insurance=row.pk in insured[InsuranceKind.LIABILITY],
        has_accident_insurance=row.pk in insured[InsuranceKind.ACCIDENT],
    )


def ready_ids(*, internship_ids: Collection[int], on: datetime.date) -> set[int]:
    """The internships that lack nothing (手续齐全)."""
    found = missing_of(internship_ids=internship_ids, on=on)
    return {pk for pk, missing in found.items() if not missing}
