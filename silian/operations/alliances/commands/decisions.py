"""Draft, change, drop and revoke decisions of a meeting."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.coordination import DecisionState, MeetingState
from silian.operations.alliances.commands.meetings import locked_meeting
from silian.operations.alliances.events.coordination import DecisionRevoked
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import AgendaItem
from silian.operations.alliances.permissions.coordination import (
    decisions_visible_to,
    require_runner,
)
from silian.operations.alliances.rules.meetings import decision_number
from silian.operations.alliances.workflow.decision import decision as steps

DRAFTABLE = frozenset({MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.HELD})


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What is typed about a decision (决定事项)."""

    text: str
    item_id: int | None
    lead_id: int | None
    cooperating: Collection[int]
    due_on: datetime.date | None


@transaction.atomic
def draft_decision(*, meeting_id: int, facts: DecisionFacts, actor: Actor) -> Decision:
    """Write down what the meeting decides; it stands once the minutes are signed (拟定决定)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    if meeting.state not in DRAFTABLE:
        raise WrongState(f"会议当前为“{meeting.get_state_display()}”，不能再增加决定。")
    refuse_unknown_item(facts, meeting_id=meeting.pk)
    decision = Decision.objects.create(
        meeting=meeting,
        number=decision_number(meeting=meeting.number, count=meeting.decisions.count()),
        item_id=facts.item_id,
        text=facts.text.strip(),
        lead_id=facts.lead_id,
        due_on=facts.due_on,
    )
    decision.cooperating.set(set(facts.cooperating) - {facts.lead_id})
    record(actor, "alliances.decision.drafted", decision)
    return decision


def refuse_unknown_item(facts: DecisionFacts, *, meeting_id: int) -> None:
    if facts.item_id is None:
        return
    if not AgendaItem.objects.filter(pk=facts.item_id, meeting_id=meeting_id).exists():
        raise DomainError("议题不属于这次会议，请重新选择。", field="item")


def locked_decision(*, decision_id: int, actor: Actor) -> Decision:
    rows = decisions_visible_to(actor).select_related("meeting__body")
    decision = rows.select_for_update(of=("self",)).get(pk=decision_id)
    require_runner(actor, division=decision.meeting.body.division_id)
    return decision


@transaction.atomic
def drop_decision(*, decision_id: int, actor: Actor) -> None:
    """Take out a decision that was only drafted (删除拟定的决定)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    if decision.state != DecisionState.DRAFT:
        raise WrongState("决定已签发，不能删除。如需停止执行，请撤销并写明理由。")
    record(actor, "alliances.decision.dropped", decision, detail={"text": decision.text})
    decision.delete()


@transaction.atomic
def revoke_decision(*, decision_id: int, reason: str, actor: Actor) -> Decision:
    """Revoke a decision that was made; its task is told (撤销决定)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明撤销理由和依据。", field="reason")
    decision.state = steps.target("revoke", state=DecisionState(decision.state))
    decision.revoke_reason = reason.strip()[:300]
    decision.save(update_fields=["state", "revoke_reason"])
    record(actor, "alliances.decision.revoked", decision, reason=decision.revoke_reason)
    publish(DecisionRevoked(decision_id=decision.pk, reason=decision.revoke_reason))
    return decision
