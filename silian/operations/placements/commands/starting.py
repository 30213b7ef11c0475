"""Let students begin: on the day, with every paper, never back-dated."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.preparing import locked_internship
from silian.operations.placements.events.internships import InternshipStarted
from silian.operations.placements.models import Internship, PostPeriod
from silian.operations.placements.permissions.internships import acting_side
from silian.operations.placements.queries.agreement_terms import candidate_of
from silian.operations.placements.queries.lawfulness import findings_of
from silian.operations.placements.queries.readiness import missing_of
from silian.operations.placements.rules.arranging import sentence_of
from silian.operations.placements.workflow.internship import internship as life


@transaction.atomic
def start_internship(*, internship_id: int, actor: Actor, now: datetime.datetime) -> Internship:
    """Put the student in post today (到岗).

    The prohibitions are asked once more: post, law or papers may have changed since.
    """
    today = timezone.localdate(now)
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "start")
    missing = missing_of(internship_ids=[internship.pk], on=today)[internship.pk]
    internship.state = life.target(
        "start",
        state=InternshipState(internship.state),
        missing=[item.label for item in missing],
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        today=today,
    )
    refuse_unlawful(internship, on=today)
    internship.started_on = today
    internship.save(update_fields=["state", "started_on"])
    PostPeriod.objects.create(internship=internship, post=internship.post, starts_on=today)
    record(actor, "placements.internship.started", internship)
    publish(InternshipStarted(internship_id=internship.pk))
    return internship


def refuse_unlawful(internship: Internship, *, on: datetime.date) -> None:
    """Raise the first prohibition that stands against the internship as it is now."""
    candidate = candidate_of(internship, post=internship.post, terms={})
    [found] = findings_of(candidates=[candidate], on=on)
    block = next((each for each in found if each.blocks), None)
    if block is not None:
        raise DomainError(sentence_of(block))


def start_internships(
    *, internship_ids: Collection[int], actor: Actor, now: datetime.datetime
) -> dict[int, str]:
    """Start each that may; the sentence of each that may not, by id (批量到岗)."""
    refused = {}
    for internship_id in sorted(internship_ids):
        try:
            start_internship(internship_id=internship_id, actor=actor, now=now)
        except DomainError as error:
            refused[internship_id] = error.sentence
    return refused
