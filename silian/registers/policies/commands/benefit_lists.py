"""Make the whole list public as an edition, and note how it was made known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Division
from silian.registers.policies.events import BenefitListPublished
from silian.registers.policies.models.benefits import (
    Benefit,
    BenefitListEdition,
    PublicityRecord,
)
from silian.registers.policies.permissions.benefits import public_benefits, require_list_keeper


@transaction.atomic
def publish_benefit_list(*, actor: Actor, now: datetime.datetime) -> BenefitListEdition:
    """Freeze the benefits in force of one's region as an edition (公布优惠政策清单)."""
    require_list_keeper(actor)
    division = Division.objects.select_for_update().get(pk=actor.jurisdiction)
    rows = public_benefits().in_force(on=now.date()).filter(division=division)  # type: ignore[attr-defined]
    entries = [entry_of(row) for row in rows.select_related("clause__document").order_by("pk")]
    if not entries:
        raise DomainError("本地区还没有已公布的优惠政策，请先审核并公布。")
    last = BenefitListEdition.objects.filter(division=division)
    number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = BenefitListEdition.objects.create(
        division=division,
        number=number,
        entries=entries,
        published_by_id=actor.user_id,
        published_at=now,
    )
    record(actor, "policies.benefit_list.published", edition, detail={"count": len(entries)})
    publish(BenefitListPublished(edition_id=edition.pk, division=division.pk))
    return edition


def entry_of(benefit: Benefit) -> dict[str, str]:
    """A line of the list in words, as it stands on the day."""
    until = f"至 {benefit.valid_to:%Y-%m-%d}（不含）" if benefit.valid_to else "长期"
    return {
        "类别": benefit.get_kind_display(),
        "名称": benefit.title,
        "适用对象": benefit.audience_words,
        "给什么": benefit.given,
        "办理单位": benefit.authority,
        "依据": basis_of(benefit),
        "有效期": f"{benefit.valid_from:%Y-%m-%d} 起，{until}",
    }


def basis_of(benefit: Benefit) -> str:
    clause = benefit.clause
    named = f"{clause.document.reference} {clause.place}" if clause else ""
    return "；".join(part for part in (named, benefit.basis) if part)


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """One time that a benefit or the list was made known (宣传情况)."""

    benefit_id: int | None
    held_on: datetime.date
    channel: str
    reach: int
    title: str
    url: str = ""


@transaction.atomic
def record_publicity(
    *, publicity: Publicity, actor: Actor, today: datetime.date
) -> PublicityRecord:
    """Note how a benefit was made known, to how many (登记政策宣传)."""
    require_list_keeper(actor)
    if publicity.held_on > today:
        raise DomainError("宣传日期不能晚于今天，办完再登记。", field="held_on")
    benefit = public_benefits().filter(pk=publicity.benefit_id or 0).first()
    if publicity.benefit_id is not None and benefit is None:
        raise DomainError("只能登记已公布的优惠政策，请重新选择。", field="benefit")
    row = PublicityRecord.objects.create(
        division_id=actor.jurisdiction,
        benefit=benefit,
        held_on=publicity.held_on,
        channel=publicity.channel,
        reach=publicity.reach,
        title=publicity.title,
        url=publicity.url,
        recorded_by_id=actor.user_id,
    )
    record(actor, "policies.publicity.recorded", row, detail={"reach": publicity.reach})
    return row
