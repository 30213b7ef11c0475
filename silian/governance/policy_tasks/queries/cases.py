"""Cases for the library, their adoptions, and what waits for review."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Entry
from silian.governance.policy_tasks.choices import CaseState, RolloutState
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase, Rollout
from silian.governance.policy_tasks.permissions.cases import rollouts_visible_to


def library() -> QuerySet[ExperienceCase]:
    """The published cases with how many took them over (案例库)."""
    approved = Q(rollouts__state=RolloutState.APPROVED)
    return (
        ExperienceCase.objects.filter(state=CaseState.PUBLISHED)
        .select_related("organisation", "division")
        .prefetch_related("figures")
        .annotate(
            adoption_count=Count("adoptions", distinct=True),
            place_count=Count("adoptions__division", distinct=True),
            approved_count=Count("rollouts", filter=approved, distinct=True),
        )
    )


def cases_for_list(rows: QuerySet[ExperienceCase]) -> QuerySet[ExperienceCase]:
    return rows.select_related("organisation", "division").annotate(
        adoption_count=Count("adoptions", distinct=True)
    )


def adoptions_of(case: ExperienceCase) -> QuerySet[Adoption]:
    return case.adoptions.select_related("organisation", "division").order_by("-starts_on", "pk")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a case was taken over, by how many, and how many told of results (采用地区)."""

    name: str
    adoptions: int
    with_result: int


def places_of(adoptions: list[Adoption]) -> list[Place]:
    """The adoptions by division, most first."""
    by_name: dict[str, list[Adoption]] = {}
    for row in adoptions:
        by_name.setdefault(row.division.name, []).append(row)
    places = [
        Place(
            name=name,
            adoptions=len(rows),
            with_result=sum(bool(row.result) for row in rows),
        )
        for name, rows in by_name.items()
    ]
    return sorted(places, key=lambda place: (-place.adoptions, place.name))


def reach_of(case: ExperienceCase) -> int | None:
    """How often reports of the case were read, as far as counted; None when nobody counted."""
    return case.publicity.aggregate(total=Sum("reach"))["total"]


def case_history(case: ExperienceCase) -> list[Entry]:
    """What happened to a case, newest first (经过)."""
    moments = [
        (case.created_at, "起草", "open", ""),
        (case.submitted_at, "报送，同意公开", "info", ""),
        (case.published_at, "发布", "ok", ""),
    ]
    entries = [
        Entry(at=at, what=what, tone=tone, note=note)  # type: ignore[arg-type]
        for at, what, tone, note in moments
        if at
    ]
    if case.reviewed_at and case.state == CaseState.RETURNED:
        entries.append(Entry(at=case.reviewed_at, what="退回修改", tone="late", note=case.reason))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def rollouts_to_decide(actor: Actor) -> QuerySet[Rollout]:
    """Requests that a coordinator of the province decides (待审批)."""
    rows = rollouts_visible_to(actor).filter(state=RolloutState.PROPOSED)
    return rows.filter(division_id=actor.jurisdiction).select_related("case__organisation")
