"""One task with everything its page shows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.governance.policy_tasks.choices import ChangeKind, TaskLight
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.governance.policy_tasks.queries.target_standings import TargetStanding, standings_of
from silian.governance.policy_tasks.queries.task_clocks import silent_before
from silian.governance.policy_tasks.rules.tasks import TaskFacts, task_light
from silian.governance.policy_tasks.rules.tones import TASK_TONES, WEATHER_TONES
from silian.registers.accounts.models import User
from silian.registers.policies.choices import BodyRole
from silian.registers.policies.models import PolicyBody

MOST_ENTRIES = 30  # an older history stands in the audit trail


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report with its evidence and the light of its word."""

    report: ProgressReport
    files: list[StoredFile]
    tone: str


def light_of(
    task: PolicyTask, *, on: datetime.date, calendar: WorkingCalendar
) -> tuple[TaskLight, str]:
    """The light of one task, with its tone."""
    heard_at = task.last_report_at or task.assigned_at
    light = task_light(
        TaskFacts(
            state=task.state,
            force=task.force,
            due_on=task.due_on,
            heard_on=heard_at.date() if heard_at else None,
            weather=task.weather,
            weather_by_supervisor=task.weather_by_supervisor,
        ),
        on=on,
        silent_before=silent_before(on=on, calendar=calendar),
    )
    return light, TASK_TONES[light]


def tasks_for_page(rows: QuerySet[PolicyTask]) -> QuerySet[PolicyTask]:
    return rows.select_related(
        "lead__organisation",
        "document",
        "clause",
        "decision__meeting",
        "division",
        "parent",
        "owner",
        "keeper",
    )


def reports_of(task: PolicyTask) -> list[Told]:
    """The reports, newest first, with their files in one more query."""
    reports = list(task.reports.select_related("organisation", "reported_by"))
    files: dict[str, list[StoredFile]] = defaultdict(list)
    found = StoredFile.objects.filter(
        object_type=ProgressReport._meta.label_lower,
        object_id__in=[str(report.pk) for report in reports],
    )
    for file in found.order_by("pk"):
        files[file.object_id].append(file)
    return [
        Told(
            report=report,
            files=files[str(report.pk)],
            tone=WEATHER_TONES.get(report.weather, "unset"),  # type: ignore[call-overload]
        )
        for report in reports
    ]


def bodies_of(task: PolicyTask) -> tuple[list[TaskBody], list[TaskBody]]:
    """The bodies that lead beside the lead, and those that share."""
    rows = list(task.bodies.select_related("body__organisation"))
    leading = [row for row in rows if row.role == BodyRole.LEAD]
    return leading, [row for row in rows if row.role != BodyRole.LEAD]


def targets_of(task: PolicyTask, *, on: datetime.date) -> list[TargetStanding]:
    return standings_of(Target.objects.filter(task=task, ended_on__isnull=True), on=on)


def entries_of(task: PolicyTask) -> list[Entry]:
    """What happened to the task, the newest first: acts, and changes with before and after."""
    acts = [
        entry_of(act, who=f"{act.actor_name} {act.organisation_name}".strip())
        for act in history_of(task)
    ]
    changes = [
        Entry(
            at=change.changed_at,
            what=changed_words(change.kind, change.before, change.after),
            note=change.reason,
            tone="info",
        )
        for change in task.changes.all()
    ]
    return sorted([*acts, *changes], key=lambda entry: str(entry.when), reverse=True)[:MOST_ENTRIES]


def changed_words(kind: str, before: str, after: str) -> str:
    label = ChangeKind(kind).label
    return f"{label}：{before} → {after}" if after else str(label)


def bodies_to_choose(division: str, *, lead_id: int | None = None) -> QuerySet[PolicyBody]:
    """The bodies of a division that still hold their duties, and those of its parts."""
    rows = PolicyBody.objects.filter(division_id=division, ended_on__isnull=True)
    if lead_id:
        rows = rows | PolicyBody.objects.filter(pk=lead_id)
    return rows.order_by("is_generic", "pk")


def owners_to_choose(lead: PolicyBody | None, *, on: datetime.date) -> QuerySet[User]:
    """The people who may carry a task for its leading unit."""
    if lead is None or lead.organisation_id is None:
        return User.objects.none()
    return User.objects.filter(
        memberships__organisation_id=lead.organisation_id,
        memberships__starts_on__lte=on,
        is_active=True,
    ).distinct()
