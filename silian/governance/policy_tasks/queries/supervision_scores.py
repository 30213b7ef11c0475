"""Counts behind the scores of supervision, and the scores themselves."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import FindingState, Severity, TaskState
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.models.supervision_scores import ScoreScheme
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.queries.supervision_checks import with_proof
from silian.governance.policy_tasks.rules.supervision_scores import (
    Facts,
    Score,
    Weights,
    score_of,
)
from silian.registers.policies.choices import SOFT_FORCES
from silian.registers.policies.models import PolicyBody

DEPARTMENT, COUNTY = "department", "county"
KINDS = {DEPARTMENT: "部门", COUNTY: "县区"}


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days that a score looks at, both included (评分期)."""

    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One department or county with its counts and its score (评分)."""

    kind: str
    key: str
    name: str
    facts: Facts
    score: Score | None

    @property
    def finding_count(self) -> int:
        """Orders that count; those about soft rules are not among them."""
        return sum(self.facts.findings.values())

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    @property
    def order(self) -> tuple[bool, float, str]:
        """Best first; those without anything to count stand last."""
        total = self.score.total if self.score else None
        return (total is None, -float(total or 0), self.key)


def scheme_in_force(*, division: str, on: datetime.date) -> ScoreScheme | None:
    """The newest scheme that has begun (现行评分办法); none reads 未设定."""
    rows = ScoreScheme.objects.filter(division_id=division, valid_from__lte=on)
    return rows.order_by("-valid_from", "-version").first()


def weights_of(scheme: ScoreScheme) -> Weights:
    return Weights(
        on_time=scheme.on_time,
        evidence=scheme.evidence,
        conduct=scheme.conduct,
        by_severity={
            Severity.NOTICE: scheme.notice_points,
            Severity.GENERAL: scheme.general_points,
            Severity.SERIOUS: scheme.serious_points,
        },
        per_return=scheme.return_points,
        per_overdue=scheme.overdue_points,
    )


def hard_tasks(*, division: str) -> QuerySet[PolicyTask]:
    """The tasks of the jurisdiction that bind; what is only encouraged never counts."""
    return PolicyTask.objects.filter(
        division__code__startswith=subtree_prefix(division), lead__isnull=False
    ).exclude(Q(state__in=[TaskState.DRAFT, TaskState.CANCELLED]) | Q(force__in=SOFT_FORCES))


def tasks_of_period(*, division: str, period: Period) -> QuerySet[PolicyTask]:
    """Binding tasks that ran or fell due within the period."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=period.ends_on)
    lasting = Q(done_on__isnull=True) | Q(done_on__gte=period.starts_on)
    return hard_tasks(division=division).filter(begun, lasting)


def findings_of_period(*, division: str, period: Period) -> QuerySet[SupervisionFinding]:
    """Orders of the period that may lower a score: neither soft nor cancelled."""
    return SupervisionFinding.objects.filter(
        Q(division__code__startswith=subtree_prefix(division)),
        issued_at__date__range=(period.starts_on, period.ends_on),
        is_soft=False,
    ).exclude(state=FindingState.CANCELLED)


def standings(
    *, division: str, period: Period, scheme: ScoreScheme | None, on: datetime.date
) -> list[Standing]:
    """Every department and county with its score, best first; four queries for any number."""
    proven = ProgressReport.objects.filter(task=OuterRef("pk")).filter(with_proof())
    tasks = list(
        tasks_of_period(division=division, period=period)
        .select_related("lead")
        .annotate(is_proven=Exists(proven))
    )
    findings = list(findings_of_period(division=division, period=period).select_related("body"))
    weights = weights_of(scheme) if scheme else None
    rows: list[Standing] = []
    for kind, key, name, holds in subjects(division=division):
        facts = facts_of(
            tasks=[task for task in tasks if holds(task.lead)],
            findings=[finding for finding in findings if holds(finding.body)],
            period=period,
            on=on,
        )
        if not facts.has_anything:
            continue
        score = score_of(facts, weights=weights) if weights else None
        rows.append(Standing(kind=kind, key=key, name=name, facts=facts, score=score))
    return sorted(rows, key=lambda row: (row.kind != DEPARTMENT, row.order))


def placed(rows: Iterable[Standing]) -> list[tuple[int | None, Standing]]:
    """The rows with their places; equal totals share one, those without a total have none."""
    placed_rows: list[tuple[int | None, Standing]] = []
    for count, row in enumerate(rows, start=1):
        total = row.score.total if row.score else None
        last = placed_rows[-1] if placed_rows else None
        same = last is not None and last[1].score is not None and last[1].score.total == total
        place = last[0] if last is not None and same else count
        placed_rows.append((None if total is None else place, row))
    return placed_rows


Holds = Callable[[PolicyBody | None], bool]


def subjects(*, division: str) -> Iterable[tuple[str, str, str, Holds]]:
    """The departments of the division itself, and its counties with all that is theirs."""
    bodies = PolicyBody.objects.filter(division_id=division, successor__isnull=True)
    for body in bodies.order_by("pk"):
        yield DEPARTMENT, str(body.pk), body.name, held_by_body(body.pk)
    for county in Division.objects.filter(parent_id=division).order_by("code"):
        yield COUNTY, county.code, county.name, held_by_county(subtree_prefix(county.code))


def held_by_body(body_id: int) -> Holds:
    return lambda body: body is not None and body_id in (body.pk, body.successor_id)


def held_by_county(prefix: str) -> Holds:
    return lambda body: body is not None and body.division_id.startswith(prefix)


def facts_of(
    *,
    tasks: list[PolicyTask],
    findings: list[SupervisionFinding],
    period: Period,
    on: datetime.date,
) -> Facts:
    """The counts of one subject; a day still to come is not due."""
    last = min(period.ends_on, on)
    due = [task for task in tasks if task.due_on and period.starts_on <= task.due_on <= last]
    return Facts(
        due=len(due),
        on_time=sum(
            task.done_on is not None and task.due_on is not None and task.done_on <= task.due_on
            for task in due
        ),
        running=len(tasks),
        with_evidence=sum(task.is_proven for task in tasks),  # type: ignore[attr-defined]
        findings=dict(Counter(finding.severity for finding in findings)),
        returns=sum(finding.return_count for finding in findings),
        overdue=sum(finding.was_overdue or finding.is_overdue(on=on) for finding in findings),
    )
