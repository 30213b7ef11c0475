"""Reads of informed consents: by link, and those that wait."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
    ConsentState,
    SelfChoiceState,
)
from silian.operations.placements.models import ConsentLink, InternshipConsent
from silian.operations.placements.permissions.internships import consents_visible_to


def open_link(*, token: str, now: datetime.datetime) -> ConsentLink | None:
    """The link, if it still works (有效链接)."""
    rows = ConsentLink.objects.opened_by(token).working(now=now)
    return rows.select_related(
        "consent__person", "consent__internship__person", "consent__self_choice__person"
    ).first()


def consents_waiting_for(actor: Actor) -> QuerySet[InternshipConsent]:
    """What the acting person has to answer, the most urgent first (待答复)."""
    if actor.user_id is None:
        return InternshipConsent.objects.none()
    rows = consents_visible_to(actor).filter(
        person__user_id=actor.user_id, state=ConsentState.WAITING
    )
    open_rows = rows.filter(internship__state__in=sorted(LIVE_STATES)) | rows.filter(
        self_choice__state=SelfChoiceState.WITH_GUARDIAN
    )
    return open_rows.select_related(
        "internship__organisation", "internship__person", "self_choice__organisation"
    ).order_by("due_at", "pk")
