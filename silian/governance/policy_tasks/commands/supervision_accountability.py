"""Record who was held to account, take the reply, and settle (问责)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.policy_tasks.choices import AccountabilityState
from silian.governance.policy_tasks.events.supervision import (
    AccountabilityRecorded,
    AccountabilityReplied,
    AccountabilitySettled,
)
from silian.governance.policy_tasks.models.supervision_findings import Accountability
from silian.governance.policy_tasks.permissions.supervision import (
    accountability_visible_to,
    bodies_within,
    findings_visible_to,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    require_body_member,
    require_supervisor,
)
from silian.governance.policy_tasks.rules.supervision import REPLY_DAYS
from silian.governance.policy_tasks.workflow.supervision_accountability import (
    accountability as steps,
)
from silian.registers.accounts.permissions import signed_in_id


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What was decided, by whom, in which document (问责内容)."""

    body_id: int
    measure: str
    document: str
    facts: str
    decided_by: str
    decided_on: datetime.date
    finding_id: int | None = None


def locked_record(*, record_id: int, actor: Actor) -> Accountability:
    rows = accountability_visible_to(actor).select_related("body__successor")
    return rows.select_for_update(of=("self",)).get(pk=record_id)


@transaction.atomic
def record_accountability(
    *,
    measure: Measure,
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: datetime.datetime,
) -> Accountability:
    """Record a measure with its document; the body may reply (登记问责)."""
    require_supervisor(actor, division=actor.jurisdiction)
    refuse_unfit(measure, files=files, today=timezone.localdate(now))
    finding = None
    if measure.finding_id is not None:
        finding = findings_visible_to(actor).get(pk=measure.finding_id)
    body = bodies_within(actor).filter(pk=measure.body_id).first()
    if body is None:
        raise DomainError("请选择本地区现有的责任单位。", field="body")
    row = Accountability.objects.create(
        division_id=actor.jurisdiction,
        finding=finding,
        body=body,
        measure=measure.measure,
        document=measure.document.strip(),
        facts=measure.facts.strip(),
        decided_by=measure.decided_by.strip(),
        decided_on=measure.decided_on,
        reply_due_on=site_deadline(now, working_days=REPLY_DAYS).due_on,
        recorded_by_id=signed_in_id(actor),
        recorded_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=row, actor=actor)
    record(actor, "policy_tasks.accountability.recorded", row)
    publish(AccountabilityRecorded(record_id=row.pk))
    return row


def refuse_unfit(
    measure: Measure, *, files: Sequence[UploadedFile[bytes]], today: datetime.date
) -> None:
    for name, sentence in (
        ("document", "请填写文书名称和文号。"),
        ("facts", "请写明事由，责任单位据此申辩。"),
        ("decided_by", "请填写决定机关。"),
    ):
        if not getattr(measure, name).strip():
            raise DomainError(sentence, field=name)
    if measure.decided_on > today:
        raise DomainError("决定日不能晚于今天。", field="decided_on")
    if not files:
        raise DomainError("请附问责文书。", field="proofs")


@transaction.atomic
def reply_to_accountability(
    *, record_id: int, reply: str, actor: Actor, now: datetime.datetime
) -> Accountability:
    """Reply on behalf of the body concerned (申辩)."""
    row = locked_record(record_id=record_id, actor=actor)
    require_body_member(actor, row.body)
    if not reply.strip():
        raise DomainError("请写明申辩意见。", field="reply")
    row.state = steps.target(
        "reply",
        state=AccountabilityState(row.state),
        today=timezone.localdate(now),
        reply_due_on=row.reply_due_on,
    )
    row.reply, row.replied_by_id, row.replied_at = reply.strip(), actor.user_id, now
    row.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    record(actor, "policy_tasks.accountability.replied", row)
    publish(AccountabilityReplied(record_id=row.pk))
    return row


@transaction.atomic
def uphold_accountability(
    *, record_id: int, outcome: str, actor: Actor, now: datetime.datetime
) -> Accountability:
    """Let a record stand after the reply or when none came (维持)."""
    row = locked_record(record_id=record_id, actor=actor)
    require_supervisor(actor, division=row.division_id)
    require_outcome(outcome)
    row.state = steps.target(
        "uphold",
        state=AccountabilityState(row.state),
        today=timezone.localdate(now),
        reply_due_on=row.reply_due_on,
        replied=bool(row.reply),
    )
    row.outcome, row.settled_at = outcome.strip()[:500], now
    row.save(update_fields=["state", "outcome", "settled_at"])
    record(actor, "policy_tasks.accountability.upheld", row, reason=outcome)
    publish(AccountabilitySettled(record_id=row.pk))
    return row


@transaction.atomic
def revoke_accountability(
    *, record_id: int, outcome: str, actor: Actor, now: datetime.datetime
) -> Accountability:
    """Take a record back with its reason (撤销问责)."""
    row = locked_record(record_id=record_id, actor=actor)
    require_supervisor(actor, division=row.division_id)
    require_outcome(outcome)
    row.state = steps.target("revoke", state=AccountabilityState(row.state))
    row.outcome, row.settled_at = outcome.strip()[:500], now
    row.save(update_fields=["state", "outcome", "settled_at"])
    record(actor, "policy_tasks.accountability.revoked", row, reason=outcome)
    publish(AccountabilitySettled(record_id=row.pk))
    return row


def require_outcome(outcome: str) -> None:
    if not outcome.strip():
        raise DomainError("请写明复核意见和理由，责任单位会看到。", field="outcome")
