"""Rows of the programme lists, with what stands beside each; constant queries."""

from __future__ import annotations

import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from silian.registers.programmes.choices import MemberState, PlanState
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.models.participation import Participation
from silian.registers.programmes.models.pathways import EnrolmentPlan
from silian.registers.programmes.models.plans import PlanCourse, TrainingPlan
from silian.registers.programmes.models.programmes import Construction, Programme
from silian.registers.programmes.rules.hours import Hours


def summed(rows: QuerySet, field: str, *, by: str) -> Coalesce:  # type: ignore[type-arg]
    """The sum of a field over the rows of one parent, 0 without any."""
    sums = rows.order_by().values(by).annotate(all=Sum(field)).values("all")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)


def counted(rows: QuerySet, *, by: str, what: str = "pk") -> Coalesce:  # type: ignore[type-arg]
    """How many different values the rows of one parent have."""
    counts = rows.order_by().values(by).annotate(all=Count(what, distinct=True)).values("all")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def studying() -> QuerySet[ClassMember]:
    return ClassMember.objects.filter(
        ends_on__isnull=True, state__in=[MemberState.STUDYING, MemberState.ON_LEAVE]
    )


def programme_rows(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with students, hours of the newest plan, and stages with an enterprise."""
    plans = TrainingPlan.objects.filter(programme=OuterRef("pk"), state=PlanState.APPROVED)
    newest = plans.order_by("-cohort_from", "-version").values("pk")[:1]
    courses = PlanCourse.objects.filter(plan=OuterRef("plan_id"))
    return (
        rows.select_related("school", "major", "division")
        .annotate(plan_id=Subquery(newest))
        .annotate(
            practice=summed(courses, "practice_hours", by="plan"),
            theory=summed(courses, "theory_hours", by="plan"),
            students=counted(
                studying().filter(school_class__cohort__programme=OuterRef("pk")),
                by="school_class__cohort__programme",
            ),
            joined_stages=counted(
                Participation.objects.filter(programme=OuterRef("pk")), by="programme", what="stage"
            ),
        )
        .annotate(share=F("practice") * 1000 / (Coalesce(F("practice") + F("theory"), 0) + 0.0001))
        .prefetch_related("constructions")
    )


def hours_of_row(row: Programme) -> Hours:
    """The hours that stand beside a row of ``programme_rows``."""
    return Hours(theory=row.theory, practice=row.practice)  # type: ignore[attr-defined]


def construction_rows(rows: QuerySet[Construction]) -> QuerySet[Construction]:
    """Construction projects with programme and school."""
    return rows.select_related("programme__school", "programme__major", "programme__division")


def cohort_rows(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Cohorts with programme and school."""
    return rows.select_related("programme__school", "programme__major", "programme__division")


def class_rows(rows: QuerySet[SchoolClass], *, on: datetime.date) -> QuerySet[SchoolClass]:
    """Classes with their numbers: studying, on leave, minors."""
    seats = studying().filter(school_class=OuterRef("pk"))
    adult = datetime.date(on.year - 18, on.month, min(on.day, 28))
    return rows.select_related("cohort__programme__school", "head_teacher").annotate(
        students=counted(seats, by="school_class"),
        minors=counted(seats.filter(person__born_on__gt=adult), by="school_class"),
        away=counted(seats.filter(state=MemberState.ON_LEAVE), by="school_class"),
    )


def enrolment_rows(rows: QuerySet[EnrolmentPlan]) -> QuerySet[EnrolmentPlan]:
    """Seats with what was adjusted, and the rate of admission."""
    return rows.select_related("programme__school", "enterprise").annotate(
        seats_all=F("planned") + F("adjustment")
    )


def constructions_by_category(rows: QuerySet[Construction]) -> dict[str, int]:
    """How many projects of each category are not ended (各类专业建设数)."""
    found = rows.exclude(stage="ended").order_by().values("category").annotate(all=Count("pk"))
    return {row["category"]: row["all"] for row in found}


def chains_without_programme(rows: QuerySet[Programme], *, chains: list[str]) -> list[str]:
    """Key chains that no teaching programme serves (没有专业的产业链)."""
    served = set(
        rows.filter(~Q(stage="closed")).order_by().values_list("industry_chain", flat=True)
    )
    return [chain for chain in chains if chain not in served]
