"""Enterprises in teaching: recorded by the school, confirmed by the enterprise."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, store_upload
from silian.registers.programmes.events import ParticipationRecorded
from silian.registers.programmes.models.participation import Participation, TaskModule
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import (
    is_enterprise_staff,
    require_manager,
)


@dataclass(frozen=True, kw_only=True)
class ParticipationFacts:
    """What an enterprise did in a stage of teaching (参与记录)."""

    enterprise_id: int
    stage: str
    happened_on: datetime.date
    activity: str
    outcome: str = ""
    people: int = 1
    hours: Decimal = Decimal(0)


@transaction.atomic
def record_participation(
    *,
    programme_id: int,
    actor: Actor,
    facts: ParticipationFacts,
    today: datetime.date,
    evidence: Sequence[UploadedFile[bytes]] = (),
) -> Participation:
    """Enter that an enterprise took part in a stage, with evidence (登记企业参与)."""
    programme = Programme.objects.get(pk=programme_id)
    require_manager(actor, programme)
    if facts.happened_on > today:
        raise DomainError("日期不能晚于今天，请在发生以后登记。", field="happened_on")
    made = Participation.objects.create(
        programme=programme, entered_by_id=actor.user_id, **asdict(facts)
    )
    for upload in evidence:
        store_upload(upload=upload, subject=made, actor=actor)
    made.evidence_count = len(evidence)
    made.save(update_fields=["evidence_count"])
    record(actor, "programmes.participation.recorded", made)
    publish(ParticipationRecorded(participation_id=made.pk))
    return made


@transaction.atomic
def add_evidence(
    *, participation_id: int, actor: Actor, upload: UploadedFile[bytes]
) -> Participation:
    """Put one more proof to a record (补充证明材料)."""
    row = locked(participation_id)
    require_manager(actor, row.programme)
    store_upload(upload=upload, subject=row, actor=actor)
    row.evidence_count = files_of(row).count()
    row.save(update_fields=["evidence_count"])
    record(actor, "programmes.participation.evidence_added", row)
    return row


def locked(participation_id: int) -> Participation:
    rows = Participation.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=participation_id)


@transaction.atomic
def confirm_participation(
    *, participation_id: int, actor: Actor, now: datetime.datetime
) -> Participation:
    """The enterprise says that it was so (企业确认)."""
    row = locked(participation_id)
    if not is_enterprise_staff(actor) or actor.organisation_id != row.enterprise_id:
        raise NotAllowed("只有参与的企业自己的管理员和经办人可以确认。")
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by_id = now, actor.user_id
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        record(actor, "programmes.participation.confirmed", row)
        publish(ParticipationRecorded(participation_id=row.pk))
    return row


@dataclass(frozen=True, kw_only=True)
class ModuleFacts:
    """A real task as a unit of teaching (任务模块资料)."""

    enterprise_id: int
    form: str
    title: str
    product: str
    hours: int
    students: int
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def add_task_module(*, programme_id: int, actor: Actor, facts: ModuleFacts) -> TaskModule:
    """Enter a task from real production that students work on (登记任务模块)."""
    programme = Programme.objects.get(pk=programme_id)
    require_manager(actor, programme)
    if facts.ends_on <= facts.starts_on:
        raise DomainError("结束日应晚于开始日，请核对。", field="ends_on")
    made = TaskModule.objects.create(programme=programme, **asdict(facts))
    record(actor, "programmes.task_module.added", made)
    return made
