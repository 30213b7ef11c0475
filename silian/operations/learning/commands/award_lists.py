"""Make an award list, show it, approve it by another person, drop a line, discard it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.learning import workflow
from silian.operations.learning.choices import (
    LIVING_AWARDS,
    AwardListState,
    AwardState,
    ObjectionState,
    StandardName,
)
from silian.operations.learning.events import AwardListMoved
from silian.operations.learning.models.awards import Award, AwardList
from silian.operations.learning.permissions.skills import lists_visible_to, require_charge
from silian.operations.learning.queries.candidates import Period, candidates_for
from silian.operations.learning.queries.standards import standards_on
from silian.registers.organisations.models import Organisation

NOTICE_DAYS = 5  # working days where the region set none; a promise of the platform
TAKEN = "同一等级或同一竞赛没有领过：刚刚列入另一份名单"


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What is typed about a list (名单内容)."""

    title: str
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def make_list(
    *, facts: ListFacts, actor: Actor, now: datetime.datetime, today: datetime.date
) -> AwardList:
    """Make the list of a period from verified promotions and published results (编制名单)."""
    require_charge(actor, actor.jurisdiction)
    if facts.ends_on <= facts.starts_on:
        raise DomainError("期间止应晚于期间起。", field="ends_on")
    if facts.starts_on > today:
        raise DomainError("期间起不能晚于今天。", field="starts_on")
    row = AwardList.objects.create(
        division_id=actor.jurisdiction,
        office=Organisation.objects.get(pk=actor.organisation_id or 0),
        made_by_id=actor.user_id,
        made_at=now,
        **vars(facts),
    )
    period = Period(
        division=actor.jurisdiction, starts_on=facts.starts_on, ends_on=facts.ends_on, on=today
    )
    made = [placed(award) for award in candidates_for(row, period=period)]
    if not made:
        raise DomainError("这段时间没有已核验的等级提升，也没有公布期满的竞赛成绩。")
    record(actor, "learning.awards.made", row, detail={"awards": len(made)})
    publish(AwardListMoved(list_id=row.pk, state=row.state))
    return row


def placed(award: Award) -> Award:
    """Write an award; where another list was faster the line stays with that reason."""
    try:
        with transaction.atomic():
            award.save()
    except IntegrityError:
        award.state, award.refusal = AwardState.REFUSED, TAKEN
        award.save()
    return award


def locked_list(*, list_id: int, actor: Actor) -> AwardList:
    rows = lists_visible_to(actor).select_for_update(of=("self",))
    row = rows.get(pk=list_id)
    require_charge(actor, row.division_id)
    return row


def moved(
    row: AwardList,
    *,
    step: str,
    actor: Actor,
    changes: dict[str, Any] | None = None,
    why: str = "",
    **facts: Any,
) -> AwardList:
    """Take a step of the table on a locked list with what it brings."""
    row.state = workflow.award_list.target(step, state=AwardListState(row.state), **facts)
    for name, value in (changes or {}).items():
        setattr(row, name, value)
    row.save(update_fields=["state", *(changes or {})])
    record(actor, f"learning.awards.{step}", row, reason=why)
    publish(AwardListMoved(list_id=row.pk, state=row.state))
    return row


def notice_days(*, division: str, on: datetime.date) -> int:
    """Working days for which a list is shown: the region's, or the platform's (公示期)."""
    held = standards_on(division=division, on=on).get((StandardName.NOTICE, ""))
    return int(held.value) if held else NOTICE_DAYS


@transaction.atomic
def notice_list(*, list_id: int, actor: Actor, now: datetime.datetime) -> AwardList:
    """Show a list to everybody with masked names (公示)."""
    row = locked_list(list_id=list_id, actor=actor)
    days = notice_days(division=row.division_id, on=timezone.localdate(now))
    changes = {
        "noticed_at": now,
        "notice_until": site_deadline(now, working_days=days).due_on,
    }
    payable = row.awards.filter(state=AwardState.PROPOSED).count()
    return moved(row, step="notice", actor=actor, changes=changes, payable=payable)


@transaction.atomic
def approve_list(*, list_id: int, actor: Actor, now: datetime.datetime) -> AwardList:
    """Approve a list after its notice; the maker never does (批准)."""
    row = locked_list(list_id=list_id, actor=actor)
    today = timezone.localdate(now)
    row = moved(
        row,
        step="approve",
        actor=actor,
        changes={"approved_by_id": actor.user_id, "approved_at": now},
        is_maker=row.made_by_id == actor.user_id,
        notice_over=row.notice_until is not None and today > row.notice_until,
        notice_until=row.notice_until,
        open_objections=row.objections.filter(state=ObjectionState.OPEN).count(),
    )
    row.awards.filter(state=AwardState.PROPOSED).update(state=AwardState.APPROVED)
    return row


@transaction.atomic
def discard_list(*, list_id: int, reason: str, actor: Actor) -> AwardList:
    """Discard a list of which nothing was paid; its people are free for another (作废)."""
    row = locked_list(list_id=list_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明作废的理由。", field="reason")
    ordered = row.awards.filter(payment__isnull=False).count()
    row = moved(
        row,
        step="discard",
        actor=actor,
        changes={"discard_reason": reason.strip()[:500]},
        why=reason,
        ordered=ordered,
    )
    living = row.awards.filter(state__in=LIVING_AWARDS)
    living.update(state=AwardState.REFUSED, refusal=f"名单作废：{reason.strip()}"[:500])
    return row


@transaction.atomic
def refuse_award(*, award_id: int, reason: str, actor: Actor) -> Award:
    """Take a person off a list before money is ordered, with the reason (不发放)."""
    seen = Award.objects.filter(award_list__in=lists_visible_to(actor)).get(pk=award_id)
    award_list = locked_list(list_id=seen.award_list_id, actor=actor)
    row = award_list.awards.select_for_update(of=("self",)).get(pk=award_id)
    if not reason.strip():
        raise DomainError("请写明不发放的理由。", field="reason")
    if row.payment_id is not None or award_list.commitment_id is not None:
        raise DomainError("这份名单已占用指标。请先在资金台账撤销支付、释放占用，再写明不发放。")
    row.state = workflow.award.target("refuse", state=AwardState(row.state))
    row.refusal = reason.strip()[:500]
    row.save(update_fields=["state", "refusal"])
    record(actor, "learning.award.refuse", row, reason=reason)
    return row
