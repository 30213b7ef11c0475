"""What every act on a complaint shares: its lock, its step, its way up."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.operations.placements.choices.complaints import (
    ComplaintChannel,
    ComplaintStepKind,
)
from silian.operations.placements.models.complaints import Complaint, ComplaintStep
from silian.operations.placements.queries.authorities import ladder_of, names_of
from silian.operations.placements.rules.complaints import handler_above


def locked_complaint(complaint_id: int) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint_id)


def step(
    complaint: Complaint,
    kind: ComplaintStepKind,
    *,
    at: datetime.datetime,
    text: str = "",
    actor: Actor | None = None,
    is_shown: bool = True,
) -> ComplaintStep:
    """Note an act; without an actor it is the complainant's and names nobody."""
    return ComplaintStep.objects.create(
        complaint=complaint,
        kind=kind,
        at=at,
        organisation_id=actor.organisation_id if actor else None,
        made_by_id=actor.user_id if actor else None,
        text=text,
        is_shown=is_shown,
    )


def move_up(complaint: Complaint, *, now: datetime.datetime) -> bool:
    """Give the complaint to the authority above; False when none is registered (上移)."""
    subjects = set(complaint.subjects.values_list("organisation_id", flat=True))
    above = handler_above(
        ladder_of(division=complaint.division_id, school_id=None),
        channel=ComplaintChannel(complaint.channel),
        handler=complaint.handler_id,
        subjects=subjects,
    )
    if above is None:
        return False
    names = names_of([complaint.handler_id, above])
    words = f"由{names[complaint.handler_id]}转至{names[above]}"
    complaint.handler_id = above
    complaint.escalations += 1
    complaint.save(update_fields=["handler", "escalations"])
    step(complaint, ComplaintStepKind.ESCALATED, at=now, text=words)
    record(system_actor(), "placements.complaint.escalated", complaint)
    return True
