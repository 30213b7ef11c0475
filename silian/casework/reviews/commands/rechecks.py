"""Re-check a status every year: compute on today's facts, confirm by an official."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState, RecheckState
from silian.casework.reviews.events.duties import RecheckConfirmed
from silian.casework.reviews.models import Duty, Recheck, Recognition
from silian.casework.reviews.permissions.recognitions import require_keeper
from silian.casework.reviews.queries.rechecks import comparison_of
from silian.casework.reviews.workflow.recheck import recheck as table
from silian.casework.reviews.workflow.recognition import LIVING
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish

AHEAD = datetime.timedelta(days=30)  # the authority has a month to look before the term


def make_due_rechecks(*, on: datetime.date) -> int:
    """Compute every re-check whose term is near; a second run computes nothing (年度复核)."""
    rows = Duty.objects.filter(
        kind=DutyKind.RECHECK,
        state=DutyState.DUE,
        due_on__lte=on + AHEAD,
        recognition__state__in=sorted(LIVING),
        recheck__isnull=True,
    )
    made = 0
    for duty in rows.select_related(
        "recognition__dossier__campaign__version", "recognition__dossier__applicant"
    ).order_by("pk"):
        made += (
            make_recheck(recognition=duty.recognition, year=duty.year or on.year, on=on, duty=duty)
            is not None
        )
    return made


@transaction.atomic
def make_recheck(
    *,
    recognition: Recognition,
    year: int,
    on: datetime.date,
    duty: Duty | None = None,
    actor: Actor | None = None,
) -> Recheck | None:
    """Judge a status by today's facts against the frozen ones; None when the year has one."""
    actor = actor or system_actor()
    require_keeper(actor, recognition)
    if recognition.state not in LIVING:
        raise WrongState(f"当前为“{recognition.get_state_display()}”，不需要复核。")
    found = comparison_of(recognition, on=on)
    recheck, is_new = Recheck.objects.get_or_create(
        recognition=recognition,
        year=year,
        defaults={
            "duty": duty,
            "points_before": found.points_before,
            "points_now": found.points_now,
            "is_met": found.is_met,
            "lines": [line.as_json() for line in found.lines],
            "made_at": timezone.now(),
        },
    )
    if not is_new:
        return None
    record(actor, "reviews.recheck.made", recognition, reason=str(year))
    return recheck


@transaction.atomic
def confirm_recheck(*, recheck_id: int, passes: bool, note: str, actor: Actor) -> Recheck:
    """Say whether the status passed its yearly re-check; the duty is done with it (确认复核)."""
    rows = Recheck.objects.select_for_update(of=("self",)).select_related(
        "recognition__scheme", "recognition__dossier__campaign", "duty"
    )
    recheck = rows.get(pk=recheck_id)
    require_keeper(actor, recheck.recognition)
    if not note.strip():
        raise DomainError("请写明复核意见。", field="note")
    step = "pass" if passes else "fail"
    recheck.state = table.target(step, state=RecheckState(recheck.state))
    recheck.note, recheck.confirmed_by_id = note.strip(), actor.user_id
    recheck.confirmed_at = timezone.now()
    recheck.save(update_fields=["state", "note", "confirmed_by", "confirmed_at"])
    if recheck.duty is not None:
        recheck.duty.state = DutyState.DONE
        recheck.duty.checked_by_id = actor.user_id
        recheck.duty.checked_at = recheck.confirmed_at
        recheck.duty.save(update_fields=["state", "checked_by", "checked_at"])
    record(actor, "reviews.recheck.confirmed", recheck.recognition, reason=recheck.note)
    publish(RecheckConfirmed(recheck_id=recheck.pk))
    return recheck
