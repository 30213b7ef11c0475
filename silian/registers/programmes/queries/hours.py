"""Shares of practice hours, plan by plan and cohort by cohort, against what the region demands."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from silian.registers.programmes.choices import PlanState
from silian.registers.programmes.gateways.rulebook import practice_limit
from silian.registers.programmes.models.classes import Cohort
from silian.registers.programmes.models.plans import PlanCourse, TrainingPlan
from silian.registers.programmes.rules.hours import Hours, Limit, Standing, standing_of


@dataclass(frozen=True, kw_only=True)
class CohortHours:
    """One cohort, the plan that holds for it, and how its hours stand (年级实践课时)."""

    cohort: Cohort
    plan: TrainingPlan | None
    hours: Hours
    limit: Limit
    standing: Standing

    @property
    def pk(self) -> int:
        return self.cohort.pk

    @property
    def is_exception(self) -> bool:
        return self.plan is None or self.standing.state in ("gap", "breach", "empty")


def hours_of_plans(*, plan_ids: Iterable[int]) -> dict[int, Hours]:
    """The sums of many plans; one query."""
    rows = (
        PlanCourse.objects.filter(plan_id__in=list(plan_ids))
        .order_by()
        .values("plan_id")
        .annotate(
            theory=Sum("theory_hours"),
            practice=Sum("practice_hours"),
            weeks=Sum("internship_weeks"),
        )
    )
    return {
        row["plan_id"]: Hours(theory=row["theory"], practice=row["practice"], weeks=row["weeks"])
        for row in rows
    }


def practice_share(
    *, plan: TrainingPlan | None = None, cohort: Cohort | None = None
) -> Fraction | None:
    """Practice hours ÷ all hours of a plan, or of the plan that holds for a cohort."""
    if plan is None and cohort is not None:
        plan = plan_of_cohort(cohort)
    return None if plan is None else hours_of_plan(plan).share


def hours_of_plan(plan: TrainingPlan) -> Hours:
    return hours_of_plans(plan_ids=[plan.pk]).get(plan.pk, Hours())


def plan_of_cohort(cohort: Cohort) -> TrainingPlan | None:
    """The approved plan that holds for a cohort (适用方案)."""
    return next(
        (
            plan
            for plan in approved_plans(programme_ids=[cohort.programme_id])[cohort.programme_id]
            if covers(plan, year=cohort.year)
        ),
        None,
    )


def approved_plans(*, programme_ids: Iterable[int]) -> dict[int, list[TrainingPlan]]:
    """Approved plans by programme, the latest first; those in force before the superseded."""
    found: dict[int, list[TrainingPlan]] = defaultdict(list)
    rows = TrainingPlan.objects.filter(
        programme_id__in=list(programme_ids), state__in=[PlanState.APPROVED, PlanState.SUPERSEDED]
    ).order_by("state", "-version")
    for plan in rows:
        found[plan.programme_id].append(plan)
    return found


def covers(plan: TrainingPlan, *, year: int) -> bool:
    """Whether the plan holds for students who began in the year."""
    ends = plan.cohort_until is None or year <= plan.cohort_until
    return plan.state == PlanState.APPROVED and plan.cohort_from <= year and ends


def cohort_hours(*, cohorts: Sequence[Cohort], on: datetime.date) -> list[CohortHours]:
    """Every cohort with its plan and standing; two queries (按年级核算实践课时)."""
    by_programme = approved_plans(programme_ids={row.programme_id for row in cohorts})
    plans = {
        cohort.pk: next(
            (row for row in by_programme[cohort.programme_id] if covers(row, year=cohort.year)),
            None,
        )
        for cohort in cohorts
    }
    sums = hours_of_plans(plan_ids={plan.pk for plan in plans.values() if plan})
    return [with_standing(cohort, plans[cohort.pk], sums=sums, on=on) for cohort in cohorts]


def with_standing(
    cohort: Cohort, plan: TrainingPlan | None, *, sums: dict[int, Hours], on: datetime.date
) -> CohortHours:
    hours = sums.get(plan.pk, Hours()) if plan else Hours()
    limit = practice_limit(division=cohort.programme.division_id, on=on)
    standing = standing_of(hours=hours, limit=limit)
    if plan is None:
        standing = Standing(
            state="empty",
            label="无现行方案",
            tone="watch",
            sentence="没有适用于这个年级的现行人才培养方案，请编制并审定。",
        )
    return CohortHours(cohort=cohort, plan=plan, hours=hours, limit=limit, standing=standing)
