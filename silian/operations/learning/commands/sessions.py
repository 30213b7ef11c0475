"""Training for a competition at a base: arrange it, say who came."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.learning.choices import CompetitionState
from silian.operations.learning.commands.competitions import locked_competition
from silian.operations.learning.models.competitions import SessionPlace, TrainingSession

TRAINABLE = (CompetitionState.PUBLISHED, CompetitionState.OPEN, CompetitionState.HELD)


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """What is typed about a training session (集训内容)."""

    title: str
    base_id: int
    trainer: str
    starts_on: datetime.date
    ends_on: datetime.date
    hours: int
    place: str
    entrant_ids: tuple[int, ...]


@transaction.atomic
def arrange_session(*, competition_id: int, facts: SessionFacts, actor: Actor) -> TrainingSession:
    """Arrange training of entrants at a base (安排竞赛集训)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if row.state not in TRAINABLE:
        raise DomainError(f"当前为“{row.get_state_display()}”，不能安排集训。")
    if facts.ends_on < facts.starts_on:
        raise DomainError("集训结束日不能早于开始日。", field="ends_on")
    if facts.starts_on > row.ends_on:
        raise DomainError(f"比赛 {row.ends_on} 结束，集训应在这之前。", field="starts_on")
    known = row.entrants.filter(pk__in=facts.entrant_ids, withdrawn_at__isnull=True)
    if known.count() != len(set(facts.entrant_ids)):
        raise DomainError("有人已退出竞赛，请刷新后重新选择。", field="entrants")
    columns = {name: value for name, value in vars(facts).items() if name != "entrant_ids"}
    made = TrainingSession.objects.create(competition=row, **columns)
    SessionPlace.objects.bulk_create(
        [SessionPlace(session=made, entrant=entrant) for entrant in known]
    )
    record(actor, "learning.session.arranged", row, detail={"session": made.pk})
    return made


@transaction.atomic
def take_attendance(
    *, competition_id: int, session_id: int, present_ids: set[int], actor: Actor
) -> TrainingSession:
    """Say who came; the others were absent (登记到训)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    session = row.sessions.get(pk=session_id)
    session.places.filter(entrant_id__in=present_ids).update(attended=True)
    session.places.exclude(entrant_id__in=present_ids).update(attended=False)
    record(actor, "learning.session.attended", row, detail={"session": session.pk})
    return session
