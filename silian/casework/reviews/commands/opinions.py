"""Department opinions: asked level by level, given, or taken as silent."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState, SeatRole
from silian.casework.reviews.choices.schemes import Silence
from silian.casework.reviews.commands.moving import deadline_day, move_on
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.dossiers import OpinionAsked, OpinionLapsed
from silian.casework.reviews.models import Dossier, Opinion
from silian.casework.reviews.permissions.opinions import require_department
from silian.casework.reviews.queries.offices import offices_of
from silian.casework.reviews.rules.definition import Level
from silian.casework.reviews.rules.offices import Office, office_for
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LONGEST_TEXT = 2000


def ask_next_level(*, dossier: Dossier, level: int, actor: Actor) -> None:
    """Ask every department of a level at once, or go on when the levels are through (征求意见).

    A level without any office for the applicant's division is passed over.
    """
    levels = dossier.campaign.content.procedure.levels
    offices = offices_of(dossier.campaign)
    for place in range(level, len(levels)):
        asked = opinions_for(dossier, levels[place], offices)
        if asked:
            set_level(dossier, place, asked)
            for row in asked:
                record(actor, "reviews.opinion.asked", row)
                publish(OpinionAsked(opinion_id=row.pk))
            return
    move_on(dossier=dossier)


def opinions_for(dossier: Dossier, level: Level, offices: list[Office]) -> list[Opinion]:
    """The opinions of a level, one a department, each with its own clock."""
    now = timezone.now()
    due_on = deadline_day(now, working_days=dossier.campaign.values.days(level.working_days))
    found = {
        department: office_for(
            offices, level=level.code, department=department, division=dossier.division_id
        )
        for department in level.departments
    }
    return Opinion.objects.bulk_create(
        Opinion(
            dossier=dossier,
            level=level.code,
            department=department,
            organisation_id=office.organisation_id,
            silence=level.silence,
            asked_at=now,
            due_on=due_on,
        )
        for department, office in found.items()
        if office is not None
    )


def set_level(dossier: Dossier, place: int, asked: list[Opinion]) -> None:
    dossier.level = place
    dossier.due_on = max((row.due_on for row in asked if row.due_on), default=None)
    dossier.save(update_fields=["level", "due_on"])


def locked_opinion(opinion_id: int) -> Opinion:
    """The dossier is locked before its opinion, always in this order."""
    dossier_id = Opinion.objects.values_list("dossier_id", flat=True).get(pk=opinion_id)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related(
        "campaign__version__scheme", "applicant"
    )
    held = dossier.get(pk=dossier_id)
    opinion = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion_id)
    opinion.dossier = held
    return opinion


@transaction.atomic
def give_opinion(*, opinion_id: int, agrees: bool, text: str, actor: Actor) -> Opinion:
    """Agree, or disagree with the reason, for one's department (提出意见).

    Basis: an opinion against does not end the file; those who decide read it.
    """
    opinion = locked_opinion(opinion_id)
    require_department(actor, opinion)
    refuse_unless_asked(opinion)
    if not agrees and not text.strip():
        raise DomainError("不同意须写明理由，审定成员会看到。", field="text")
    take_seat(dossier=opinion.dossier, role=SeatRole.OPINION, actor=actor)
    opinion.state = OpinionState.AGREED if agrees else OpinionState.DISAGREED
    opinion.text = text.strip()[:LONGEST_TEXT]
    opinion.answered_by_id = actor.user_id
    settle(opinion, action="reviews.opinion.given", actor=actor)
    return opinion


def refuse_unless_asked(opinion: Opinion) -> None:
    if opinion.state != OpinionState.ASKED or opinion.dossier.state != DossierState.OPINIONS:
        raise DomainError(
            f"这份意见当前为“{opinion.get_state_display()}”，不能再提交。请返回待办查看。"
        )


def settle(opinion: Opinion, *, action: str, actor: Actor) -> None:
    """Write the answer down; when it was the last of its level, go on."""
    opinion.answered_at = timezone.now()
    opinion.save(update_fields=["state", "text", "answered_by", "answered_at"])
    record(actor, action, opinion, reason=opinion.text)
    waiting = opinion.dossier.opinions.filter(state=OpinionState.ASKED)
    if not waiting.exists():
        ask_next_level(dossier=opinion.dossier, level=opinion.dossier.level + 1, actor=actor)


@transaction.atomic
def settle_silence(*, opinion_id: int, actor: Actor, on: datetime.date) -> Opinion | None:
    """Take a late department's silence for what the scheme says; the file goes on (逾期处理).

    Runs twice without harm.
    """
    opinion = locked_opinion(opinion_id)
    is_open = opinion.dossier.state == DossierState.OPINIONS
    if not is_open or not opinion.is_late(on=on):
        return None
    opinion.state = OpinionState.SILENT
    settle(opinion, action="reviews.opinion.silent", actor=actor)
    escalates = opinion.silence == Silence.ESCALATE
    publish(OpinionLapsed(opinion_id=opinion.pk, escalates=escalates))
    return opinion
