"""Fill in a return: begin, save, attach, amend, submit, withdraw."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, remove_file, store_upload
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.learning.choices import AMENDABLE, ReturnState, SpendingKind
from silian.operations.learning.events import FundReturnMoved
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn, ReturnCheck, ReturnVersion
from silian.operations.learning.permissions.fund import (
    calls_visible_to,
    require_owner,
    require_reporter,
    returns_visible_to,
)
from silian.operations.learning.queries.returns import (
    deduction_for,
    draft_of,
    previous_version,
    verdicts_for,
)
from silian.operations.learning.rules.figures import Figures
from silian.operations.learning.workflow import fund_return as steps
from silian.registers.credit.commands.cases import report_correction
from silian.registers.organisations.models import Organisation

WORKING_DAYS_TO_CHECK = 20  # the platform's promise; no policy names a number
MOST_FILES = 20
LABELS = {str(kind.value): str(kind.label) for kind in SpendingKind}
WRITABLE_FILES = (ReturnState.DRAFT, ReturnState.FIXING)


def locked_return(*, return_id: int, actor: Actor) -> FundReturn:
    """A return that the actor may read, locked, with what the steps ask for."""
    rows = returns_visible_to(actor).select_related("call", "organisation", "current", "case")
    return rows.select_for_update(of=("self",)).get(pk=return_id)


def own_return(*, return_id: int, actor: Actor) -> FundReturn:
    row = locked_return(return_id=return_id, actor=actor)
    require_owner(actor, row)
    return row


def moved(
    row: FundReturn,
    *,
    step: str,
    actor: Actor,
    changes: dict[str, Any],
    why: str = "",
    **facts: Any,
) -> FundReturn:
    """Take a step of the table on a locked return with what it brings."""
    row.state = steps.target(step, state=ReturnState(row.state), **facts)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    record(actor, f"learning.return.{step}", row, reason=why)
    publish(FundReturnMoved(return_id=row.pk, state=row.state))
    return row


@transaction.atomic
def begin_return(*, call_id: int, actor: Actor) -> FundReturn:
    """Begin the return of a year, prefilled from the year before (开始填报)."""
    require_reporter(actor)
    call = calls_visible_to(actor).get(pk=call_id)
    unit = Organisation.objects.select_for_update(of=("self",)).get(pk=actor.organisation_id or 0)
    if not call.units.filter(organisation=unit).exists():
        raise DomainError("贵单位不在这份通知的应报企业里，请联系核对部门。")
    known = FundReturn.objects.filter(organisation=unit, year=call.year).first()
    if known:
        return known
    row = new_return(call, unit=unit)
    record(actor, "learning.return.begun", row)
    return row


def new_return(call: FundCall, *, unit: Organisation) -> FundReturn:
    """A draft return with the numbers that carry over: staff and what tax carries on (预填)."""
    row = FundReturn.objects.create(
        call=call,
        organisation=unit,
        division_id=unit.division_id,
        year=call.year,
        covers_until=call.year_ends_on,
    )
    before = previous_version(row)
    version = ReturnVersion(fund_return=row, number=1)
    if before:
        version.staff, version.frontline_staff = before.staff, before.frontline_staff
        version.carried_in = before.carry_out or Decimal(0)
    version.save()
    return row


def require_draft(row: FundReturn) -> ReturnVersion:
    draft = draft_of(row)
    if draft is None:
        raise DomainError("这份报告没有正在填写的版本。要改数字，请先选择“更正”并写明理由。")
    return draft


@transaction.atomic
def save_draft(*, return_id: int, figures: Figures, actor: Actor) -> FundReturn:
    """Keep what is typed; nothing is judged yet (保存草稿)."""
    row = own_return(return_id=return_id, actor=actor)
    draft = require_draft(row)
    draft.take(figures)
    draft.save()
    record(actor, "learning.return.saved", row)
    return row


@transaction.atomic
def add_evidence(*, return_id: int, upload: UploadedFile[bytes], actor: Actor) -> FundReturn:
    """Attach a voucher while a version is being written (上传凭证)."""
    row = own_return(return_id=return_id, actor=actor)
    require_draft(row)
    if files_of(row).count() >= MOST_FILES:
        raise DomainError(f"凭证最多 {MOST_FILES} 份，请合并后再上传。", field="file")
    store_upload(upload=upload, subject=row, actor=actor)
    record(actor, "learning.return.evidence_added", row)
    return row


@transaction.atomic
def drop_evidence(*, return_id: int, file_id: int, actor: Actor) -> None:
    """Take a voucher away; what was once submitted stays (删除凭证)."""
    row = own_return(return_id=return_id, actor=actor)
    draft = require_draft(row)
    file: StoredFile = files_of(row).get(pk=file_id)
    last = row.versions.exclude(pk=draft.pk).order_by("-number").first()
    if last and last.submitted_at and file.uploaded_at <= last.submitted_at:
        raise DomainError("这份凭证已随报告提交，不能删除。可以另传一份更正的。")
    record(actor, "learning.return.evidence_removed", row, detail={"name": file.name})
    remove_file(file=file, actor=actor)


@transaction.atomic
def begin_amendment(*, return_id: int, reason: str, actor: Actor) -> FundReturn:
    """Begin another version with the reason why; the submitted one stays (更正)."""
    row = own_return(return_id=return_id, actor=actor)
    if row.state not in AMENDABLE:
        raise DomainError(f"当前为“{row.get_state_display()}”，不能更正。")
    if draft_of(row):
        raise DomainError("已有正在填写的更正版本，请接着填写。")
    if not reason.strip():
        raise DomainError("请写明更正的理由。", field="reason")
    next_draft(row, reason=reason)
    record(actor, "learning.return.amendment_begun", row, reason=reason)
    return row


def next_draft(row: FundReturn, *, reason: str) -> ReturnVersion:
    """A draft that begins with the numbers last submitted."""
    last = row.versions.order_by("-number").first()
    draft = ReturnVersion(
        fund_return=row, number=(last.number if last else 0) + 1, reason=reason.strip()[:500]
    )
    if last:
        draft.take(last.figures)
    draft.save()
    return draft


@transaction.atomic
def drop_amendment(*, return_id: int, actor: Actor) -> FundReturn:
    """Leave a begun amendment; what was submitted holds (放弃更正)."""
    row = own_return(return_id=return_id, actor=actor)
    if row.state in WRITABLE_FILES:
        raise DomainError("现在没有可以放弃的更正。")
    require_draft(row).delete()
    record(actor, "learning.return.amendment_dropped", row)
    return row


@transaction.atomic
def submit_return(*, return_id: int, actor: Actor, now: datetime.datetime) -> FundReturn:
    """Submit the draft: it is checked by the rules, kept, and stays (提交)."""
    row = own_return(return_id=return_id, actor=actor)
    draft = require_draft(row)
    figures = draft.figures
    is_report = row.state in (ReturnState.ORDERED, ReturnState.REFUSED)
    facts = {"figures": figures, "labels": LABELS, "files": files_of(row).count()}
    step = "report" if is_report else "submit"
    steps.target(step, state=ReturnState(row.state), **facts)
    keep_version(row, draft, actor=actor, now=now)
    changes: dict[str, Any] = {
        "current": draft,
        "first_submitted_at": row.first_submitted_at or now,
        "check_due_at": site_deadline(now, working_days=WORKING_DAYS_TO_CHECK).due_at,
    }
    if is_report and row.case_id:
        changes["order_ended_on"] = None
        report_correction(case_id=row.case_id, text=report_text(draft), actor=actor, now=now)
    return moved(row, step=step, actor=actor, changes=changes, why=draft.reason, **facts)


def keep_version(
    row: FundReturn, draft: ReturnVersion, *, actor: Actor, now: datetime.datetime
) -> None:
    """Freeze a version with what the rules say of it on this day (固定核对结果)."""
    figures = draft.figures
    deduction = deduction_for(row, figures)
    draft.carry_out = deduction.carry_out if deduction else None
    draft.submitted_at, draft.submitted_by_id = now, actor.user_id
    draft.save()
    ReturnCheck.objects.bulk_create(
        ReturnCheck(version=draft, is_breach=found.is_breach, **asdict(found))
        for found in verdicts_for(row, figures)
    )


def report_text(draft: ReturnVersion) -> str:
    return (
        f"已更正为第 {draft.number} 版：提取 {draft.extracted:,} 元，"
        f"用于一线职工 {draft.frontline_spent:,} 元。{draft.reason}"
    )


@transaction.atomic
def withdraw_return(*, return_id: int, actor: Actor, now: datetime.datetime) -> FundReturn:
    """Take a return back before the last day, to change it (撤回)."""
    row = own_return(return_id=return_id, actor=actor)
    row = moved(
        row,
        step="withdraw",
        actor=actor,
        changes={"check_due_at": None},
        due_on=row.call.due_on,
        on=timezone.localdate(now),
    )
    if draft_of(row) is None:
        next_draft(row, reason="撤回修改")
    return row
