"""Stop waiting where nobody set a limit, so that no dossier stands still for ever."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState, SeatRole
from silian.casework.reviews.commands.dossiers import locked_dossier
from silian.casework.reviews.commands.intake import as_last_sent, back_to_check
from silian.casework.reviews.commands.opinions import locked_opinion, refuse_unless_asked, settle
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.dossiers import FixEnded, OpinionEnded
from silian.casework.reviews.models import Dossier, MaterialFix, Opinion
from silian.casework.reviews.permissions.campaigns import require_checker, require_organiser
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LONGEST_REASON = 300


@transaction.atomic
def end_opinion(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """Stop waiting for a department that has no limit; the reason stands in its place (停止征求).

    With a limit the department's silence ends by itself, as the scheme says.
    """
    opinion = locked_opinion(opinion_id)
    require_organiser(actor, opinion.dossier.campaign)
    refuse_unless_asked(opinion)
    refuse_limited(opinion.due_on)
    opinion.state = OpinionState.ENDED
    opinion.text = stated(reason)
    opinion.answered_by_id = actor.user_id
    settle(opinion, action="reviews.opinion.ended", actor=actor)
    publish(OpinionEnded(opinion_id=opinion.pk))
    return opinion


@transaction.atomic
def end_fix(*, dossier_id: int, reason: str, actor: Actor) -> Dossier:
    """Stop waiting for a fix that has no limit; the file is judged as sent (停止等待补正)."""
    dossier = locked_dossier(dossier_id)
    require_checker(actor, dossier.campaign)
    if dossier.state != DossierState.FIXING:
        raise DomainError("这份材料没有等待补正的事项。")
    refuse_limited(dossier.due_on)
    take_seat(dossier=dossier, role=SeatRole.INTAKE, actor=actor)
    said = stated(reason)
    as_last_sent(dossier)
    MaterialFix.objects.filter(dossier=dossier).update(end_reason=said)
    back_to_check(dossier)
    record(actor, "reviews.dossier.fix_ended", dossier, reason=said)
    publish(FixEnded(dossier_id=dossier.pk))
    return dossier


@transaction.atomic
def close_opinions(*, dossier_id: int) -> int:
    """Stop asking about a dossier that was withdrawn or refused; returns how many were open.

    Runs twice without harm.
    """
    dossier = locked_dossier(dossier_id)
    rows = list(dossier.opinions.select_for_update().filter(state=OpinionState.ASKED))
    for row in rows:
        row.state, row.answered_at = OpinionState.ENDED, timezone.now()
        row.text = f"申报{dossier.get_state_display()}，不再征求意见。"
        row.save(update_fields=["state", "answered_at", "text"])
        record(system_actor(), "reviews.opinion.ended", row, reason=row.text)
    return len(rows)


def refuse_limited(due_on: datetime.date | None) -> None:
    """Who has a limit keeps it to the last day."""
    if due_on is not None:
        raise DomainError(
            f"期限到 {due_on:%Y年%m月%d日}，不能提前停止。到期没有答复的，系统按方案自动处理。"
        )


def stated(reason: str) -> str:
    if not reason.strip():
        raise DomainError("请写明停止等待的原因，审定成员和对方会看到。", field="reason")
    return reason.strip()[:LONGEST_REASON]
