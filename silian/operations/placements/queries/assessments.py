"""Assessments as the people who score, read and answer them look at them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentSide,
    AssessmentState,
)
from silian.operations.placements.models import (
    Assessment,
    AssessmentItem,
    Internship,
    InternshipPlan,
)
from silian.operations.placements.rules.assessment import USUAL_SHEET, Item


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the sheet with its score, if it has one (考核表一行)."""

    name: str
    component: str
    weight: int
    score: int | None


def sheet_items(plan: InternshipPlan) -> list[Item]:
    """The items of a plan's sheet, or the usual ones (考核表)."""
    own = [
        Item(side=row.side, name=row.name, component=row.component, weight=row.weight)
        for row in plan.assessment_items.all()
    ]
    return own or list(USUAL_SHEET)


def sheet_rows(plan: InternshipPlan, *, side: str) -> list[AssessmentItem]:
    return list(plan.assessment_items.filter(side=side))


def lines_of(assessment: Assessment) -> dict[str, list[Line]]:
    """The scored sheet by side, for the student and both sides."""
    scores = {row.item_id: row.score for row in assessment.scores.all()}
    items = assessment.internship.plan.assessment_items.all()
    return {
        side.value: [
            Line(
                name=item.name,
                component=item.get_component_display(),
                weight=item.weight,
                score=scores.get(item.pk),
            )
            for item in items
            if item.side == side
        ]
        for side in AssessmentSide
    }


def assessments_for_list(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return rows.select_related(
        "internship__person",
        "internship__school_class",
        "internship__organisation",
        "internship__plan",
    )


def to_assess(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    """Ended internships whose assessment is not final (待考核)."""
    ended = rows.filter(state__in=[InternshipState.FINISHED, InternshipState.ENDED_EARLY])
    return ended.select_related("person", "school_class", "organisation", "assessment", "plan")


def lapsed_ids(*, now: datetime.datetime) -> list[int]:
    """The assessments whose student let the clock run out."""
    rows = Assessment.objects.filter(state=AssessmentState.SHOWN, reply_due_at__lte=now)
    return list(rows.order_by("pk").values_list("pk", flat=True))
