"""Plans for lists and pages: who agreed, what stands against them (实习方案)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    HELD_STATES,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.rules.prohibitions import findings
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.facts import StayFacts
from silian.registers.programmes.models import Cohort


@dataclass(frozen=True, kw_only=True)
class AnswerCounts:
    """How many hosts agreed, refused, still have to answer (确认情况)."""

    confirmed: int
    refused: int
    waiting: int

    @property
    def asked(self) -> int:
        return self.confirmed + self.refused + self.waiting


def answer_counts(plan: InternshipPlan) -> AnswerCounts:
    states = list(plan.answers.values_list("state", flat=True))
    return AnswerCounts(
        confirmed=states.count(AnswerState.CONFIRMED),
        refused=states.count(AnswerState.REFUSED),
        waiting=states.count(AnswerState.WAITING),
    )


def plan_findings(plan: InternshipPlan, *, on: datetime.date) -> list[Finding]:
    """What stands against the plan itself: tasks, length, weights; not its approval."""
    stay = StayFacts(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        kind=plan.kind,
        plan_approved=True,
        plan_tasks=len(plan.tasks),
        attendance_weight=plan.attendance_weight,
        length_reason=plan.length_reason,
        school_division=plan.school.division_id,
    )
    limits = limits_of(division=plan.school.division_id, on=max(on, plan.starts_on))
    return findings(student=None, post=None, stay=stay, host=None, limits=limits)


def plans_for_list(rows: QuerySet[InternshipPlan]) -> QuerySet[InternshipPlan]:
    """With programme, cohort, the hosts' answers and the number of students; constant queries."""
    held = Q(internships__state__in=sorted(HELD_STATES))
    return rows.select_related("cohort__programme__major", "school").annotate(
        asked_count=Count("answers", distinct=True),
        confirmed_count=Count(
            "answers", filter=Q(answers__state=AnswerState.CONFIRMED), distinct=True
        ),
        student_count=Count("internships", filter=held, distinct=True),
    )


def answers_of(plan: InternshipPlan) -> list[HostAnswer]:
    """The hosts that were asked, who answered and when."""
    rows = plan.answers.select_related("host__organisation", "answered_by")
    return list(rows.order_by("state", "host__organisation__name"))


def waiting_answers(rows: QuerySet[HostAnswer]) -> QuerySet[HostAnswer]:
    """Answers that are still owed to a plan that asks for them (待确认)."""
    return rows.filter(
        state=AnswerState.WAITING, plan__state__in=[PlanState.SENT, PlanState.APPROVED]
    ).select_related("plan__school", "host")


def cohorts_to_choose(*, school_id: int) -> list[tuple[int, str]]:
    """The school's cohorts that study now, the oldest first (可选年级)."""
    rows = Cohort.objects.filter(programme__school_id=school_id, graduated_at__isnull=True)
    ordered = rows.select_related("programme").order_by("year", "programme__name")
    return [(cohort.pk, f"{cohort.year} 级 {cohort.programme.name}") for cohort in ordered]


def ready_to_sign(rows: QuerySet[InternshipPlan]) -> QuerySet[InternshipPlan]:
    """Sent plans that nobody still has to answer and at least one host agreed to (待签署)."""
    waiting = Q(answers__state=AnswerState.WAITING)
    return (
        rows.filter(state=PlanState.SENT)
        .annotate(
            waiting_count=Count("answers", filter=waiting),
            agreed_count=Count("answers", filter=Q(answers__state=AnswerState.CONFIRMED)),
        )
        .filter(waiting_count=0, agreed_count__gt=0)
        .order_by("pk")
    )
