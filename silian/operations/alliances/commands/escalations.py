"""Bring a problem before a body; put it on an agenda, answer it, or return it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.alliances.choices.coordination import EscalationState
from silian.operations.alliances.commands.meetings import locked_meeting, refuse_settled
from silian.operations.alliances.events.coordination import EscalationAnswered, EscalationRaised
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import AgendaItem
from silian.operations.alliances.permissions.coordination import (
    bodies_visible_to,
    decisions_visible_to,
    escalations_visible_to,
    may_raise,
    require_runner,
)
from silian.operations.alliances.workflow.escalation import escalation as steps

WORKING_DAYS_TO_SCHEDULE = 10  # the office's promise; no policy sets a number


@transaction.atomic
def raise_escalation(
    *, body_id: int, title: str, detail: str, actor: Actor, now: datetime.datetime
) -> Escalation:
    """Bring before a body what one's unit cannot solve alone (提请协调)."""
    if not may_raise(actor):
        raise NotAllowed("提请协调由政府部门经办人员办理，请联系贵单位管理员授权。")
    body = bodies_visible_to(actor).get(pk=body_id)
    if body.ended_on is not None:
        raise DomainError("机构已撤销，请选现行的机构。", field="body")
    row = Escalation.objects.create(
        body=body,
        raised_by_id=actor.organisation_id or 0,
        title=title.strip(),
        detail=detail.strip(),
        raised_by_user_id=actor.user_id or 0,
        raised_at=now,
        due_at=site_deadline(now, working_days=WORKING_DAYS_TO_SCHEDULE).due_at,
    )
    record(actor, "alliances.escalation.raised", row)
    publish(EscalationRaised(escalation_id=row.pk))
    return row


def locked_escalation(*, escalation_id: int, actor: Actor) -> Escalation:
    rows = escalations_visible_to(actor).select_related("body")
    row = rows.select_for_update(of=("self",)).get(pk=escalation_id)
    require_runner(actor, division=row.body.division_id)
    return row


@transaction.atomic
def schedule_escalation(*, escalation_id: int, meeting_id: int, actor: Actor) -> Escalation:
    """Put a problem on the agenda of a coming meeting (列入议题)."""
    row = locked_escalation(escalation_id=escalation_id, actor=actor)
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    if meeting.body_id not in family_of(row.body):
        raise DomainError("会议不属于受理的机构，请选该机构或其办公室的会议。", field="meeting")
    refuse_settled(meeting)
    row.state = steps.target("schedule", state=EscalationState(row.state))
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    row.item = AgendaItem.objects.create(
        meeting=meeting, order=last + 1, title=row.title, presenter_id=row.raised_by_id
    )
    row.save(update_fields=["state", "item"])
    record(actor, "alliances.escalation.scheduled", row, detail={"meeting": meeting.pk})
    publish(EscalationAnswered(escalation_id=row.pk))
    return row


def family_of(body: CoordinatingBody) -> set[int]:
    """The body, its parent, and its offices."""
    own = {body.pk, *body.offices.values_list("pk", flat=True)}
    return own | ({body.parent_id} if body.parent_id else set())


@transaction.atomic
def resolve_escalation(
    *,
    escalation_id: int,
    answer: str,
    decision_id: int | None,
    actor: Actor,
    now: datetime.datetime,
) -> Escalation:
    """Answer the problem, naming the decision that settled it where there is one (答复办结)."""
    row = locked_escalation(escalation_id=escalation_id, actor=actor)
    if not answer.strip():
        raise DomainError("请写明协调结果，提请单位会看到。", field="answer")
    if decision_id is not None:
        row.decision = decisions_visible_to(actor).get(pk=decision_id)
    row.state = steps.target("resolve", state=EscalationState(row.state))
    return ended(row, answer=answer, verb="resolved", actor=actor, now=now)


@transaction.atomic
def return_escalation(
    *, escalation_id: int, answer: str, actor: Actor, now: datetime.datetime
) -> Escalation:
    """Send a problem back with the reason and the way to take (退回)."""
    row = locked_escalation(escalation_id=escalation_id, actor=actor)
    if not answer.strip():
        raise DomainError("请写明退回的理由和建议的办理途径。", field="answer")
    row.state = steps.target("return", state=EscalationState(row.state))
    return ended(row, answer=answer, verb="returned", actor=actor, now=now)


def ended(
    row: Escalation, *, answer: str, verb: str, actor: Actor, now: datetime.datetime
) -> Escalation:
    row.answer, row.ended_at = answer.strip()[:500], now
    row.save(update_fields=["state", "answer", "ended_at", "decision"])
    record(actor, f"alliances.escalation.{verb}", row)
    publish(EscalationAnswered(escalation_id=row.pk))
    return row
