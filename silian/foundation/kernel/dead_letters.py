"""Jobs of the queue that failed for good: why, and what to do with them (死信).

The queue keeps only that a job failed; the reason is noted here at each attempt.
"""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from procrastinate import App
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import HandlerFailure
from silian.foundation.kernel.permissions import require_platform

logger = structlog.get_logger("silian.queue")
TRACE_CHARACTERS = 4000


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A failed queue job as an administrator reads it."""

    id: int
    task: str
    handler: str
    payload: dict[str, Any]
    attempts: int
    error: str
    trace: str
    failed_at: datetime.datetime | None


def install(app: App) -> None:
    """Let every worker note why a job failed; the settings name this for the queue's start."""
    defaults = app.worker_defaults
    defaults["task_middleware"] = [
        *(defaults.get("task_middleware") or []),
        note_failure,
        note_async_failure,
    ]


def note_failure(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    try:
        return call_next()
    except Exception as error:
        write_failure(job=context.job, error=error)
        raise


async def note_async_failure(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    try:
        return await call_next()
    except Exception as error:
        await sync_to_async(write_failure)(job=context.job, error=error)
        raise


def write_failure(*, job: Any, error: Exception) -> None:
    HandlerFailure.objects.create(
        queue_job_id=job.id,
        attempt=job.attempts + 1,
        error=f"{type(error).__name__}: {error}"[:500].replace("\x00", ""),
        trace="".join(traceback.format_exception(error))[-TRACE_CHARACTERS:].replace("\x00", ""),
    )


def failed_jobs() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(status="failed").order_by("-id")


def dead_letters(*, limit: int, before: int | None = None) -> list[DeadLetter]:
    """Failed jobs, newest first, with the last error of each, in three queries."""
    page = failed_jobs()
    if before is not None:
        page = page.filter(id__lt=before)
    return described(list(page[:limit]))


def described(jobs: Sequence[ProcrastinateJob]) -> list[DeadLetter]:
    ids = [job.pk for job in jobs]
    failures = {
        failure.queue_job_id: failure
        for failure in HandlerFailure.objects.filter(queue_job_id__in=ids).order_by("id")
    }
    times = dict(
        ProcrastinateEvent.objects.filter(job_id__in=ids, type="failed")
        .values("job_id")
        .annotate(last=Max("at"))
        .values_list("job_id", "last")
    )
    return [dead_letter(job, failures.get(job.pk), times.get(job.pk)) for job in jobs]


def dead_letter(
    job: ProcrastinateJob, failure: HandlerFailure | None, failed_at: datetime.datetime | None
) -> DeadLetter:
    return DeadLetter(
        id=job.pk,
        task=job.task_name,
        handler=str(job.args.get("handler", "")),
        payload=dict(job.args.get("payload") or job.args),
        attempts=job.attempts,
        error=failure.error if failure else "执行它的进程中断，没有留下原因。",
        trace=failure.trace if failure else "",
        failed_at=failed_at,
    )


def dead_letter_of(*, queue_job_id: int) -> DeadLetter | None:
    job = failed_jobs().filter(pk=queue_job_id).first()
    return described([job])[0] if job else None


def count_of_dead_letters() -> int:
    return failed_jobs().count()


@transaction.atomic
def retry_dead_letter(*, queue_job_id: int, actor: Actor, reason: str = "") -> None:
    """Give a failed job back to the queue for one more run (重试死信)."""
    require_platform(actor)
    letter = _locked(queue_job_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [queue_job_id]
        )
    record(actor, "kernel.dead_letter.retried", reason=reason, detail=audited_detail(letter))


@transaction.atomic
def discard_dead_letter(*, queue_job_id: int, actor: Actor, reason: str) -> None:
    """Give up a failed job; its content stays in the audit trail (放弃死信)."""
    require_platform(actor)
    letter = _locked(queue_job_id)
    require_reason(reason)
    record(actor, "kernel.dead_letter.discarded", reason=reason, detail=audited_detail(letter))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_periodic_defers SET job_id = NULL WHERE job_id = %s",
            [queue_job_id],
        )
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [queue_job_id])
    HandlerFailure.objects.filter(queue_job_id=queue_job_id).delete()


def _locked(queue_job_id: int) -> DeadLetter:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [queue_job_id])
    letter = dead_letter_of(queue_job_id=queue_job_id)
    if letter is None:
        raise DomainError("这条任务已经不在失败列表中，可能已由他人处理。请刷新列表。")
    return letter


def require_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        raise DomainError("须写明理由，至少 4 个字，供审计查阅。", field="reason")


def audited_detail(letter: DeadLetter) -> dict[str, Any]:
    return {
        "queue_job": letter.id,
        "task": letter.task,
        "handler": letter.handler,
        "payload": letter.payload,
        "attempts": letter.attempts,
        "error": letter.error,
    }


def remove_orphaned_failures() -> int:
    """Forget the failures of queue jobs that no longer exist."""
    job = ProcrastinateJob.objects.filter(pk=OuterRef("queue_job_id"))
    count, _ = HandlerFailure.objects.filter(~Exists(job)).delete()
    return count
