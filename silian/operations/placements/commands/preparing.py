"""Begin the paperwork of arranged internships."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record_each
from silian.foundation.kernel.events import publish_each
from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    InternshipState,
)
from silian.operations.placements.commands.consents import ask_consents
from silian.operations.placements.events.internships import InternshipPrepared
from silian.operations.placements.models import HostAnswer, Internship
from silian.operations.placements.permissions.internships import (
    acting_side,
    internships_visible_to,
)
from silian.operations.placements.workflow.internship import internship as life


@transaction.atomic
def prepare_internships(
    *, internship_ids: Collection[int], actor: Actor, now: datetime.datetime
) -> list[Internship]:
    """Open the paperwork: student and guardian are asked for their consent (开始办理手续)."""
    rows = locked_internships(internship_ids, actor=actor)
    confirmed = confirmed_pairs(rows)
    for row in rows:
        acting_side(actor, row, "prepare")
        row.state = life.target(
            "prepare",
            state=InternshipState(row.state),
            plan_runs=row.plan.state == PlanState.APPROVED
            and (row.plan_id, row.host_id) in confirmed,
            ends_on=row.ends_on,
            today=timezone.localdate(now),
        )
    Internship.objects.bulk_update(rows, ["state"])
    in_post = [row for row in rows if row.kind in KINDS_IN_POST]
    ask_consents(internships=in_post, actor=actor, now=now)
    record_each(actor, "placements.internship.prepared", rows)
    publish_each(InternshipPrepared(internship_id=row.pk) for row in rows)
    return rows


def locked_internships(internship_ids: Collection[int], *, actor: Actor) -> list[Internship]:
    """The rows that the actor sees, locked in one order, with what the steps read."""
    seen = internships_visible_to(actor).filter(pk__in=list(internship_ids)).values("pk")
    rows = (
        Internship.objects.filter(pk__in=seen)
        .select_for_update(of=("self",))
        .select_related("person__guardian", "plan", "host", "post", "organisation", "school")
    )
    return list(rows.order_by("pk"))


def locked_internship(internship_id: int, *, actor: Actor) -> Internship:
    """One row, locked; unknown when the actor does not see it."""
    rows = locked_internships([internship_id], actor=actor)
    if not rows:
        raise Internship.DoesNotExist
    return rows[0]


def confirmed_pairs(rows: Collection[Internship]) -> set[tuple[int, int]]:
    """Which plans which hosts have confirmed."""
    answers = HostAnswer.objects.filter(
        plan__in={row.plan_id for row in rows}, state=AnswerState.CONFIRMED
    )
    return set(answers.values_list("plan_id", "host_id"))
