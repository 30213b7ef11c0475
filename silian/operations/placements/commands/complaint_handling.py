"""What the handler does: accept, ask, note, answer; and what the clock does when he does not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.complaints import (
    ComplaintResult,
    ComplaintState,
    ComplaintStepKind,
)
from silian.operations.placements.commands.complaint_steps import (
    locked_complaint,
    move_up,
    step,
)
from silian.operations.placements.events.complaints import ComplaintClosed, ComplaintMoved
from silian.operations.placements.models.complaints import Complaint, ComplaintStep
from silian.operations.placements.permissions.complaints import require_handler
from silian.operations.placements.rules.complaints import (
    ACCEPT_WORKING_DAYS,
    HANDLE_WORKING_DAYS,
)
from silian.operations.placements.workflow.complaints import complaint as steps

UNACCEPTED = (ComplaintState.FILED, ComplaintState.APPEALED)


def handled(complaint_id: int, *, actor: Actor) -> Complaint:
    complaint = locked_complaint(complaint_id)
    require_handler(actor, complaint)
    return complaint


@transaction.atomic
def accept_complaint(
    *, complaint_id: int, actor: Actor, now: datetime.datetime, text: str = ""
) -> Complaint:
    """Take a complaint up; the clock of handling begins (受理)."""
    complaint = handled(complaint_id, actor=actor)
    complaint.state = steps.target("accept", state=ComplaintState(complaint.state))
    complaint.was_late = complaint.was_late or now >= complaint.accept_due_at
    complaint.accepted_at = now
    complaint.due_at = site_deadline(now, working_days=HANDLE_WORKING_DAYS).due_at
    complaint.save(update_fields=["state", "was_late", "accepted_at", "due_at"])
    step(complaint, ComplaintStepKind.ACCEPTED, at=now, text=text.strip(), actor=actor)
    record(actor, "placements.complaint.accepted", complaint)
    publish(ComplaintMoved(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def decline_complaint(
    *, complaint_id: int, actor: Actor, text: str, now: datetime.datetime
) -> Complaint:
    """Say why a complaint is not taken up, and where to go (不予受理)."""
    complaint = handled(complaint_id, actor=actor)
    complaint.state = steps.target("decline", state=ComplaintState(complaint.state), answer=text)
    complaint.answer, complaint.closed_at = text.strip(), now
    complaint.was_late = complaint.was_late or now >= complaint.accept_due_at
    complaint.save(update_fields=["state", "answer", "closed_at", "was_late"])
    step(complaint, ComplaintStepKind.DECLINED, at=now, text=text.strip(), actor=actor)
    record(actor, "placements.complaint.declined", complaint)
    publish(ComplaintClosed(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def ask_complainant(
    *, complaint_id: int, actor: Actor, text: str, now: datetime.datetime
) -> Complaint:
    """Ask the complainant for more; the clock waits for the answer (请求补充)."""
    complaint = handled(complaint_id, actor=actor)
    complaint.state = steps.target("ask", state=ComplaintState(complaint.state), answer=text)
    complaint.save(update_fields=["state"])
    step(complaint, ComplaintStepKind.ASKED, at=now, text=text.strip(), actor=actor)
    record(actor, "placements.complaint.asked", complaint)
    publish(ComplaintMoved(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def note_inquiry(
    *,
    complaint_id: int,
    actor: Actor,
    text: str,
    now: datetime.datetime,
    is_shown: bool = False,
    proofs: Sequence[Any] = (),
) -> ComplaintStep:
    """Keep what the inquiry found (调查记录); the state stays."""
    complaint = handled(complaint_id, actor=actor)
    if complaint.state not in (ComplaintState.ACCEPTED, ComplaintState.ASKED):
        raise DomainError("受理后、办结前可以记录调查情况。")
    if not text.strip():
        raise DomainError("请写明调查情况。", field="text")
    made = step(
        complaint,
        ComplaintStepKind.NOTED,
        at=now,
        text=text.strip(),
        actor=actor,
        is_shown=is_shown,
    )
    for proof in proofs:
        store_upload(upload=proof, subject=made, actor=actor)
    record(actor, "placements.complaint.noted", complaint)
    return made


@transaction.atomic
def resolve_complaint(
    *,
    complaint_id: int,
    actor: Actor,
    result: ComplaintResult,
    text: str,
    now: datetime.datetime,
) -> Complaint:
    """Answer a complaint with a finding (办结答复)."""
    complaint = handled(complaint_id, actor=actor)
    complaint.state = steps.target("resolve", state=ComplaintState(complaint.state), answer=text)
    late = complaint.due_at is not None and now >= complaint.due_at
    complaint.result, complaint.answer, complaint.closed_at = result, text.strip(), now
    complaint.was_late = complaint.was_late or late
    complaint.save(update_fields=["state", "result", "answer", "closed_at", "was_late"])
    label = ComplaintResult(result).label
    words = f"结论：{label}。{text.strip()}"
    step(complaint, ComplaintStepKind.RESOLVED, at=now, text=words, actor=actor)
    record(actor, "placements.complaint.resolved", complaint)
    publish(ComplaintClosed(complaint_id=complaint.pk))
    return complaint


def overdue_complaint_ids(*, now: datetime.datetime) -> list[int]:
    """Complaints whose clock has run out and that nobody above has yet (逾期投诉)."""
    rows = Complaint.objects.filter(
        Q(state__in=UNACCEPTED, accept_due_at__lte=now)
        | Q(state=ComplaintState.ACCEPTED, due_at__lte=now)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def escalate_complaint(*, complaint_id: int, now: datetime.datetime) -> bool:
    """Give a late complaint to the authority above, with a new clock (逾期上移).

    Where nobody stands above, it stays and counts as late.
    """
    complaint = locked_complaint(complaint_id)
    if complaint.pk not in overdue_complaint_ids(now=now):
        return False
    moved = move_up(complaint, now=now)
    if not moved and complaint.was_late:
        return False
    complaint.was_late = True
    if moved and complaint.state in UNACCEPTED:
        complaint.accept_due_at = site_deadline(now, working_days=ACCEPT_WORKING_DAYS).due_at
    elif moved:
        complaint.due_at = site_deadline(now, working_days=HANDLE_WORKING_DAYS).due_at
    complaint.save(update_fields=["was_late", "accept_due_at", "due_at"])
    publish(ComplaintMoved(complaint_id=complaint.pk))
    return moved
