"""Recognitions as lists and pages show them."""

from __future__ import annotations

import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from silian.casework.reviews.choices.recognitions import (
    OPEN_REMOVALS,
    ActKind,
    DutyKind,
    DutyState,
    RecognitionState,
    RemovalState,
)
from silian.casework.reviews.models import Duty, Recognition, RecognitionAct, Removal
from silian.casework.reviews.permissions.recognitions import (
    recognitions_held_by,
    recognitions_kept_by,
    recognitions_visible_to,
    removals_visible_to,
)
from silian.casework.reviews.queries.duties import TO_DO
from silian.casework.reviews.workflow.recognition import LIVING
from silian.foundation.kernel.actors import Actor

RELATED = ("scheme", "holder", "division", "dossier__person")
PAGE_RELATED = ("scheme__owner", "holder", "division", "dossier__campaign__version")
NEAR_END = datetime.timedelta(days=90)  # time for a re-check and a decision on the extension


def recognitions_for_list(actor: Actor, *, on: datetime.date) -> QuerySet[Recognition]:
    """What the actor may see, with how many duties are late."""
    late = Count(
        "duties",
        filter=Q(duties__due_on__lt=on, duties__state__in=[*TO_DO, DutyState.MISSED])
        & ~Q(duties__kind=DutyKind.RECHECK),
    )
    return recognitions_visible_to(actor).select_related(*RELATED).annotate(late_duties=late)


def recognition_for_page(actor: Actor) -> QuerySet[Recognition]:
    return recognitions_visible_to(actor).select_related(*PAGE_RELATED)


def warnings_suggested(actor: Actor) -> QuerySet[Recognition]:
    """Statuses with a missed duty after which nobody warned yet (建议警示)."""
    missed = Duty.objects.filter(recognition=OuterRef("pk"), state=DutyState.MISSED)
    warned = RecognitionAct.objects.filter(
        recognition=OuterRef("recognition"),
        kind__in=[ActKind.WARN, ActKind.SUSPEND],
        effective_on__gt=OuterRef("due_on"),
    )
    unanswered = missed.filter(~Exists(warned))
    rows = recognitions_kept_by(actor).filter(
        Exists(unanswered),
        state__in=[RecognitionState.INCUBATING, RecognitionState.CERTIFIED],
    )
    return rows.select_related("scheme").order_by("pk")


def cures_over(actor: Actor, *, on: datetime.date) -> QuerySet[RecognitionAct]:
    """Warnings whose days to cure are over while the status is still warned (整改到期)."""
    rows = RecognitionAct.objects.filter(
        recognition__in=recognitions_kept_by(actor),
        recognition__state=RecognitionState.WARNED,
        kind=ActKind.WARN,
        cure_by__lt=on,
    )
    return newest_acts(rows).select_related("recognition__scheme")


def cures_to_do(actor: Actor) -> QuerySet[RecognitionAct]:
    """What the actor's organisation has to cure (待整改)."""
    rows = RecognitionAct.objects.filter(
        recognition__in=recognitions_held_by(actor),
        recognition__state=RecognitionState.WARNED,
        kind=ActKind.WARN,
    )
    return newest_acts(rows).select_related("recognition__scheme")


def newest_acts(rows: QuerySet[RecognitionAct]) -> QuerySet[RecognitionAct]:
    """Those that no later act of the same status follows."""
    later = RecognitionAct.objects.filter(
        recognition=OuterRef("recognition"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(later)).order_by(F("cure_by").asc(nulls_last=True), "pk")


def removals_waiting(actor: Actor, *, on: datetime.date) -> QuerySet[Removal]:
    """Proceedings that the actor has to take up or decide (待办取消程序)."""
    is_heard = Q(state=RemovalState.REPLIED) | Q(state=RemovalState.NOTICED, reply_by__lt=on)
    mine_to_decide = is_heard & ~Q(proposed_by_id=actor.user_id)
    rows = removals_visible_to(actor).filter(recognition__in=recognitions_kept_by(actor))
    waiting = rows.filter(Q(state=RemovalState.SUGGESTED) | mine_to_decide)
    return waiting.select_related("recognition__scheme").order_by("proposed_at")


def removals_to_answer(actor: Actor, *, on: datetime.date) -> QuerySet[Removal]:
    """Notices on which the actor's organisation may still speak (待陈述)."""
    rows = Removal.objects.filter(
        recognition__in=recognitions_held_by(actor),
        state=RemovalState.NOTICED,
        reply_by__gte=on,
    )
    return rows.select_related("recognition__scheme").order_by("reply_by")


def ending_soon(actor: Actor, *, on: datetime.date) -> QuerySet[Recognition]:
    """Statuses whose term ends within the days of a re-check (将到期)."""
    rows = recognitions_kept_by(actor).filter(
        state=RecognitionState.CERTIFIED, valid_until__gt=on, valid_until__lte=on + NEAR_END
    )
    return rows.select_related("scheme").order_by("valid_until")


def open_removal(recognition: Recognition) -> Removal | None:
    """The proceeding that is under way."""
    return recognition.removals.filter(state__in=sorted(OPEN_REMOVALS)).first()


def is_living(recognition: Recognition) -> bool:
    return recognition.state in LIVING


def state_counts(rows: QuerySet[Recognition]) -> dict[str, int]:
    """How many stand in each state."""
    found = rows.order_by().values("state").annotate(number=Count("pk", distinct=True))
    return {row["state"]: row["number"] for row in found}
