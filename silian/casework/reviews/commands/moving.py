"""Bring a dossier to another state: the one place that changes it."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.events.dossiers import DossierMoved
from silian.casework.reviews.models import Dossier, Passage
from silian.casework.reviews.rules.progress import STEP_TO, stage_after
from silian.casework.reviews.workflow.dossier import dossier as table
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline


def move(*, dossier: Dossier, step: str, working_days: int | None = None, **facts: object) -> None:
    """Take a step of the table on a locked dossier, start its clock, tell the others (流转).

    The stay that ends here is kept, so that days per stage can be counted.
    """
    now = timezone.now()
    target = table.target(step, state=DossierState(dossier.state), **facts)
    Passage.objects.create(
        dossier=dossier,
        state=dossier.state,
        step=step,
        entered_at=min(dossier.state_since, now),
        left_at=now,
        due_on=dossier.due_on,
    )
    dossier.state = target
    dossier.state_since = now
    dossier.due_on = deadline_day(now, working_days=working_days)
    dossier.save(update_fields=["state", "state_since", "due_on"])
    publish(DossierMoved(dossier_id=dossier.pk, state=dossier.state))


def move_on(*, dossier: Dossier) -> DossierState:
    """Take the step to the next stage of the scheme's procedure; the stage that was reached.

    What the stage needs (opinions asked, experts drawn, a visit planned) is done by its commands.
    """
    following = stage_after(DossierState(dossier.state), values=dossier.campaign.values)
    move(dossier=dossier, step=STEP_TO[following])
    return following


def deadline_day(starts: datetime.datetime, *, working_days: int | None) -> datetime.date | None:
    return None if working_days is None else site_deadline(starts, working_days=working_days).due_on
