"""What may go on a round's checklist, and how each task and target stands at that moment."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.models import StoredFile
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.queries.target_standings import standings_of
from silian.registers.policies.models import PolicyDocument

UNCHECKED_STATES = (TaskState.DRAFT, TaskState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which tasks to put on a checklist (列入条件)."""

    document_id: int | None = None
    late_only: bool = False
    body_ids: tuple[int, ...] = ()
    with_targets: bool = True


def tasks_in_scope(round_: SupervisionRound) -> QuerySet[PolicyTask]:
    """The tasks of the departments, counties and schools that the round looks at."""
    rows = PolicyTask.objects.exclude(state__in=UNCHECKED_STATES).filter(
        assigned_at__isnull=False, division__code__startswith=subtree_prefix(round_.division_id)
    )
    scope = Q(pk__in=[])
    chosen = False
    if departments := list(round_.departments.values_list("pk", flat=True)):
        scope, chosen = scope | Q(lead_id__in=departments), True
    if schools := list(round_.schools.values_list("pk", flat=True)):
        scope, chosen = scope | Q(lead__organisation_id__in=schools), True
    for county in round_.counties.values_list("pk", flat=True):
        scope, chosen = scope | Q(division__code__startswith=subtree_prefix(county)), True
    return rows.filter(scope) if chosen else rows


def tasks_to_check(
    round_: SupervisionRound, *, choice: Choice, on: datetime.date
) -> QuerySet[PolicyTask]:
    """The tasks that a choice would add; those already listed are left out."""
    rows = tasks_in_scope(round_)
    if choice.document_id is not None:
        rows = rows.filter(document_id=choice.document_id)
    if choice.late_only:
        rows = rows.filter(pk__in=PolicyTask.objects.overdue(on=on).values("pk"))
    if choice.body_ids:
        rows = rows.filter(lead_id__in=choice.body_ids)
    listed = round_.items.filter(target__isnull=True).values("task_id")
    return rows.exclude(pk__in=listed).order_by("number")


def documents_in_scope(round_: SupervisionRound) -> QuerySet[PolicyDocument]:
    used = tasks_in_scope(round_).filter(document__isnull=False).values("document_id")
    return PolicyDocument.objects.filter(pk__in=used).order_by("-issued_on", "pk")


def with_proof() -> Exists:
    """Whether a report carries a file."""
    files = StoredFile.objects.filter(
        object_type="policy_tasks.progressreport",
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(files)


def standings_at(tasks: Iterable[PolicyTask], *, on: datetime.date) -> dict[int, dict[str, Any]]:
    """How each task stands on the day, as plain values to keep (当时情况)."""
    rows = list(tasks)
    ids = [task.pk for task in rows]
    counted = dict(
        ProgressReport.objects.filter(task_id__in=ids)
        .filter(with_proof())
        .order_by()
        .values_list("task_id")
        .annotate(Count("pk"))
    )
    return {
        task.pk: {
            "state": task.get_state_display(),
            "percent": task.percent,
            "due_on": task.due_on.isoformat() if task.due_on else "",
            "days_late": task.days_late(on=on),
            "weather": task.get_weather_display(),
            "weather_by_supervisor": task.get_weather_by_supervisor_display(),
            "last_report_on": task.last_report_at.date().isoformat() if task.last_report_at else "",
            "proofs": counted.get(task.pk, 0),
            "lead": task.lead.name if task.lead else "",
            "force": task.get_force_display(),
        }
        for task in rows
    }


def target_standings_at(
    task_ids: Collection[int], *, on: datetime.date
) -> dict[int, list[tuple[Target, dict[str, Any]]]]:
    """The counted targets of the tasks with value, light and day, as plain values to keep."""
    targets = Target.objects.filter(task_id__in=task_ids, repeats__isnull=True)
    by_task: dict[int, list[tuple[Target, dict[str, Any]]]] = defaultdict(list)
    for row in standings_of(targets.filter(ended_on__isnull=True), on=on):
        kept = {
            "light": row.light.label,
            "reason": row.reason,
            "value": "" if row.value is None else str(row.value),
            "unit": row.target.unit,
            "value_on": row.value_on.isoformat() if row.value_on else "",
            "value_id": row.value_id,
            "manual": row.value_is_manual,
            "deadline_on": row.target.deadline_on.isoformat() if row.target.deadline_on else "",
        }
        by_task[row.target.task_id or 0].append((row.target, kept))
    return by_task
