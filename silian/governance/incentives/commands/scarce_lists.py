"""Publish a year's catalogue of scarce occupations, and withdraw a wrong one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.governance.incentives.models.scarce_lists import ScarceList
from silian.governance.incentives.permissions.outside_payments import require_registering
from silian.governance.incentives.permissions.scarce_lists import scarce_lists_visible_to
from silian.governance.incentives.queries.outside_payments import unknown_occupations

LONGEST_DAYS = 731  # a catalogue is a year's; two years leave room for a late one
MOST_CODES = 500


@dataclass(frozen=True, kw_only=True)
class ListSaid:
    """A catalogue as typed (目录登记). ``valid_to`` is the day after the last."""

    title: str
    codes: Sequence[str]
    rate: Decimal | None
    source: str
    place: str
    valid_from: datetime.date
    valid_to: datetime.date


@transaction.atomic
def publish_scarce_list(*, said: ListSaid, actor: Actor, now: datetime.datetime) -> ScarceList:
    """Register an edition with its occupations, rate and source (登记紧缺职业目录)."""
    require_registering(actor)
    codes = list(dict.fromkeys(said.codes))
    refuse_unfit(said, codes)
    row = ScarceList.objects.create(
        division_id=actor.jurisdiction, title=said.title, codes=codes, rate=said.rate,
        source=said.source, place=said.place, valid_from=said.valid_from,
        valid_to=said.valid_to, office_id=actor.organisation_id or 0,
        entered_by_id=actor.user_id, entered_at=now,
    )  # fmt: skip
    detail = {"codes": len(codes), "rate": str(said.rate)}
    record(actor, "incentives.scarce_list.published", row, detail=detail)
    return row


def refuse_unfit(said: ListSaid, codes: Sequence[str]) -> None:
    """What makes an edition no edition, each beside its box."""
    if said.valid_to <= said.valid_from:
        raise DomainError("有效期止早于有效期起，请核对。", field="valid_to")
    if (said.valid_to - said.valid_from).days > LONGEST_DAYS:
        raise DomainError("目录按年公布，有效期最长两年，请核对。", field="valid_to")
    if not codes:
        raise DomainError("请填写目录内的职业编码，每行一个。", field="codes")
    if len(codes) > MOST_CODES:
        raise DomainError(
            f"一份目录最多 {MOST_CODES} 个职业，现有 {len(codes)} 个。", field="codes"
        )
    if strange := sorted(unknown_occupations(codes)):
        shown = "、".join(strange[:5])
        raise DomainError(f"不在职业分类大典中：{shown}，请核对编码。", field="codes")


@transaction.atomic
def withdraw_scarce_list(
    *, list_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> ScarceList:
    """Withdraw a wrong edition; claims that were computed by it keep it (撤销紧缺职业目录)."""
    require_registering(actor)
    rows = scarce_lists_visible_to(actor).select_for_update(of=("self",))
    row = rows.get(pk=list_id)
    if row.withdrawn_at is not None:
        raise WrongState("这份目录已经撤销。")
    if not reason.strip():
        raise DomainError("请写明撤销的理由。", field="reason")
    row.withdrawn_at, row.reason = now, reason.strip()[:200]
    row.save(update_fields=["withdrawn_at", "reason"])
    record(actor, "incentives.scarce_list.withdrawn", row, reason=row.reason)
    return row
