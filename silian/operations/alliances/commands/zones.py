"""Keep the register of industrial zones."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Industry
from silian.operations.alliances.choices.pairings import PairingState
from silian.operations.alliances.events.pairings import ZoneChanged
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.keeping import require_keeper
from silian.operations.alliances.permissions.pairings import zones_visible_to


@dataclass(frozen=True, kw_only=True)
class ZoneFacts:
    """What is typed about a zone (产业集聚区情况)."""

    name: str
    level: str
    committee_id: int | None
    longitude: Decimal | None
    latitude: Decimal | None
    founded_on: datetime.date


def refuse_unfit(facts: ZoneFacts, *, division: str, but: int = 0) -> None:
    if (facts.longitude is None) is not (facts.latitude is None):
        raise DomainError("经度和纬度要一起填，或都留空。", field="longitude")
    rows = IndustrialZone.objects.filter(division_id=division, name=facts.name, closed_on=None)
    if rows.exclude(pk=but).exists():
        raise DomainError(f"本地区已登记“{facts.name}”，请在原登记里修改。", field="name")


def locked_zone(*, zone_id: int, actor: Actor) -> IndustrialZone:
    zone = zones_visible_to(actor).select_for_update(of=("self",)).get(pk=zone_id)
    require_keeper(actor, division=zone.division_id)
    return zone


def kept(zone: IndustrialZone, *, verb: str, actor: Actor, reason: str = "") -> IndustrialZone:
    record(actor, f"alliances.zone.{verb}", zone, reason=reason)
    publish(ZoneChanged(zone_id=zone.pk))
    return zone


@transaction.atomic
def add_zone(
    *, division: str, facts: ZoneFacts, industries: Sequence[Industry], actor: Actor
) -> IndustrialZone:
    """Put a zone into the register of its place (登记产业集聚区)."""
    require_keeper(actor, division=division)
    refuse_unfit(facts, division=division)
    zone = IndustrialZone.objects.create(division_id=division, **asdict(facts))
    zone.industries.set(industries)
    return kept(zone, verb="added", actor=actor)


@transaction.atomic
def change_zone(
    *, zone_id: int, facts: ZoneFacts, industries: Sequence[Industry], actor: Actor
) -> IndustrialZone:
    """Change what is known of a zone (修改产业集聚区)."""
    zone = locked_zone(zone_id=zone_id, actor=actor)
    refuse_unfit(facts, division=zone.division_id, but=zone.pk)
    values = asdict(facts)
    for name, value in values.items():
        setattr(zone, name, value)
    zone.save(update_fields=list(values))
    zone.industries.set(industries)
    return kept(zone, verb="changed", actor=actor)


@transaction.atomic
def close_zone(
    *, zone_id: int, closed_on: datetime.date, reason: str, actor: Actor
) -> IndustrialZone:
    """Take a zone without running pairings out of the register (撤销产业集聚区)."""
    zone = locked_zone(zone_id=zone_id, actor=actor)
    if zone.closed_on is not None:
        raise DomainError("这个产业集聚区已撤销。")
    if not reason.strip():
        raise DomainError("请写明撤销依据，例如文件名称和文号。", field="reason")
    going = (PairingState.PROPOSED, PairingState.RUNNING)
    if zone.pairings.filter(state__in=going).exists():
        raise DomainError("还有未结束的对口合作，请先结束再撤销集聚区。")
    zone.closed_on = closed_on
    zone.save(update_fields=["closed_on"])
    return kept(zone, verb="closed", actor=actor, reason=reason.strip()[:300])
