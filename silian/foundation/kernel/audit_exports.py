"""The audit trail taken away as a table, by a long job."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.audit_trail import XLSX, AuditFilter, chosen_entries, spreadsheet
from silian.foundation.kernel.files import store_result
from silian.foundation.kernel.forms import AuditFilterForm
from silian.foundation.kernel.jobs import Outcome, Progress, long_job, start_job
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.permissions import (
    AUDIT_ADMIN,
    audit_entries_visible_to,
    require_audit,
)


@transaction.atomic
def start_audit_export(*, chosen: AuditFilter, actor: Actor) -> Job:
    """Queue the export of what the auditor has filtered (导出审计记录)."""
    require_audit(actor)
    job = start_job(
        kind="kernel.audit_export",
        title="导出审计记录",
        actor=actor,
        chosen=chosen.as_arguments(),
        jurisdiction=actor.jurisdiction,
    )
    record(actor, "kernel.audit.exported", job, detail=chosen.as_arguments())
    return job


@long_job("kernel.audit_export")
def export_audit(progress: Progress, *, chosen: dict[str, str], jurisdiction: str) -> Outcome:
    """Write the filtered entries of the auditor's region into an xlsx file."""
    auditor = Actor(
        user_id=progress.job.actor_id,
        roles=frozenset({AUDIT_ADMIN}),
        jurisdiction=jurisdiction,
    )
    entries = AuditFilterForm.filter_from(chosen).apply(audit_entries_visible_to(auditor))
    total = entries.count()
    progress.report(done=0, total=total, message="正在写表格")
    content = spreadsheet(
        chosen_entries(entries=entries, report=lambda read: progress.report(done=read))
    )
    name = f"审计记录-{timezone.localdate():%Y%m%d}.xlsx"
    file = store_result(name=name, content_type=XLSX, content=content, job=progress.job)
    return Outcome(message=f"已导出 {progress.done:,} 条", file=file)
