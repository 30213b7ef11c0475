"""Tasks for lists: their light, their filters, and how many each filter leaves."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from silian.foundation.kernel.working_days import WorkingCalendar
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import TaskLight, TaskState, Weather
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.governance.policy_tasks.queries.task_clocks import silent_before
from silian.governance.policy_tasks.queries.task_positions import goes
from silian.governance.policy_tasks.rules.tasks import DUE_SOON_DAYS
from silian.registers.policies.choices import SOFT_FORCES

SOFT = sorted(SOFT_FORCES)
GRAVITY = (
    TaskLight.OVERDUE,
    TaskLight.GAP,
    TaskLight.BLOCKED,
    TaskLight.SILENT,
    TaskLight.BEHIND,
    TaskLight.DUE_SOON,
    TaskLight.NORMAL,
    TaskLight.DRAFT,
    TaskLight.DONE,
)  # what needs somebody first stands first
MOST_BODIES = 40  # choices in a filter column that a person still reads


@dataclass(frozen=True, kw_only=True)
class TaskChoice:
    """What a reader asks of the ledger (筛选条件)."""

    text: str = ""
    lights: Sequence[str] = ()
    states: Sequence[str] = ()
    forces: Sequence[str] = ()
    bodies: Sequence[str] = ()
    documents: Sequence[str] = ()
    divisions: Sequence[str] = ()
    part: str = ""


def with_light(
    rows: QuerySet[PolicyTask], *, on: datetime.date, calendar: WorkingCalendar
) -> QuerySet[PolicyTask]:
    """Each task with its light, in the order of gravity that ``rules.tasks`` gives."""
    heard = silent_before(on=on, calendar=calendar)
    soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
    is_late = Q(due_on__lt=on)
    light = Case(
        When(state=TaskState.DRAFT, then=Value(TaskLight.DRAFT)),
        When(state=TaskState.DONE, then=Value(TaskLight.DONE)),
        When(state=TaskState.CANCELLED, then=Value(TaskLight.CANCELLED)),
        When(is_late & Q(force__in=SOFT), then=Value(TaskLight.GAP)),
        When(is_late, then=Value(TaskLight.OVERDUE)),
        When(goes(Weather.BLOCKED), then=Value(TaskLight.BLOCKED)),
        When(heard_at__date__lt=heard, then=Value(TaskLight.SILENT)),
        When(goes(Weather.BEHIND), then=Value(TaskLight.BEHIND)),
        When(due_on__lte=soon, then=Value(TaskLight.DUE_SOON)),
        default=Value(TaskLight.NORMAL),
        output_field=CharField(),
    )
    heard_at = Coalesce("last_report_at", "assigned_at")
    lit = rows.annotate(heard_at=heard_at).annotate(present_light=light)
    ranks = [When(present_light=name, then=Value(rank)) for rank, name in enumerate(GRAVITY)]
    return lit.annotate(gravity=Case(*ranks, default=Value(len(GRAVITY))))


def chosen_tasks(rows: QuerySet[PolicyTask], choice: TaskChoice) -> QuerySet[PolicyTask]:
    """The tasks that a choice leaves; ``rows`` carry their light."""
    if choice.text:
        rows = rows.filter(
            Q(title__icontains=choice.text)
            | Q(number__icontains=choice.text)
            | Q(detail__icontains=choice.text)
        )
    for name, values in plain_filters(choice):
        if values:
            rows = rows.filter(**{f"{name}__in": list(values)})
    if choice.bodies:
        rows = rows.filter(by_bodies(choice.bodies, part=choice.part))
    return rows


def plain_filters(choice: TaskChoice) -> list[tuple[str, Sequence[str]]]:
    return [
        ("present_light", choice.lights),
        ("state", choice.states),
        ("force", choice.forces),
        ("document_id", numbers(choice.documents)),
        ("division_id", choice.divisions),
    ]


def numbers(values: Sequence[str]) -> list[str]:
    return [value for value in values if value.isdigit()]


def by_bodies(bodies: Sequence[str], *, part: str) -> Q:
    """Tasks of some bodies as lead, as cooperating unit, or both; ``none`` has no lead."""
    ids = [int(value) for value in numbers(bodies)]
    lead = Q(lead_id__in=ids)
    if "none" in bodies:
        lead |= Q(lead__isnull=True)
    shared = Q(pk__in=TaskBody.objects.filter(body_id__in=ids).values("task_id"))
    return {"lead": lead, "share": shared}.get(part, lead | shared if part == "any" else lead)


def for_list(rows: QuerySet[PolicyTask]) -> QuerySet[PolicyTask]:
    """Tasks with what a row shows, two queries whatever their number."""
    bodies = TaskBody.objects.select_related("body").order_by("order")
    return (
        rows.select_related("lead", "document", "division")
        .defer("detail", "document__text", "document__parsed", "document__search_vector")
        .prefetch_related(Prefetch("bodies", queryset=bodies))
    )


FACETS = ("present_light", "state", "force", "division_id")


def facet_counts(rows: QuerySet[PolicyTask]) -> dict[str, Counter[str]]:
    """How many tasks bear each light, state, force and division; one query for all four."""
    found = rows.order_by().values_list(*FACETS).annotate(n=Count("pk"))
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for *values, number in found:
        for name, value in zip(FACETS, values, strict=True):
            counts[name][str(value)] += number
    return counts


def leading_bodies(rows: QuerySet[PolicyTask]) -> list[tuple[str, str, int]]:
    """The leading bodies with their number of tasks, the busiest first."""
    found = (
        rows.order_by()
        .values_list("lead_id", "lead__name")
        .annotate(n=Count("pk"))
        .order_by("-n", F("lead_id").asc(nulls_last=True))[:MOST_BODIES]
    )
    return [
        (str(key) if key else "none", name or "未指定牵头单位", number)
        for key, name, number in found
    ]


def documents_of(rows: QuerySet[PolicyTask]) -> list[tuple[str, str, int]]:
    """The documents with their number of tasks."""
    found = (
        rows.filter(document__isnull=False)
        .order_by()
        .values_list("document_id", "document__document_number", "document__title")
        .annotate(n=Count("pk"))
        .order_by("-n")[:MOST_BODIES]
    )
    return [(str(key), number or title, count) for key, number, title, count in found]


def divisions_named(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The divisions of a count by their names."""
    names = dict(Division.objects.filter(pk__in=counts).values_list("pk", "name"))
    return [(code, names.get(code, code), counts[code]) for code in sorted(counts)]
