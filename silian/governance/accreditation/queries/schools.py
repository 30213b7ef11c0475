"""What pages of school projects read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.histories import entry_of
from silian.governance.accreditation.choices.schools import ConditionState, SchoolProjectState
from silian.governance.accreditation.models.schools import (
    SchoolBlock,
    SchoolCondition,
    SchoolMilestone,
    SchoolProject,
)
from silian.governance.accreditation.permissions.schools import school_projects_visible_to
from silian.governance.accreditation.rules.milestones import (
    Days,
    Forecast,
    forecast,
    milestone_words,
)
from silian.governance.accreditation.rules.school_projects import plain_number, standard_words


@dataclass(frozen=True, kw_only=True)
class SchoolStanding:
    """A school project as the list shows it: conditions, blocks, forecast (一行)."""

    project: SchoolProject
    conditions: int
    met: int
    blocks: int
    longest_block: int
    forecast: Forecast

    @property
    def pk(self) -> int:
        return self.project.pk

    @property
    def days_over(self) -> int | None:
        """Days by which the forecast misses the target day; None where nothing is forecast."""
        if self.forecast.on is None or self.project.state != SchoolProjectState.ACTIVE:
            return None
        return (self.forecast.on - self.project.target_on).days


def standings_of(rows: QuerySet[SchoolProject], *, today: datetime.date) -> list[SchoolStanding]:
    """The projects with their counts, in a fixed number of queries."""
    found = rows.select_related("school", "division", "keeper").prefetch_related(
        "conditions", "milestones", Prefetch("blocks", SchoolBlock.objects.filter(solved_on=None))
    )
    return [standing_of(project, today=today) for project in found]


def standing_of(project: SchoolProject, *, today: datetime.date) -> SchoolStanding:
    conditions = list(project.conditions.all())
    open_blocks = [row for row in project.blocks.all() if row.solved_on is None]
    return SchoolStanding(
        project=project,
        conditions=len(conditions),
        met=sum(row.state == ConditionState.MET for row in conditions),
        blocks=len(open_blocks),
        longest_block=max((row.days_blocked(today=today) for row in open_blocks), default=0),
        forecast=forecast_of(project.milestones.all(), today=today),
    )


def forecast_of(milestones: Any, *, today: datetime.date) -> Forecast:
    rows = [Days(planned_on=row.planned_on, done_on=row.done_on) for row in milestones]
    return forecast(milestones=rows, today=today)


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """A condition as the page shows it (条件一行)."""

    condition: SchoolCondition
    standard: str
    value: str


def condition_line(row: SchoolCondition) -> ConditionLine:
    value = f"{plain_number(row.value)} {row.unit}".strip() if row.value is not None else "—"
    words = standard_words(comparison=row.comparison, standard=row.standard, unit=row.unit)
    return ConditionLine(condition=row, standard=words, value=value)


def school_page(project: SchoolProject, *, today: datetime.date) -> dict[str, Any]:
    """The context of the page of one school project."""
    blocks = list(project.blocks.select_related("owner"))
    milestones: list[SchoolMilestone] = list(project.milestones.all())
    lines = []
    for row in milestones:
        word, tone = milestone_words(planned_on=row.planned_on, done_on=row.done_on, today=today)
        lines.append({"milestone": row, "word": word, "tone": tone})
    return {
        "project": project,
        "standing": standing_of(project, today=today),
        "conditions": [condition_line(row) for row in project.conditions.all()],
        "milestones": lines,
        "blocks": [{"block": row, "days": row.days_blocked(today=today)} for row in blocks],
        "history": [
            entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
            for act in history_of(project)
        ],
    }


def conditions_to_check(actor: Actor) -> QuerySet[SchoolCondition]:
    """Conditions that a school reported and nobody has checked (待核对)."""
    rows = SchoolCondition.objects.filter(
        project__in=school_projects_visible_to(actor).exclude(school_id=actor.organisation_id or 0),
        project__state=SchoolProjectState.ACTIVE,
        state=ConditionState.OPEN,
    ).exclude(evidence="")
    return rows.select_related("project__school").order_by("project_id", "order")


def blocks_of_unit(actor: Actor) -> QuerySet[SchoolBlock]:
    """What the actor's own unit must remove (本单位要解决的卡点)."""
    rows = SchoolBlock.objects.filter(
        owner_id=actor.organisation_id or 0,
        solved_on__isnull=True,
        project__state=SchoolProjectState.ACTIVE,
    )
    return rows.select_related("project__school").order_by("since", "pk")
