"""Record that an apprentice is not trained for a while, end it, put it right."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.events.apprenticeships import ApprenticeChanged
from silian.operations.placements.models import Apprentice, ApprenticeBreak
from silian.operations.placements.permissions.apprenticeships import (
    apprentices_visible_to,
    require_side,
)


def told(row: ApprenticeBreak, *, step: str, actor: Actor, on: datetime.date) -> ApprenticeBreak:
    apprentice = row.apprentice
    publish(
        ApprenticeChanged(
            apprentice_id=apprentice.pk,
            apprenticeship_id=apprentice.apprenticeship_id,
            step=f"break_{step}",
            on=on,
        )
    )
    return row


def locked(apprentice_id: int, *, actor: Actor) -> Apprentice:
    rows = apprentices_visible_to(actor).select_related("apprenticeship")
    row = rows.select_for_update(of=("self",)).get(pk=apprentice_id)
    require_side(actor, row.apprenticeship)
    if row.state == ApprenticeState.ENROLLED:
        raise WrongState("学徒还没有开始培养，没有中断可以登记。")
    return row


def refuse_unfit(
    apprentice: Apprentice,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    today: datetime.date,
) -> None:
    """A break lies in the training and has begun."""
    if not apprentice.starts_on <= starts_on < apprentice.ends_on or starts_on > today:
        raise DomainError("中断起始日应在培养期以内，不晚于今天。", field="starts_on")
    if ends_on is not None and not starts_on < ends_on <= today:
        raise DomainError("恢复日应晚于起始日，不晚于今天；还没有恢复就不填。", field="ends_on")


def save(row: ApprenticeBreak) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise DomainError("这段时间已登记过中断，请更正原来的记录。", field="starts_on") from None


@transaction.atomic
def record_break(
    *,
    apprentice_id: int,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    reason: str,
    actor: Actor,
    today: datetime.date,
) -> ApprenticeBreak:
    """Record days on which the apprentice was not trained (登记培训中断)."""
    apprentice = locked(apprentice_id, actor=actor)
    refuse_unfit(apprentice, starts_on=starts_on, ends_on=ends_on, today=today)
    if not reason.strip():
        raise DomainError("请写明中断原因。", field="reason")
    row = ApprenticeBreak(
        apprentice=apprentice,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        recorded_by_id=actor.user_id,
    )
    save(row)
    record(actor, "placements.break.recorded", apprentice, reason=row.reason)
    return told(row, step="recorded", actor=actor, on=today)


@transaction.atomic
def correct_break(
    *,
    break_id: int,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    reason: str,
    actor: Actor,
    today: datetime.date,
) -> ApprenticeBreak:
    """End a break, or put its days right with the reason (恢复培训、更正中断)."""
    row = ApprenticeBreak.objects.get(pk=break_id)
    row.apprentice = locked(row.apprentice_id, actor=actor)
    refuse_unfit(row.apprentice, starts_on=starts_on, ends_on=ends_on, today=today)
    ends_only = row.ends_on is None and starts_on == row.starts_on and ends_on is not None
    if not ends_only and not reason.strip():
        raise DomainError("更正已登记的中断要写明更正原因。", field="reason")
    before = {"starts_on": str(row.starts_on), "ends_on": str(row.ends_on or "")}
    row.starts_on, row.ends_on = starts_on, ends_on
    save(row)
    step = "ended" if ends_only else "corrected"
    detail = {"before": before}
    record(actor, f"placements.break.{step}", row.apprentice, reason=reason, detail=detail)
    return told(row, step=step, actor=actor, on=today)
