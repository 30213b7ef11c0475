"""End internships: by the term, before it, or before they began."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.agreements import close_agreement
from silian.operations.placements.commands.preparing import locked_internship
from silian.operations.placements.events.internships import InternshipEnded, InternshipFinished
from silian.operations.placements.models import Internship, PostMove
from silian.operations.placements.permissions.internships import acting_side
from silian.operations.placements.rules.internship_life import last_days
from silian.operations.placements.workflow.internship import internship as life

NEVER_BEGAN = "实习期满仍未到岗"


@transaction.atomic
def end_early(
    *, internship_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> Internship:
    """End an internship today, by school, host or student; the agreement ends with it (提前结束).

    Today is the last day in post, so the student is free from tomorrow on.
    """
    today = timezone.localdate(now)
    internship = locked_internship(internship_id, actor=actor)
    side = acting_side(actor, internship, "end_early")
    internship.state = life.target(
        "end_early",
        state=InternshipState(internship.state),
        reason=reason,
        ends_on=internship.ends_on,
        today=today,
    )
    internship.ended_by, internship.end_reason = side, reason.strip()[:300]
    close_days(internship, today=today)
    close_agreement(internship=internship, reason=internship.end_reason, on=today, now=now)
    record(actor, "placements.internship.ended_early", internship, reason=reason)
    publish(InternshipEnded(internship_id=internship.pk))
    return internship


def close_days(internship: Internship, *, today: datetime.date) -> None:
    """Set the last day, and close the open post period and interruption with it."""
    internship.ended_on, internship.ends_on = last_days(
        starts_on=internship.starts_on, ends_on=internship.ends_on, today=today
    )
    internship.save(update_fields=["state", "ended_on", "ends_on", "ended_by", "end_reason"])
    internship.post_periods.filter(ends_on=None).update(ends_on=internship.ends_on)
    internship.interruptions.filter(ends_on=None).update(ends_on=internship.ends_on)
    PostMove.objects.filter(internship=internship, done_at=None, dropped_at=None).delete()


@transaction.atomic
def finish_internship(*, internship_id: int, actor: Actor, on: datetime.date) -> Internship:
    """Close an internship whose term is over (期满)."""
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "finish")
    internship.state = life.target(
        "finish", state=InternshipState(internship.state), ends_on=internship.ends_on, today=on
    )
    close_days(internship, today=on)
    record(actor, "placements.internship.finished", internship)
    publish(InternshipFinished(internship_id=internship.pk))
    return internship


@transaction.atomic
def cancel_internship(
    *, internship_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> Internship:
    """Take back an internship that has not begun; its agreement goes with it (取消安排)."""
    internship = locked_internship(internship_id, actor=actor)
    side = acting_side(actor, internship, "cancel")
    internship.state = life.target("cancel", state=InternshipState(internship.state), reason=reason)
    internship.ended_by, internship.end_reason = side, reason.strip()[:300]
    internship.save(update_fields=["state", "ended_by", "end_reason"])
    close_agreement(
        internship=internship,
        reason=internship.end_reason,
        on=timezone.localdate(now),
        now=now,
    )
    record(actor, "placements.internship.cancelled", internship, reason=reason)
    publish(InternshipEnded(internship_id=internship.pk))
    return internship


def close_due(*, now: datetime.datetime) -> int:
    """Finish what is over and cancel what never began, each in its own transaction (到期办理)."""
    today, actor = timezone.localdate(now), system_actor()
    over = Internship.objects.filter(ends_on__lte=today).order_by("pk")
    present = (InternshipState.IN_POST, InternshipState.INTERRUPTED)
    waiting = (InternshipState.PLANNED, InternshipState.PREPARING)
    finished = list(over.filter(state__in=present).values_list("pk", flat=True))
    unbegun = list(over.filter(state__in=waiting).values_list("pk", flat=True))
    for internship_id in finished:
        finish_internship(internship_id=internship_id, actor=actor, on=today)
    for internship_id in unbegun:
        cancel_internship(internship_id=internship_id, actor=actor, reason=NEVER_BEGAN, now=now)
    return len(finished) + len(unbegun)
