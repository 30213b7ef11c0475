"""Interrupt internships, and let them go on."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.preparing import locked_internship
from silian.operations.placements.commands.starting import refuse_unlawful
from silian.operations.placements.events.internships import (
    InternshipInterrupted,
    InternshipResumed,
)
from silian.operations.placements.models import Internship, Interruption
from silian.operations.placements.permissions.internships import acting_side
from silian.operations.placements.queries.readiness import missing_of
from silian.operations.placements.workflow.internship import internship as life


@transaction.atomic
def interrupt_internship(
    *, internship_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> Internship:
    """Let the student stop working from today on (中断实习)."""
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "interrupt")
    internship.state = life.target(
        "interrupt", state=InternshipState(internship.state), reason=reason
    )
    internship.save(update_fields=["state"])
    Interruption.objects.create(
        internship=internship,
        starts_on=timezone.localdate(now),
        reason=reason.strip()[:300],
        recorded_by_id=actor.user_id,
    )
    record(actor, "placements.internship.interrupted", internship, reason=reason)
    publish(InternshipInterrupted(internship_id=internship.pk))
    return internship


@transaction.atomic
def resume_internship(*, internship_id: int, actor: Actor, now: datetime.datetime) -> Internship:
    """Let the student work again, with every paper still in force (恢复实习)."""
    today = timezone.localdate(now)
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "resume")
    missing = missing_of(internship_ids=[internship.pk], on=today)[internship.pk]
    internship.state = life.target(
        "resume",
        state=InternshipState(internship.state),
        missing=[item.label for item in missing],
        ends_on=internship.ends_on,
        today=today,
    )
    refuse_unlawful(internship, on=today)
    internship.save(update_fields=["state"])
    internship.interruptions.filter(ends_on=None).update(ends_on=today)
    record(actor, "placements.internship.resumed", internship)
    publish(InternshipResumed(internship_id=internship.pk))
    return internship
