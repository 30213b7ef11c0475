"""Record talent brought in, and whether a forum was held in each year."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.alliances.models.cooperation import (
    Forum,
    ForumSession,
    TalentIntroduction,
)
from silian.operations.alliances.permissions.cooperation import (
    forums_visible_to,
    projects_visible_to,
    require_forum_keeper,
    require_registrar,
    require_unit,
    talents_visible_to,
)
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class TalentFacts:
    """What is typed about people brought in (引进情况)."""

    mode: str
    expertise: str
    origin: str
    people: int
    arrived_on: datetime.date
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """What is typed about one year of a forum (届次情况)."""

    held_on: datetime.date | None
    topic: str
    people: int | None
    result: str
    reason: str


@transaction.atomic
def register_talent(
    *,
    organisation_id: int,
    project_id: int | None,
    facts: TalentFacts,
    actor: Actor,
    today: datetime.date,
) -> TalentIntroduction:
    """Record people of high standing brought in; no names are kept (登记人才引进)."""
    require_registrar(actor)
    unit = Organisation.objects.get(pk=organisation_id)
    require_unit(actor, organisation_id=unit.pk, division=unit.division_id)
    if facts.arrived_on > today:
        raise DomainError("到岗日不能晚于今天，到岗后再登记。", field="arrived_on")
    if project_id is not None:
        project = projects_visible_to(actor).get(pk=project_id)
        if project.organisation_id != unit.pk:
            raise DomainError("所选项目不是引进单位的项目，请重新选择。", field="project")
    row = TalentIntroduction.objects.create(
        organisation=unit, project_id=project_id, **asdict(facts)
    )
    record(actor, "alliances.talent.registered", row)
    return row


@transaction.atomic
def note_leaving(
    *, talent_id: int, left_on: datetime.date, outcome: str, actor: Actor
) -> TalentIntroduction:
    """Record that the people left, and what they did (登记离岗)."""
    rows = talents_visible_to(actor).select_related("organisation")
    row = rows.select_for_update(of=("self",)).get(pk=talent_id)
    unit = row.organisation
    require_unit(actor, organisation_id=unit.pk, division=unit.division_id)
    if left_on < row.arrived_on:
        raise DomainError(f"离岗日不能早于到岗日 {row.arrived_on}。", field="left_on")
    row.left_on, row.outcome = left_on, outcome.strip()
    row.save(update_fields=["left_on", "outcome"])
    record(actor, "alliances.talent.left", row)
    return row


@transaction.atomic
def register_forum(
    *, organisation_id: int, title: str, scope: str, first_year: int, actor: Actor
) -> Forum:
    """Register a forum that is held every year (登记合作论坛)."""
    require_registrar(actor)
    unit = Organisation.objects.get(pk=organisation_id)
    require_unit(actor, organisation_id=unit.pk, division=unit.division_id)
    if Forum.objects.filter(division_id=unit.division_id, title=title.strip()).exists():
        raise DomainError(f"本地区已登记“{title}”。", field="title")
    forum = Forum.objects.create(
        organisation=unit,
        division_id=unit.division_id,
        title=title.strip(),
        scope=scope,
        first_year=first_year,
    )
    record(actor, "alliances.forum.registered", forum)
    return forum


@transaction.atomic
def record_session(
    *, forum_id: int, year: int, facts: SessionFacts, actor: Actor, today: datetime.date
) -> ForumSession:
    """Say that a year's forum was held, or why it was not (登记届次)."""
    forum = forums_visible_to(actor).select_for_update(of=("self",)).get(pk=forum_id)
    require_forum_keeper(actor, forum)
    refuse_session(forum, year=year, facts=facts, today=today)
    row, _ = ForumSession.objects.update_or_create(forum=forum, year=year, defaults=asdict(facts))
    record(actor, "alliances.forum.session", forum, detail={"year": year})
    return row


def refuse_session(forum: Forum, *, year: int, facts: SessionFacts, today: datetime.date) -> None:
    if not forum.first_year <= year <= today.year:
        raise DomainError(f"年度应在 {forum.first_year} 至 {today.year} 年之间。", field="year")
    if facts.held_on is None:
        if not facts.reason.strip():
            raise DomainError("没有举办的年度请写明原因。", field="reason")
        return
    if facts.held_on > today:
        raise DomainError("举办日不能晚于今天，举办后再登记。", field="held_on")
    if facts.held_on.year != year:
        raise DomainError(f"举办日不在 {year} 年，请核对年度。", field="held_on")
    if not facts.topic.strip():
        raise DomainError("请写明这一届的主题。", field="topic")
