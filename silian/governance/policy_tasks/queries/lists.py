"""Items for the lists, their ageing, and what waits for whom."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.policy_tasks.choices import (
    LIST_UNSETTLED,
    ListKind,
    ListSource,
    ListState,
)
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.permissions.lists import list_items_visible_to
from silian.governance.policy_tasks.rules.lists import band_of, bands

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ListCounts:
    """How a list stands (清单概况)."""

    open: int
    claimed: int
    overdue: int
    closed: int

    @property
    def unsettled(self) -> int:
        return self.open + self.claimed


def list_counts(rows: QuerySet[ListItem], *, on: datetime.date) -> ListCounts:
    unsettled = Q(state__in=sorted(LIST_UNSETTLED))
    found = rows.order_by().aggregate(
        open=Count("pk", filter=Q(state=ListState.OPEN)),
        claimed=Count("pk", filter=Q(state=ListState.CLAIMED)),
        overdue=Count("pk", filter=unsettled & Q(due_on__lt=on)),
        closed=Count("pk", filter=Q(state=ListState.CLOSED)),
    )
    return ListCounts(**found)


def items_for_list(rows: QuerySet[ListItem]) -> QuerySet[ListItem]:
    return rows.select_related("lead", "task", "division")


@dataclass(frozen=True, kw_only=True)
class Age:
    """How many unsettled items of each list lie in a band (在册时长)."""

    key: str
    label: str
    problems: int
    policies: int


def ageing(rows: QuerySet[ListItem], *, on: datetime.date) -> list[Age]:
    """Unsettled items by days on the list, youngest first; one query."""
    counted: Counter[tuple[str, str]] = Counter()
    opened = rows.filter(state__in=sorted(LIST_UNSETTLED)).order_by()
    for kind, day in opened.values_list("kind", "opened_on"):
        counted[kind, band_of((on - day).days).key] += 1
    return [
        Age(
            key=band.key,
            label=band.label,
            problems=counted[ListKind.PROBLEM, band.key],
            policies=counted[ListKind.POLICY, band.key],
        )
        for band in bands()
    ]


def in_band(rows: QuerySet[ListItem], *, key: str, on: datetime.date) -> QuerySet[ListItem]:
    """The unsettled items whose days on the list lie in the band."""
    band = next((band for band in bands() if band.key == key), None)
    if band is None:
        return rows
    rows = rows.filter(state__in=sorted(LIST_UNSETTLED), opened_on__lte=on - band.low * ONE_DAY)
    if band.high is None:
        return rows
    return rows.filter(opened_on__gte=on - band.high * ONE_DAY)


def claims_waiting_for(actor: Actor) -> QuerySet[ListItem]:
    """Claims that the actor may confirm: of the jurisdiction, and not its own (待销号)."""
    prefix = actor.jurisdiction.rstrip("0")
    if not prefix:
        return ListItem.objects.none()
    rows = ListItem.objects.filter(state=ListState.CLAIMED, division__code__startswith=prefix)
    return rows.exclude(claimed_by_id=actor.user_id)


def items_led_by(actor: Actor) -> QuerySet[ListItem]:
    """Open items that the actor's own unit leads, nearest day first."""
    rows = list_items_visible_to(actor).filter(
        Q(lead__organisation_id=actor.organisation_id or 0)
        | Q(lead__successor__organisation_id=actor.organisation_id or 0),
        state=ListState.OPEN,
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a report's difficulty or a finding already says of an item (预填)."""

    title: str
    detail: str
    source: str
    source_note: str
    lead_id: int | None
    cooperating_ids: list[int]
    due_on: datetime.date | None
    task_id: int | None


def draft_from_report(report: ProgressReport) -> Draft:
    """A problem out of what a unit reports as blocking it (进展报告中的困难)."""
    task = report.task
    first = report.difficulty.strip().splitlines()[0] if report.difficulty.strip() else task.title
    return Draft(
        title=first[:120],
        detail=report.difficulty.strip() or report.text,
        source=ListSource.DIFFICULTY,
        source_note=f"{report.organisation} {report.reported_at:%Y-%m-%d} 进展报告",
        lead_id=task.lead_id,
        cooperating_ids=list(task.bodies.values_list("body_id", flat=True)),
        due_on=None,
        task_id=task.pk,
    )


def draft_from_finding(finding: SupervisionFinding) -> Draft:
    """A problem out of what supervision found (督查问题)."""
    return Draft(
        title=finding.title,
        detail=finding.text,
        source=ListSource.FINDING,
        source_note=finding.number,
        lead_id=finding.body_id,
        cooperating_ids=[],
        due_on=None,
        task_id=finding.task_id,
    )
