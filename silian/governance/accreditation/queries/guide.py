"""What pages of the guide and of cases read: texts, statistics, what waits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.governance.accreditation.choices.guide import (
    AUTHORITY_CASES,
    DECIDED_CASES,
    CaseState,
    MatterState,
    VersionState,
)
from silian.governance.accreditation.models.approvals import ApprovalCase, ApprovalStep
from silian.governance.accreditation.models.guide import GuideMatter, MatterVersion
from silian.governance.accreditation.permissions.guide import (
    cases_visible_to,
    is_authority,
    may_apply,
)
from silian.governance.accreditation.rules.guide import middle, total_days


def published_matters() -> QuerySet[GuideMatter]:
    """Matters that can be applied for, with their text in force (办事指南)."""
    current = MatterVersion.objects.filter(state=VersionState.PUBLISHED).prefetch_related("steps")
    return (
        GuideMatter.objects.filter(state=MatterState.PUBLISHED)
        .select_related("authority", "division")
        .prefetch_related(Prefetch("versions", current, "current"))
        .order_by("authority_id", "pk")
    )


def limit_of(version: MatterVersion) -> int:
    return total_days([step.working_days for step in version.steps.all()])


def version_shown(matter: GuideMatter, *, number: int | None, drafts: bool) -> MatterVersion | None:
    """The version asked for, else the one in force, else the draft for its authority."""
    rows = matter.versions.prefetch_related("steps")
    if not drafts:
        rows = rows.exclude(state=VersionState.DRAFT)
    if number is not None:
        return rows.filter(number=number).first()
    return rows.filter(state=VersionState.PUBLISHED).first() or rows.order_by("-number").first()


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def guide_page(matter: GuideMatter, version: MatterVersion, *, drafts: bool) -> dict[str, Any]:
    """The context of the page of one guide."""
    versions = matter.versions.order_by("-number")
    if not drafts:
        versions = versions.exclude(state=VersionState.DRAFT)
    return {
        "matter": matter,
        "version": version,
        "conditions": lines_of(version.conditions),
        "documents": lines_of(version.documents),
        "steps": list(version.steps.all()),
        "limit": limit_of(version),
        "forms": files_of(version),
        "versions": versions,
    }


@dataclass(frozen=True, kw_only=True)
class MatterStatistics:
    """How long a matter takes against its limit (办理时效)."""

    matter: GuideMatter
    limit: int | None
    applied: int
    decided: int
    granted: int
    median_days: float | None
    in_time: int

    @property
    def pk(self) -> int:
        return self.matter.pk


def matter_statistics(matters: QuerySet[GuideMatter]) -> list[MatterStatistics]:
    """Every matter with its median working days and its share in time; three queries."""
    days: dict[int, list[int]] = defaultdict(list)
    decided = ApprovalCase.objects.filter(matter__in=matters, state__in=sorted(DECIDED_CASES))
    for matter_id, used in decided.values_list("matter_id", "used_days"):
        days[matter_id].append(used or 0)
    counted = matters.annotate(
        applied_count=Count("cases", distinct=True),
        granted_count=Count("cases", filter=Q(cases__state=CaseState.GRANTED), distinct=True),
        in_time_count=Count("cases", filter=Q(cases__in_time=True), distinct=True),
    )
    return [
        MatterStatistics(
            matter=matter,
            limit=current_limit(matter),
            applied=matter.applied_count,  # type: ignore[attr-defined]
            decided=len(days[matter.pk]),
            granted=matter.granted_count,  # type: ignore[attr-defined]
            median_days=middle(days[matter.pk]),
            in_time=matter.in_time_count,  # type: ignore[attr-defined]
        )
        for matter in counted
    ]


def current_limit(matter: GuideMatter) -> int | None:
    current: list[MatterVersion] = getattr(matter, "current", [])
    return limit_of(current[0]) if current else None


@dataclass(frozen=True, kw_only=True)
class StepStatistics:
    """How long one step of a matter takes (环节时效)."""

    title: str
    limit: int
    done: int
    median_days: float | None
    in_time: int


def step_statistics(matter: GuideMatter) -> list[StepStatistics]:
    """Each step's measured working days beside its limit, in the order of the guide."""
    grouped: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    rows = ApprovalStep.objects.filter(case__matter=matter, used_days__isnull=False)
    for order, title, limit, used in rows.values_list(
        "order", "title", "limit_days", "used_days"
    ).order_by("order", "pk"):
        grouped[order, title].append((limit, used or 0))
    return [
        StepStatistics(
            title=title,
            limit=found[-1][0],
            done=len(found),
            median_days=middle([used for _, used in found]),
            in_time=sum(used <= limit for limit, used in found),
        )
        for (_, title), found in sorted(grouped.items())
    ]


def cases_for_list(rows: QuerySet[ApprovalCase]) -> QuerySet[ApprovalCase]:
    return rows.select_related("matter__authority", "applicant")


def case_page(case: ApprovalCase) -> dict[str, Any]:
    return {
        "case": case,
        "steps": list(case.steps.select_related("finished_by")),
        "files": files_of(case),
        "history": case_history(case),
    }


def case_history(case: ApprovalCase) -> list[Entry]:
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(case)
    ]


def cases_to_handle(actor: Actor) -> QuerySet[ApprovalCase]:
    """Cases on which the actor's department must act, the nearest limit first (待办件)."""
    if not is_authority(actor):
        return ApprovalCase.objects.none()
    rows = cases_visible_to(actor).filter(
        matter__authority_id=actor.organisation_id or 0, state__in=sorted(AUTHORITY_CASES)
    )
    return cases_for_list(rows).order_by("due_at", "accept_due_at", "pk")


def cases_to_supplement(actor: Actor) -> QuerySet[ApprovalCase]:
    """Applications of one's own that wait for a supplement (待补正)."""
    if not may_apply(actor):
        return ApprovalCase.objects.none()
    rows = cases_visible_to(actor).filter(
        applicant_id=actor.organisation_id or 0, state=CaseState.SUPPLEMENT
    )
    return cases_for_list(rows).order_by("supplement_asked_at", "pk")


def cases_unanswered(*, now: datetime.datetime) -> list[int]:
    """Applications that nobody answered within the limit (逾期未告知)."""
    rows = ApprovalCase.objects.filter(state=CaseState.APPLIED, accept_due_at__lte=now)
    return list(rows.values_list("pk", flat=True).order_by("pk"))


def cases_near_limit(
    *, today: datetime.date, calendar: WorkingCalendar, within: int
) -> list[ApprovalCase]:
    """Accepted cases whose limit is at most ``within`` working days away, or past (将到期)."""
    edge = calendar.add(today, days=within + 1)
    rows = ApprovalCase.objects.filter(
        state=CaseState.ACCEPTED, due_at__date__lte=edge + datetime.timedelta(days=1)
    )
    return list(rows.select_related("matter").order_by("due_at", "pk"))
