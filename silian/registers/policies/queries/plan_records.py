"""The register of plans: coverage, what is late, one plan with its proofs (规划登记)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import StoredFile
from silian.registers.policies.choices import (
    PlanAnswerValue,
    PlanQuestion,
    PlanRecordState,
)
from silian.registers.policies.models.plans import PlanAnswer, PlanProject, PlanRecord
from silian.registers.policies.permissions.plan_records import (
    may_check_plan,
    plan_records_visible_to,
)
from silian.registers.policies.rules.plan_records import Coverage, coverage_of

ITEMS = len(PlanQuestion.values)


def counted(value: str) -> Coalesce:
    """How many items of a plan have this answer."""
    rows = PlanAnswer.objects.filter(plan=OuterRef("pk"), value=value).order_by()
    count = rows.values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def plan_rows(actor: Actor) -> QuerySet[Any]:
    """The plans that the actor reads, with the counts a line shows."""
    projects = PlanProject.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    return (
        plan_records_visible_to(actor)
        .select_related("owner", "division")
        .annotate(
            contained=counted(PlanAnswerValue.CONTAINED),
            open_items=counted(PlanAnswerValue.UNSET),
            project_count=Coalesce(
                Subquery(projects.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
                0,
            ),
            investment=Subquery(projects.annotate(sum=Sum("investment")).values("sum")),
        )
    )


def late_plans(rows: QuerySet[Any], *, on: datetime.date) -> QuerySet[Any]:
    """Plans whose checklist is still open although its day has passed (逾期未核对)."""
    return rows.filter(open_items__gt=0, check_by__lt=on)


@dataclass(frozen=True, kw_only=True)
class PlanFigures:
    """How the region stands: coverage by all three items, and what is late (同步规划情况)."""

    coverage: Coverage
    late: int
    waiting: int


def plan_figures(rows: QuerySet[Any], *, on: datetime.date) -> PlanFigures:
    facts = list(rows.order_by().values_list("contained", "open_items", "check_by", "state"))
    return PlanFigures(
        coverage=coverage_of((contained for contained, *_ in facts), items=ITEMS),
        late=sum(bool(open_items) and day < on for _, open_items, day, _ in facts),
        waiting=sum(state == PlanRecordState.SUBMITTED for *_, state in facts),
    )


@dataclass(frozen=True, kw_only=True)
class AnswerWithProof:
    """An item of the checklist with its files (核对项和证明)."""

    answer: PlanAnswer
    files: list[StoredFile]


def answers_with_proof(plan: PlanRecord) -> list[AnswerWithProof]:
    """The items in the order of the checklist; two queries."""
    rows = {row.question: row for row in plan.answers.select_related("clause__document")}
    ids = [str(row.pk) for row in rows.values()]
    files = StoredFile.objects.filter(
        object_type=PlanAnswer._meta.label_lower, object_id__in=ids
    ).order_by("pk")
    found: dict[str, list[StoredFile]] = {}
    for file in files:
        found.setdefault(file.object_id, []).append(file)
    return [
        AnswerWithProof(answer=rows[question], files=found.get(str(rows[question].pk), []))
        for question in PlanQuestion.values
        if question in rows
    ]


def plans_to_check(actor: Actor) -> list[PlanRecord]:
    """Handed-in plans that wait for this actor (待核对规划)."""
    rows = plan_records_visible_to(actor).filter(state=PlanRecordState.SUBMITTED)
    rows = rows.exclude(edited_by_id=actor.user_id).select_related("owner")
    return [plan for plan in rows.order_by("pk")[:50] if may_check_plan(actor, plan)]


def own_open_plans(actor: Actor) -> QuerySet[PlanRecord]:
    """Plans of one's own department whose checklist is open (待填规划)."""
    rows = PlanRecord.objects.filter(owner_id=actor.organisation_id or 0)
    return rows.filter(
        Q(answers__value=PlanAnswerValue.UNSET), state=PlanRecordState.DRAFT
    ).distinct()
