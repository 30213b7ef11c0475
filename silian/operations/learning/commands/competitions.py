"""Draft a competition, publish it, open it, end it, call it off."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.learning import workflow
from silian.operations.learning.choices import CompetitionLevel, CompetitionState
from silian.operations.learning.events import CompetitionMoved
from silian.operations.learning.models.competitions import Competition, JointOrganiser
from silian.operations.learning.permissions.fund import keeps
from silian.operations.learning.permissions.skills import (
    competitions_visible_to,
    require_manager,
    require_organiser,
)
from silian.operations.learning.rules.competitions import reason_dates_disordered
from silian.registers.organisations.models import Organisation

DAYS_TO_OBJECT = 5  # working days after results are out; a promise of the platform
CHANGEABLE = (CompetitionState.DRAFT, CompetitionState.PUBLISHED, CompetitionState.OPEN)
FIXED_ONCE_OPEN = ("level", "occupation_id", "opens_on")


@dataclass(frozen=True, kw_only=True)
class CompetitionFacts:
    """What is typed about a competition (竞赛内容)."""

    title: str
    level: str
    occupation_id: str
    base_id: int | None
    place: str
    opens_on: datetime.date
    closes_on: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date
    unit_limit: int
    basis: str
    text: str
    joint_ids: tuple[int, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "joint_ids"}


@transaction.atomic
def draft_competition(*, facts: CompetitionFacts, actor: Actor) -> Competition:
    """Begin a competition of the own unit (拟定技能竞赛)."""
    require_organiser(actor)
    organiser = Organisation.objects.get(pk=actor.organisation_id or 0)
    row = Competition(organiser=organiser, division_id=organiser.division_id)
    keep(row, facts=facts, actor=actor)
    record(actor, "learning.competition.drafted", row)
    return row


def keep(row: Competition, *, facts: CompetitionFacts, actor: Actor) -> None:
    """Write what is typed; an enterprise holds competitions of its own level only."""
    if not keeps(actor) and facts.level != CompetitionLevel.ENTERPRISE:
        raise DomainError("企业主办的竞赛，级别应选“企业”。", field="level")
    wrong = reason_dates_disordered(
        opens_on=facts.opens_on,
        closes_on=facts.closes_on,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )
    if wrong:
        raise DomainError(wrong[1], field=wrong[0])
    if row.organiser_id in facts.joint_ids:
        raise DomainError("主办单位不用再选为联合主办单位。", field="joint")
    for name, value in facts.columns.items():
        setattr(row, name, value)
    row.save()
    row.joint.exclude(organisation_id__in=facts.joint_ids).delete()
    JointOrganiser.objects.bulk_create(
        [JointOrganiser(competition=row, organisation_id=pk) for pk in facts.joint_ids],
        ignore_conflicts=True,
    )


def locked_competition(*, competition_id: int, actor: Actor) -> Competition:
    """The competition, locked, for who holds it."""
    rows = competitions_visible_to(actor).select_related("organiser")
    row = rows.select_for_update(of=("self",)).get(pk=competition_id)
    require_manager(actor, row)
    return row


@transaction.atomic
def change_competition(
    *, competition_id: int, facts: CompetitionFacts, actor: Actor
) -> Competition:
    """Change what is announced; level and occupation stay once people enter (修改竞赛)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if row.state not in CHANGEABLE:
        raise DomainError(f"当前为“{row.get_state_display()}”，不能再修改竞赛内容。")
    if row.state == CompetitionState.OPEN:
        changed = [name for name in FIXED_ONCE_OPEN if getattr(row, name) != getattr(facts, name)]
        if changed:
            raise DomainError("报名已开放，级别、职业和报名开始日不能改。要改请取消后另办。")
    keep(row, facts=facts, actor=actor)
    record(actor, "learning.competition.changed", row)
    return row


def moved(
    row: Competition,
    *,
    step: str,
    actor: Actor,
    changes: dict[str, Any] | None = None,
    why: str = "",
    **facts: Any,
) -> Competition:
    """Take a step of the table on a locked competition with what it brings."""
    row.state = workflow.competition.target(step, state=CompetitionState(row.state), **facts)
    for name, value in (changes or {}).items():
        setattr(row, name, value)
    row.save(update_fields=["state", *(changes or {})])
    record(actor, f"learning.competition.{step}", row, reason=why)
    publish(CompetitionMoved(competition_id=row.pk, state=row.state))
    return row


@transaction.atomic
def publish_competition(*, competition_id: int, actor: Actor, today: datetime.date) -> Competition:
    """Put a competition on the public calendar (发布竞赛)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if row.closes_on < today:
        raise DomainError("报名截止日已过，请先修改报名时间。")
    return moved(row, step="publish", actor=actor)


@transaction.atomic
def open_competition(*, competition_id: int, actor: Actor, today: datetime.date) -> Competition:
    """Open registration on its day (开放报名)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    return moved(row, step="open", actor=actor, today=today, opens_on=row.opens_on)


@transaction.atomic
def open_due(*, competition_id: int, actor: Actor, today: datetime.date) -> bool:
    """Open registration by the clock; False when somebody was first (到期开放报名)."""
    row = Competition.objects.select_for_update(of=("self",)).get(pk=competition_id)
    if row.state != CompetitionState.PUBLISHED or row.opens_on > today:
        return False
    moved(row, step="open", actor=actor, today=today, opens_on=row.opens_on)
    return True


@transaction.atomic
def hold_competition(*, competition_id: int, actor: Actor, today: datetime.date) -> Competition:
    """Take down that it was held; results follow (比赛结束)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    return moved(row, step="hold", actor=actor, today=today, ends_on=row.ends_on)


@transaction.atomic
def publish_results(*, competition_id: int, actor: Actor, now: datetime.datetime) -> Competition:
    """Publish all results with days to object (公布成绩)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    entrants = row.entrants.filter(withdrawn_at__isnull=True)
    unscored = entrants.filter(rank__isnull=True, is_absent=False).count()
    changes = {
        "results_on": timezone.localdate(now),
        "objections_until": site_deadline(now, working_days=DAYS_TO_OBJECT).due_on,
    }
    return moved(
        row,
        step="results",
        actor=actor,
        changes=changes,
        entrants=entrants.count(),
        unscored=unscored,
    )


@transaction.atomic
def cancel_competition(*, competition_id: int, reason: str, actor: Actor) -> Competition:
    """Call a competition off with the reason (取消竞赛)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消的理由，参赛单位会看到。", field="reason")
    changes = {"cancel_reason": reason.strip()[:500]}
    return moved(row, step="cancel", actor=actor, changes=changes, why=reason)
