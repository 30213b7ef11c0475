"""Objections and repairs: asked by the subject, answered by the authority."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.registers.credit.choices import RecordState, RemedyKind, RemedyState
from silian.registers.credit.commands.records import stepped
from silian.registers.credit.events import RemedyAsked
from silian.registers.credit.models import CreditRecord, Remedy
from silian.registers.credit.permissions.credit import (
    records_visible_to,
    remedies_visible_to,
    require_keeper,
    require_speaker,
)
from silian.registers.credit.queries.numbers import OBJECTION_DAYS, REPAIR_DAYS, whole_number
from silian.registers.credit.workflow.remedy import remedy as steps

DAYS_OF = {RemedyKind.OBJECTION: OBJECTION_DAYS, RemedyKind.REPAIR: REPAIR_DAYS}
STEP_OF = {RemedyKind.OBJECTION: "revoke", RemedyKind.REPAIR: "repair"}


@transaction.atomic
def ask_remedy(
    *, record_id: int, kind: RemedyKind, text: str, actor: Actor, now: datetime.datetime
) -> Remedy:
    """Object to a record, which is marked at once, or ask for its repair (异议、信用修复).

    Basis: 河南省社会信用条例第四十一条、第四十二条.
    """
    rows = records_visible_to(actor).select_related("organisation")
    row = rows.select_for_update(of=("self",)).get(pk=record_id)
    require_speaker(actor, organisation_id=row.organisation_id)
    if row.state != RecordState.IN_FORCE:
        raise DomainError("记录已不在披露中，不用再提出。")
    if row.remedies.filter(kind=kind, state=RemedyState.ASKED).exists():
        raise DomainError("已经提出过，正在办理。请等答复。")
    asked = Remedy.objects.create(
        record=row,
        kind=kind,
        text=text.strip(),
        asked_by_id=actor.user_id or 0,
        asked_at=now,
        due_on=remedy_due_on(row, kind=kind, now=now),
    )
    if kind == RemedyKind.OBJECTION:
        row.is_disputed = True
        row.save(update_fields=["is_disputed"])
    record(actor, "credit.remedy.asked", asked)
    publish(RemedyAsked(remedy_id=asked.pk))
    return asked


def remedy_due_on(
    row: CreditRecord, *, kind: RemedyKind, now: datetime.datetime
) -> datetime.date | None:
    """The last day to answer, in working days; None where the region has set no number."""
    division = row.organisation.division_id
    days = whole_number(DAYS_OF[kind], division=division, on=now.date())
    return None if days is None else site_deadline(now, working_days=days).due_on


@transaction.atomic
def answer_remedy(
    *, remedy_id: int, granted: bool, answer: str, actor: Actor, now: datetime.datetime
) -> Remedy:
    """Grant or deny what the subject asked; a granted one takes the record away at once (答复)."""
    asked = remedies_visible_to(actor).select_for_update(of=("self",)).get(pk=remedy_id)
    row = CreditRecord.objects.select_for_update(of=("self",)).get(pk=asked.record_id)
    require_keeper(actor, division=row.organisation.division_id)
    if row.proposed_by_id == actor.user_id:
        raise NotAllowed("记录由您提出，异议和修复须由其他人员办理。")
    if not answer.strip():
        raise DomainError("请写明核查结果，当事单位会看到。", field="answer")
    step = "grant" if granted else "deny"
    asked.state = steps.target(step, state=RemedyState(asked.state))
    asked.answer, asked.answered_by_id, asked.answered_at = answer.strip(), actor.user_id, now
    asked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(actor, f"credit.remedy.{step}", asked)
    if granted:
        changes = {"end_reason": answer.strip()[:500], "ended_at": now, "is_disputed": False}
        stepped(row, step=STEP_OF[RemedyKind(asked.kind)], actor=actor, changes=changes)
    elif asked.kind == RemedyKind.OBJECTION:
        row.is_disputed = False
        row.save(update_fields=["is_disputed"])
    return asked
