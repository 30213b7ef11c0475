"""Fill in the governance record of a school."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record as record_act
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.events.governance import GovernanceChanged
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceItem,
    GovernanceMeeting,
    GovernanceRecord,
    GovernanceSeat,
)
from silian.operations.alliances.permissions.governance import require_school


@dataclass(frozen=True, kw_only=True)
class OfficeFacts:
    """What is told of the dedicated office and cross-disciplinary units (专门机构情况)."""

    office: bool
    office_name: str
    office_since: datetime.date | None
    cross_units: int | None
    cross_note: str


@dataclass(frozen=True, kw_only=True)
class CharterFacts:
    """What is told of a version of the charter (章程情况)."""

    version: str
    approved_by: str
    approved_on: datetime.date
    in_force_on: datetime.date
    note: str


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """What is told of a seat (席位情况)."""

    organ: str
    side: str
    unit: str
    position: str
    is_chair: bool
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class MeetingNotes:
    """What is told of a meeting (会议情况)."""

    organ: str
    held_on: datetime.date
    topic: str
    decisions: str
    people: int


def own_record(*, school_id: int, actor: Actor) -> GovernanceRecord:
    """The record of the actor's school, begun when there is none, locked."""
    require_school(actor, school_id=school_id)
    GovernanceRecord.objects.get_or_create(school_id=school_id)
    rows = GovernanceRecord.objects.select_related("school")
    return rows.select_for_update(of=("self",)).get(school_id=school_id)


def told(record: GovernanceRecord, *, verb: str, actor: Actor, **detail: Any) -> None:
    record_act(actor, f"alliances.governance.{verb}", record, detail=detail)
    publish(GovernanceChanged(school_id=record.school_id))


@transaction.atomic
def tell_office(*, school_id: int, facts: OfficeFacts, actor: Actor) -> GovernanceRecord:
    """Tell whether the school has a dedicated office (填报产教融合专门机构)."""
    record = own_record(school_id=school_id, actor=actor)
    if facts.office and not (facts.office_name and facts.office_since):
        raise DomainError("设有专门机构的请写名称和设立日。", field="office_name")
    values = asdict(facts)
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values))
    told(record, verb="office", actor=actor)
    return record


@transaction.atomic
def add_charter(
    *, school_id: int, facts: CharterFacts, text: UploadedFile[bytes] | None, actor: Actor
) -> CharterVersion:
    """Keep a version of the charter with its text; older versions stay (登记章程版本)."""
    record = own_record(school_id=school_id, actor=actor)
    if facts.in_force_on < facts.approved_on:
        raise DomainError("生效日不能早于核准日。", field="in_force_on")
    if record.charters.filter(version=facts.version).exists():
        raise DomainError(f"“{facts.version}”已登记，请改版本名称。", field="version")
    if text is None:
        raise DomainError("请上传章程文件。", field="text")
    charter = CharterVersion.objects.create(record=record, **asdict(facts))
    store_upload(upload=text, subject=charter, actor=actor)
    told(record, verb="charter", actor=actor, version=facts.version)
    return charter


@transaction.atomic
def seat_member(*, school_id: int, facts: SeatFacts, actor: Actor) -> GovernanceSeat:
    """Give somebody a seat in the council or a committee (登记席位)."""
    record = own_record(school_id=school_id, actor=actor)
    if facts.ends_on <= facts.starts_on:
        raise DomainError("任期止应晚于任期起。", field="ends_on")
    chairs = record.seats.in_force(on=facts.starts_on).filter(  # type: ignore[attr-defined]
        organ=facts.organ, is_chair=True
    )
    if facts.is_chair and chairs.exists():
        raise DomainError("这个机构已有主持人，请先登记原主持人离任。", field="is_chair")
    seat = GovernanceSeat.objects.create(record=record, **asdict(facts))
    told(record, verb="seated", actor=actor, seat=str(seat))
    return seat


@transaction.atomic
def end_seat(*, school_id: int, seat_id: int, left_on: datetime.date, actor: Actor) -> None:
    """Record that a member left before the end of the term (登记离任)."""
    record = own_record(school_id=school_id, actor=actor)
    seat = record.seats.get(pk=seat_id)
    if seat.left_on is not None:
        raise DomainError("这个席位已登记离任。")
    seat.left_on = max(left_on, seat.starts_on)
    seat.save(update_fields=["left_on"])
    told(record, verb="left", actor=actor, seat=str(seat))


@transaction.atomic
def note_meeting(
    *,
    school_id: int,
    facts: MeetingNotes,
    minutes: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> GovernanceMeeting:
    """Keep a meeting with what it decided (登记治理机构会议)."""
    record = own_record(school_id=school_id, actor=actor)
    if facts.held_on > today:
        raise DomainError("召开日不能晚于今天，开完会再登记。", field="held_on")
    seats = record.seats.in_force(on=facts.held_on).filter(organ=facts.organ)  # type: ignore[attr-defined]
    if not seats.exists():
        raise DomainError("这个机构在会议当天没有成员，请先登记席位。", field="organ")
    meeting = GovernanceMeeting.objects.create(record=record, **asdict(facts))
    if minutes is not None:
        store_upload(upload=minutes, subject=meeting, actor=actor)
    told(record, verb="met", actor=actor, organ=facts.organ)
    return meeting


@transaction.atomic
def tell_item(
    *,
    school_id: int,
    matter: str,
    progress: str,
    evidence: str,
    paper: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> GovernanceItem:
    """Tell how far a matter of autonomy or reform has come (填报治理事项)."""
    record = own_record(school_id=school_id, actor=actor)
    values = {"progress": progress, "evidence": evidence.strip(), "told_on": today}
    item, _ = GovernanceItem.objects.update_or_create(record=record, matter=matter, defaults=values)
    if paper is not None:
        store_upload(upload=paper, subject=item, actor=actor)
    told(record, verb="item", actor=actor, matter=matter, progress=progress)
    return item
