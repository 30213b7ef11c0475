"""What pages of projects read: lists, one project, the boards."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.money import format_ten_thousand
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.governance.accreditation.choices.projects import (
    BUILDING_STAGES,
    ENDED_STAGES,
    PUBLIC_STAGES,
    ProjectStage,
    StepState,
)
from silian.governance.accreditation.models.project_progress import (
    AcceptanceFinding,
    InvestmentReport,
    ProjectMilestone,
    ProjectPhoto,
)
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.governance.accreditation.permissions.projects import (
    steps_visible_to,
)
from silian.governance.accreditation.rules.project_money import NOTHING, planned_by
from silian.registers.organisations.choices import Role

COMPLETED = Coalesce(
    Subquery(
        InvestmentReport.objects.filter(project=OuterRef("pk"), replaced_at__isnull=True)
        .order_by("-month")
        .values("completed")[:1]
    ),
    NOTHING,
)


def late_milestone(today: datetime.date) -> Q:
    return Q(milestones__done_on__isnull=True, milestones__planned_on__lt=today)


def projects_for_list(
    rows: QuerySet[IntegrationProject], *, today: datetime.date
) -> QuerySet[IntegrationProject]:
    """With owner, place, what is completed and how many milestones are late."""
    return rows.select_related("owner", "division").annotate(
        completed=COMPLETED,
        late_count=Count("milestones", filter=late_milestone(today), distinct=True),
    )


def matching_projects(
    rows: QuerySet[IntegrationProject], *, text: str
) -> QuerySet[IntegrationProject]:
    plain = text.replace("\x00", "")
    if not plain:
        return rows
    return rows.filter(
        Q(name__icontains=plain) | Q(owner__name__icontains=plain) | Q(site__icontains=plain)
    )


def project_history(project: IntegrationProject) -> list[Entry]:
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(project)
    ]


def steps_of(project: IntegrationProject) -> list[ProjectStep]:
    """The steps with their checklists and papers, oldest first (项目环节)."""
    rows = project.steps.select_related("proposed_by", "decided_by", "decided_for")
    steps = list(rows.prefetch_related("checks").order_by("proposed_at", "pk"))
    papers: dict[str, list[StoredFile]] = {}
    keys = [str(step.pk) for step in steps]
    found = StoredFile.objects.filter(
        object_type=ProjectStep._meta.label_lower, object_id__in=keys
    ).order_by("pk")
    for file in found:
        papers.setdefault(file.object_id, []).append(file)
    for step in steps:
        step.project = project
        step.papers = papers.get(str(step.pk), [])  # type: ignore[attr-defined]
    return steps


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A photo and its file."""

    photo: ProjectPhoto
    file: StoredFile


def pictures_of(project: IntegrationProject) -> list[Picture]:
    photos = list(project.photos.all())
    keys = [str(photo.pk) for photo in photos]
    rows = StoredFile.objects.filter(object_type=ProjectPhoto._meta.label_lower, object_id__in=keys)
    files = {file.object_id: file for file in rows}
    return [
        Picture(photo=photo, file=files[str(photo.pk)])
        for photo in photos
        if str(photo.pk) in files
    ]


def reports_of(project: IntegrationProject) -> list[InvestmentReport]:
    """All monthly reports, the replaced ones too, newest month first."""
    return list(project.reports.select_related("reported_by").order_by("-month", "-pk"))


def steps_to_decide(actor: Actor) -> QuerySet[ProjectStep]:
    """Proposals that wait for the actor, one's own organisation's left out (待审定)."""
    if not (actor.has_role(Role.COORDINATOR) and actor.jurisdiction):
        return ProjectStep.objects.none()
    rows = steps_visible_to(actor).filter(state=StepState.PROPOSED)
    rows = rows.exclude(project__owner_id=actor.organisation_id or 0)
    return rows.select_related("project__owner").order_by("due_at", "pk")


def findings_to_cure(actor: Actor) -> QuerySet[AcceptanceFinding]:
    rows = AcceptanceFinding.objects.filter(
        project__owner_id=actor.organisation_id or 0, cured_on__isnull=True
    )
    return rows.select_related("project").order_by("cure_by", "pk")


def own_milestones_due(actor: Actor, *, until: datetime.date) -> QuerySet[ProjectMilestone]:
    rows = ProjectMilestone.objects.filter(
        project__owner_id=actor.organisation_id or 0, done_on__isnull=True, planned_on__lte=until
    ).exclude(project__stage__in=sorted(ENDED_STAGES))
    return rows.select_related("project").order_by("planned_on", "pk")


def months_missing(actor: Actor, *, month: datetime.date) -> QuerySet[IntegrationProject]:
    """One's own projects under construction without a report for the month (缺月报)."""
    rows = IntegrationProject.objects.filter(
        owner_id=actor.organisation_id or 0, stage=ProjectStage.CONSTRUCTION, stage_since__lt=month
    )
    reported = InvestmentReport.objects.filter(month=month, replaced_at__isnull=True)
    return rows.exclude(pk__in=reported.values("project_id")).order_by("pk")


def late_milestones(
    projects: QuerySet[IntegrationProject], *, today: datetime.date
) -> QuerySet[ProjectMilestone]:
    """Milestones past their day in projects that still run, the latest first (滞后节点)."""
    rows = ProjectMilestone.objects.filter(
        project__in=projects, done_on__isnull=True, planned_on__lt=today
    ).exclude(project__stage__in=sorted(ENDED_STAGES))
    return rows.select_related("project__owner", "project__division").order_by("planned_on", "pk")


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """One stage on the board: how many projects, how much investment (环节一行)."""

    stage: str
    label: str
    count: int
    total: Decimal

    @property
    def total_wan(self) -> str:
        return format_ten_thousand(self.total)


def stage_lines(projects: QuerySet[IntegrationProject]) -> list[StageLine]:
    rows = projects.order_by().values("stage").annotate(count=Count("pk"), total=Sum("total"))
    found = {row["stage"]: (row["count"], row["total"]) for row in rows}
    lines = []
    for stage in ProjectStage:
        count, total = found.get(stage.value, (0, NOTHING))
        lines.append(StageLine(stage=stage.value, label=stage.label, count=count, total=total))
    return lines


@dataclass(frozen=True, kw_only=True)
class ProgressLine:
    """A project under construction against its even plan (投资进度一行)."""

    project: IntegrationProject
    completed: Decimal
    planned: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """What is missing against the plan; None without a plan (差距)."""
        return None if self.planned is None else self.planned - self.completed

    @property
    def share(self) -> Decimal:
        return (self.completed * 100 / self.project.total).quantize(Decimal("0.1"))


def progress_lines(
    projects: QuerySet[IntegrationProject], *, today: datetime.date
) -> list[ProgressLine]:
    """Projects that are being built, the one furthest behind first (投资进度对计划)."""
    rows = projects_for_list(projects.filter(stage__in=sorted(BUILDING_STAGES)), today=today)
    lines = [
        ProgressLine(
            project=row,
            completed=row.completed,  # type: ignore[attr-defined]
            planned=planned_by(total=row.total, starts=row.starts_on, ends=row.ends_on, on=today),
        )
        for row in rows.order_by("pk")
    ]
    return sorted(lines, key=lambda line: -(line.gap or NOTHING))


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """One county: its projects, money and what is late (县区一行)."""

    division: Division
    projects: int
    in_use: int
    total: Decimal
    completed: Decimal
    late: int

    @property
    def total_wan(self) -> str:
        return format_ten_thousand(self.total)

    @property
    def completed_wan(self) -> str:
        return format_ten_thousand(self.completed)


def place_lines(projects: QuerySet[IntegrationProject], *, today: datetime.date) -> list[PlaceLine]:
    """The counties beside one another, by the place of the site (县区比较)."""
    rows = projects_for_list(projects.exclude(stage=ProjectStage.STOPPED), today=today)
    grouped: dict[str, list[IntegrationProject]] = {}
    for row in rows.order_by("division_id", "pk"):
        grouped.setdefault(row.division_id, []).append(row)
    return [place_line(found) for found in grouped.values()]


def place_line(rows: Sequence[IntegrationProject]) -> PlaceLine:
    running = [row for row in rows if row.stage not in ENDED_STAGES]
    return PlaceLine(
        division=rows[0].division,
        projects=len(rows),
        in_use=sum(row.stage == ProjectStage.IN_USE for row in rows),
        total=sum((row.total for row in rows), NOTHING),
        completed=sum((row.completed for row in rows), NOTHING),  # type: ignore[attr-defined]
        late=sum(row.late_count for row in running),  # type: ignore[attr-defined]
    )


def public_projects() -> QuerySet[IntegrationProject]:
    """Projects that are being built or finished, for everybody (公开项目)."""
    rows = IntegrationProject.objects.filter(stage__in=sorted(PUBLIC_STAGES))
    return rows.select_related("owner", "division").order_by("-stage_since", "-pk")
