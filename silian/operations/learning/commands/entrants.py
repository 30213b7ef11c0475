"""Enter workers for a competition, withdraw them, take down and correct what came out."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.learning.choices import CompetitionState
from silian.operations.learning.commands.competitions import locked_competition
from silian.operations.learning.models.competitions import (
    Competition,
    Entrant,
    ResultCorrection,
)
from silian.operations.learning.permissions.fund import reports
from silian.operations.learning.permissions.skills import (
    competitions_visible_to,
    entrants_visible_to,
)
from silian.operations.learning.queries.workers import employer_of, workers_of
from silian.operations.learning.rules.competitions import (
    reason_not_entering,
    reason_unit_full,
)
from silian.registers.people.models import Person
from silian.registers.people.queries import person_of

MOST_AT_ONCE = 200  # a form of one enterprise


@dataclass(frozen=True, kw_only=True)
class Result:
    """What somebody achieved (成绩)."""

    rank: int | None
    score: Decimal | None
    prize: str
    is_absent: bool


def locked_open(*, competition_id: int, actor: Actor, today: datetime.date) -> Competition:
    """The competition, locked, while people may enter and withdraw."""
    rows = competitions_visible_to(actor).select_for_update(of=("self",))
    row = rows.get(pk=competition_id)
    if row.state != CompetitionState.OPEN:
        raise DomainError(f"当前为“{row.get_state_display()}”，不能报名或退出。")
    reason = reason_not_entering(today=today, opens_on=row.opens_on, closes_on=row.closes_on)
    if reason:
        raise DomainError(reason)
    return row


@transaction.atomic
def enter_workers(
    *, competition_id: int, person_ids: list[int], actor: Actor, now: datetime.datetime
) -> int:
    """Enter workers of the own enterprise; says how many (企业报名)."""
    today = timezone.localdate(now)
    row = locked_open(competition_id=competition_id, actor=actor, today=today)
    if not reports(actor):
        raise NotAllowed("职工由所在企业的管理员或经办人报名，也可以自己报名。")
    wanted = sorted(set(person_ids))[:MOST_AT_ONCE]
    if not wanted:
        raise DomainError("请至少选一名职工。", field="people")
    known = workers_of(organisation_id=actor.organisation_id or 0, on=today)
    people = list(known.filter(pk__in=wanted))
    if len(people) != len(wanted):
        raise DomainError("只能为本单位在职职工报名，请刷新名单后再选。", field="people")
    for person in people:
        enter(row, person=person, employer_id=actor.organisation_id, actor=actor, now=now)
    return len(people)


@transaction.atomic
def enter_myself(*, competition_id: int, actor: Actor, now: datetime.datetime) -> Entrant:
    """Enter oneself; the employer of the day is taken down (本人报名)."""
    today = timezone.localdate(now)
    row = locked_open(competition_id=competition_id, actor=actor, today=today)
    person = person_of(actor)
    if person is None:
        raise NotAllowed("您的账号还没有个人登记，请由所在单位先登记人员。")
    employer = employer_of(person_id=person.pk, on=today)
    employer_id = employer.pk if employer else None
    return enter(row, person=person, employer_id=employer_id, actor=actor, now=now)


def enter(
    row: Competition,
    *,
    person: Person,
    employer_id: int | None,
    actor: Actor,
    now: datetime.datetime,
) -> Entrant:
    """One place in a locked competition, within the limit of the unit."""
    if employer_id is not None:
        present = row.entrants.filter(withdrawn_at__isnull=True, employer_id=employer_id)
        reason = reason_unit_full(entered=present.count(), limit=row.unit_limit)
        if reason:
            raise DomainError(reason, field="people")
    try:
        with transaction.atomic():
            made = Entrant.objects.create(
                competition=row,
                person=person,
                employer_id=employer_id,
                entered_at=now,
                entered_by_id=actor.user_id,
            )
    except IntegrityError:
        raise DomainError(f"{person.name} 已经报名，不用重复。", field="people") from None
    record(actor, "learning.entrant.entered", made)
    return made


@transaction.atomic
def withdraw_entrant(
    *, competition_id: int, entrant_id: int, actor: Actor, now: datetime.datetime
) -> Entrant:
    """Take a worker off while registration lasts (退出)."""
    today = timezone.localdate(now)
    row = locked_open(competition_id=competition_id, actor=actor, today=today)
    entrant = entrants_visible_to(actor, row).select_for_update(of=("self",)).get(pk=entrant_id)
    entrant.withdrawn_at = now
    entrant.save(update_fields=["withdrawn_at"])
    record(actor, "learning.entrant.withdrawn", entrant)
    return entrant


def refuse_wrong(result: Result) -> None:
    if result.prize and (result.rank is None or result.is_absent):
        raise DomainError("有奖项的人员应有名次，并且没有缺赛。", field="prize")
    if result.is_absent and (result.rank is not None or result.score is not None):
        raise DomainError("缺赛的人员没有名次和成绩。", field="is_absent")


@transaction.atomic
def score_entrants(*, competition_id: int, results: dict[int, Result], actor: Actor) -> int:
    """Take down results before they are published (登记成绩)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if row.state != CompetitionState.HELD:
        raise DomainError("比赛结束后、公布成绩前才能登记成绩。已公布的请用“更正”。")
    entrants = row.entrants.filter(pk__in=results, withdrawn_at__isnull=True)
    found = list(entrants.select_for_update(of=("self",)))
    for entrant in found:
        take(entrant, results[entrant.pk])
    record(actor, "learning.competition.scored", row, detail={"count": len(found)})
    return len(found)


def take(entrant: Entrant, result: Result) -> None:
    refuse_wrong(result)
    entrant.rank, entrant.score = result.rank, result.score
    entrant.prize, entrant.is_absent = result.prize, result.is_absent
    entrant.save(update_fields=list(asdict(result)))


@transaction.atomic
def correct_result(
    *,
    competition_id: int,
    entrant_id: int,
    result: Result,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> Entrant:
    """Put a published result right; what stood there is kept with the reason (更正成绩)."""
    row = locked_competition(competition_id=competition_id, actor=actor)
    if row.state != CompetitionState.RESULTS:
        raise DomainError("成绩公布之后才用更正；公布前请直接登记。")
    if not reason.strip():
        raise DomainError("请写明更正的理由。", field="reason")
    entrants = row.entrants.filter(withdrawn_at__isnull=True)
    entrant = entrants.select_for_update(of=("self",)).get(pk=entrant_id)
    if entrant.awards.exclude(state="refused").exists():
        raise DomainError("这名选手已列入奖补名单，请先在名单里写明不发放，再更正成绩。")
    before = entrant.stated
    take(entrant, result)
    ResultCorrection.objects.create(
        entrant=entrant,
        before=before,
        after=entrant.stated,
        reason=reason.strip()[:500],
        made_at=now,
        made_by_id=actor.user_id,
    )
    record(actor, "learning.entrant.corrected", entrant, reason=reason)
    return entrant
