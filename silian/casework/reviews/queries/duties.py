"""Which duties are owed, waiting and late."""

from __future__ import annotations

import datetime

from django.db.models import F, QuerySet

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState, RecognitionState
from silian.casework.reviews.models import Duty, Recognition
from silian.casework.reviews.permissions.recognitions import (
    duties_visible_to,
    recognitions_held_by,
    recognitions_kept_by,
)
from silian.casework.reviews.rules.duties import Held
from silian.casework.reviews.workflow.recognition import LIVING
from silian.foundation.kernel.actors import Actor

TO_DO = (DutyState.DUE, DutyState.RETURNED)
RELATED = ("recognition__scheme", "recognition__holder", "recognition__division")


def held_of(recognition: Recognition) -> Held | None:
    """The status as duties see it: a warning or a suspension frees nobody (义务主体)."""
    if recognition.state not in LIVING:
        return None
    is_final = recognition.certified_on is not None
    return Held(
        state=RecognitionState.CERTIFIED if is_final else RecognitionState.INCUBATING,
        entered_on=recognition.entered_on,
        certified_on=recognition.certified_on,
    )


def living(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return rows.filter(recognition__state__in=sorted(LIVING))


def duties_to_do(actor: Actor) -> QuerySet[Duty]:
    """What the actor's organisation has to send in, nearest first (待提交)."""
    rows = Duty.objects.filter(recognition__in=recognitions_held_by(actor), state__in=TO_DO)
    open_rows = living(rows).exclude(kind=DutyKind.RECHECK)
    return open_rows.select_related(*RELATED).order_by("due_on", "pk")


def duties_to_check(actor: Actor) -> QuerySet[Duty]:
    """What holders sent in and the actor's department has to check (待审查)."""
    rows = Duty.objects.filter(
        recognition__in=recognitions_kept_by(actor), state=DutyState.SUBMITTED
    ).exclude(submitted_by_id=actor.user_id)
    return rows.select_related(*RELATED).order_by("submitted_at", "pk")


def overdue_duties(rows: QuerySet[Duty], *, on: datetime.date) -> QuerySet[Duty]:
    """Those whose term is over and that holders have not done (逾期)."""
    late = living(rows).filter(due_on__lt=on, state__in=[*TO_DO, DutyState.MISSED])
    return late.exclude(kind=DutyKind.RECHECK).select_related(*RELATED)


def duties_for_list(actor: Actor) -> QuerySet[Duty]:
    """Every duty that the actor may see, with what a list shows."""
    return duties_visible_to(actor).select_related(*RELATED)


def public_duties(recognition: Recognition) -> QuerySet[Duty]:
    """What the holder published and the authority passed (公开的规划和报告)."""
    return recognition.duties.filter(is_public=True, state=DutyState.DONE).order_by(
        F("year").desc(nulls_last=True), "pk"
    )
