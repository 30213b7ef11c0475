"""What pages of problems read, and how they fare."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.coordination import (
    OPEN_ESCALATIONS,
    EscalationState,
)
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.permissions.coordination import (
    escalations_visible_to,
    may_run_coordination,
)


def escalations_for_list(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return rows.select_related(
        "body", "raised_by", "item__meeting", "decision__meeting", "raised_by_user"
    )


@dataclass(frozen=True, kw_only=True)
class EscalationFigures:
    """How problems brought before bodies fare (协调时效)."""

    open_count: int
    late_count: int
    ended_count: int
    average_days: float | None


def escalation_figures(actor: Actor, *, now: datetime.datetime) -> EscalationFigures:
    rows = list(
        escalations_visible_to(actor).values_list("state", "raised_at", "due_at", "ended_at")
    )
    days = [(ended - raised).days for _, raised, _, ended in rows if ended]
    late = sum(state == EscalationState.RAISED and due < now for state, _, due, _ in rows)
    return EscalationFigures(
        open_count=sum(state in OPEN_ESCALATIONS for state, *_ in rows),
        late_count=late,
        ended_count=len(days),
        average_days=sum(days) / len(days) if days else None,
    )


def escalations_to_arrange(actor: Actor) -> QuerySet[Escalation]:
    """Problems that wait for a place on an agenda."""
    if not may_run_coordination(actor):
        return Escalation.objects.none()
    rows = escalations_visible_to(actor).filter(state=EscalationState.RAISED)
    return rows.select_related("raised_by", "body").order_by("due_at", "pk")
