"""Propose, confirm, revoke and end credit records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.credit.choices import ItemNature, RecordState
from silian.registers.credit.commands.cases import locked_case, moved
from silian.registers.credit.events import RecordChanged
from silian.registers.credit.models import CreditItem, CreditReading, CreditRecord
from silian.registers.credit.permissions.credit import (
    item_covers,
    records_visible_to,
    require_keeper,
)
from silian.registers.credit.queries.numbers import MOST_YEARS, whole_number
from silian.registers.credit.queries.records import bad_records_of
from silian.registers.credit.rules import reason_not_recordable, reason_term_unlawful
from silian.registers.credit.workflow.credit_record import credit_record as steps
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class RecordDraft:
    """What a record says and rests on (信用记录内容)."""

    organisation_id: int
    item_id: int
    title: str
    ground: str
    basis_document: str
    decision_number: str
    decided_on: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date | None = None


@transaction.atomic
def propose_record(*, draft: RecordDraft, actor: Actor, case_id: int | None = None) -> CreditRecord:
    """Propose a record with its lawful basis; another person confirms it (提出信用记录)."""
    now = timezone.now()
    subject = Organisation.objects.get(pk=draft.organisation_id)
    require_keeper(actor, division=subject.division_id)
    item = CreditItem.objects.get(pk=draft.item_id)
    refuse_unlawful(draft, subject=subject, item=item)
    if case_id is not None:
        case = locked_case(case_id=case_id, actor=actor)
        changes = {"ended_at": now}
        moved(
            case,
            step="record",
            actor=actor,
            changes=changes,
            reply_due_on=case.reply_due_on,
            on=timezone.localdate(),
            replied=case.replied_at is not None,
        )
    row = CreditRecord.objects.create(
        organisation=subject,
        uscc=subject.uscc,
        item=item,
        case_id=case_id,
        title=draft.title.strip(),
        ground=draft.ground,
        basis_document=draft.basis_document.strip(),
        decision_number=draft.decision_number.strip(),
        authority_id=actor.organisation_id or 0,
        decided_on=draft.decided_on,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    record(actor, "credit.record.proposed", row)
    return row


def refuse_unlawful(draft: RecordDraft, *, subject: Organisation, item: CreditItem) -> None:
    if not item_covers(item, division=subject.division_id):
        raise DomainError(
            "这个目录项属于其他地区的目录，不适用于这家单位。请选择单位所在地区或上级的目录项。",
            field="item",
        )
    nature = ItemNature(item.nature)
    reason = reason_not_recordable(
        uscc=subject.uscc,
        item_is_open=item.is_open,
        nature=nature,
        ground=draft.ground,
        basis_document=draft.basis_document,
        decision_number=draft.decision_number,
    )
    if reason:
        raise DomainError(reason)
    if draft.decided_on > draft.starts_on:
        raise DomainError("披露不能早于决定日期。", field="starts_on")
    if nature == ItemNature.GOOD:
        return
    if draft.ends_on is None:
        raise DomainError("失信信息必须写明披露截止日。", field="ends_on")
    years = whole_number(MOST_YEARS, division=subject.division_id, on=draft.starts_on)
    unlawful = reason_term_unlawful(
        starts_on=draft.starts_on, ends_on=draft.ends_on, most_years=years
    )
    if unlawful:
        raise DomainError(unlawful, field="ends_on")


def locked_record(*, record_id: int, actor: Actor) -> CreditRecord:
    rows = records_visible_to(actor).select_related("organisation", "item")
    row = rows.select_for_update(of=("self",)).get(pk=record_id)
    require_keeper(actor, division=row.organisation.division_id)
    return row


def stepped(
    row: CreditRecord, *, step: str, actor: Actor, changes: Mapping[str, object], **facts: object
) -> CreditRecord:
    """Take a step of the table on a locked record with what it brings."""
    row.state = steps.target(step, state=RecordState(row.state), **facts)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    record(actor, f"credit.record.{step}", row)
    publish(RecordChanged(record_id=row.pk, organisation_id=row.organisation_id, state=row.state))
    return row


@transaction.atomic
def confirm_record(*, record_id: int, actor: Actor, now: datetime.datetime) -> CreditRecord:
    """Confirm a colleague's proposal; from now on the record holds (复核通过)."""
    row = locked_record(record_id=record_id, actor=actor)
    changes = {"confirmed_by_id": actor.user_id, "confirmed_at": now}
    is_proposer = row.proposed_by_id == actor.user_id
    return stepped(row, step="confirm", actor=actor, changes=changes, is_proposer=is_proposer)


@transaction.atomic
def return_record(
    *, record_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> CreditRecord:
    """Send a proposal back; it never held (复核退回)."""
    row = locked_record(record_id=record_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明退回的理由。", field="reason")
    changes = {"end_reason": reason.strip(), "ended_at": now}
    is_proposer = row.proposed_by_id == actor.user_id
    return stepped(row, step="return", actor=actor, changes=changes, is_proposer=is_proposer)


@transaction.atomic
def revoke_record(
    *, record_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> CreditRecord:
    """Take a record back because its decision was revoked or it was wrong (撤销).

    Basis: 河南省社会信用条例第四十三条.
    """
    row = locked_record(record_id=record_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明撤销的依据，例如原决定已被撤销的文书。", field="reason")
    changes = {"end_reason": reason.strip(), "ended_at": now, "is_disputed": False}
    return stepped(row, step="revoke", actor=actor, changes=changes)


@transaction.atomic
def end_due_records(*, on: datetime.date, now: datetime.datetime) -> int:
    """Archive every record whose days of disclosure are over (届满存档)."""
    due = CreditRecord.objects.filter(state=RecordState.IN_FORCE, ends_on__lte=on)
    ended = 0
    for row in due.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        changes = {"end_reason": "披露期满", "ended_at": now}
        stepped(row, step="expire", actor=system_actor(), changes=changes)
        ended += 1
    return ended


@transaction.atomic
def consult(*, organisation_id: int, purpose: str, actor: Actor) -> list[CreditRecord]:
    """Read what stands against an organisation, and note who read it for what (信用查询).

    The door for reviews and incentives; the subject sees the note.
    """
    now = timezone.now()
    found = list(
        bad_records_of(organisation_id=organisation_id, on=timezone.localdate()).select_related(
            "item", "authority"
        )
    )
    CreditReading.objects.create(
        organisation_id=organisation_id,
        reader_id=actor.organisation_id,
        user_id=actor.user_id,
        purpose=purpose,
        found=len(found),
        read_at=now,
    )
    return found
