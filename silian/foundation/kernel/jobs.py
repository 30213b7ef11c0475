"""Long jobs with progress: started by a person, run by a worker, found again on “后台任务”.

A module declares the work once::

    @long_job("exchange.import")
    def import_listings(progress: Progress, *, source_id: int) -> Outcome | None: ...

and starts it in a command with ``start_job(kind="exchange.import", ...)``. The work may be begun
again after a worker died, so it must be able to run twice.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from django.db import connection, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import Job, StoredFile
from silian.foundation.kernel.workflow import Transition, Workflow

logger = structlog.get_logger("silian.jobs")

REPORT_SECONDS = 0.5  # a person cannot follow a bar that moves more often
INTERRUPTED_FAILURE = (
    "办理进程多次中断，未完成的部分没有保存。请把文件拆小后重新提交，或把任务编号告诉系统管理员。"
)
UNEXPECTED_FAILURE = (
    "办理中出现意外错误，未完成的部分没有保存。"
    "请稍后重新提交；仍然失败时请把任务编号告诉系统管理员。"
)

Work = Callable[..., "Outcome | None"]
WorkT = TypeVar("WorkT", bound=Work)
_works: dict[str, Work] = {}

job_steps = Workflow(
    [
        Transition(
            name="start",
            label="开始",
            sources=frozenset({JobState.QUEUED, JobState.RUNNING, JobState.FAILED}),
            target=JobState.RUNNING,
        ),
        Transition(
            name="finish",
            label="完成",
            sources=frozenset({JobState.RUNNING}),
            target=JobState.DONE,
        ),
        Transition(
            name="fail",
            label="失败",
            sources=frozenset({JobState.QUEUED, JobState.RUNNING}),
            target=JobState.FAILED,
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({JobState.QUEUED, JobState.RUNNING}),
            target=JobState.CANCELLED,
        ),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a long job leaves behind: a sentence, a page, a file."""

    message: str = ""
    url: str = ""
    file: StoredFile | None = None


class JobCancelled(Exception):
    """The starter asked to stop; raised inside the work so that it rolls back."""


def long_job(kind: str) -> Callable[[WorkT], WorkT]:
    """Register the work behind jobs of ``kind``; used in ``tasks.py``."""

    def register(work: WorkT) -> WorkT:
        _works[kind] = work
        return work

    return register


@transaction.atomic
def start_job(*, kind: str, title: str, actor: Actor, **arguments: Any) -> Job:
    """Queue long work in the caller's transaction (提交后台任务).

    ``arguments`` are ids, codes and numbers; the work reads the rest again.
    """
    from silian.foundation.kernel.tasks import run_job

    if kind not in _works:
        raise LookupError(f"no long job is registered as {kind!r}")
    job = Job.objects.create(
        kind=kind,
        title=title[:120],
        arguments=arguments,
        actor_id=actor.user_id,
        actor_name=actor.name[:60],
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name[:120],
    )
    record(actor, "kernel.job.started", job)
    run_job.defer(job_id=job.pk)
    return job


@transaction.atomic
def cancel_job(*, job_id: int, actor: Actor) -> Job:
    """Stop a job: at once while it waits, at its next report while it runs (取消任务)."""
    job = Job.objects.select_for_update().get(pk=job_id)
    target = job_steps.target("cancel", state=JobState(job.state))
    if job.state == JobState.QUEUED:
        job.state, job.ended_at = target, timezone.now()
    job.cancel_requested = True
    job.save(update_fields=["state", "ended_at", "cancel_requested"])
    record(actor, "kernel.job.cancelled", job)
    return job


class Progress:
    """How far a running job is; told to the database at most twice a second.

    Reports go through a connection of their own, so that people see them while the work's own
    transaction is still open.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = 0
        self.total = job.total
        self.message = ""
        self._told_at = 0.0
        self._side = connection.copy()

    def report(self, *, done: int, total: int | None = None, message: str = "") -> None:
        """Note progress; raises ``JobCancelled`` when the starter asked to stop."""
        self.done = done
        self.total = self.total if total is None else total
        self.message = (message or self.message)[:200]
        now = time.monotonic()
        if now - self._told_at >= REPORT_SECONDS or self.done == self.total:
            self._told_at = now
            self._tell()

    def _tell(self) -> None:
        with self._side.cursor() as cursor:
            cursor.execute(
                "UPDATE kernel_job SET done = %s, total = %s, message = %s "
                "WHERE id = %s AND state = 'running' RETURNING cancel_requested",
                [self.done, self.total, self.message, self.job.pk],
            )
            row = cursor.fetchone()
        if row and row[0]:
            raise JobCancelled

    def close(self) -> None:
        self._side.close()


def run(*, job_id: int) -> None:
    """Do the work of one job and write down how it ended; called by the queue."""
    job = _begin(job_id)
    if job is None:
        return
    progress = Progress(job)
    try:
        outcome = _works[job.kind](progress, **job.arguments) or Outcome()
    except JobCancelled:
        _end(job, "cancel", progress=progress)
    except DomainError as refusal:
        _end(job, "fail", progress=progress, failure=refusal.sentence)
    except Exception:
        _end(job, "fail", progress=progress, failure=UNEXPECTED_FAILURE)
        raise
    else:
        _end(job, "finish", progress=progress, outcome=outcome)
    finally:
        progress.close()


@transaction.atomic
def _begin(job_id: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.state in (JobState.DONE, JobState.CANCELLED):
        return None
    job.state = job_steps.target("start", state=JobState(job.state))
    job.started_at, job.ended_at = timezone.now(), None
    job.done, job.failure = 0, ""
    job.save(update_fields=["state", "started_at", "ended_at", "done", "failure"])
    return job


@transaction.atomic
def _end(
    job: Job,
    step: str,
    *,
    progress: Progress,
    failure: str = "",
    outcome: Outcome | None = None,
) -> None:
    job = Job.objects.select_for_update().get(pk=job.pk)
    job.state = job_steps.target(step, state=JobState(job.state))
    job.ended_at = timezone.now()
    job.done, job.total, job.failure = progress.done, progress.total, failure[:500]
    job.message = progress.message
    if outcome:
        job.message = outcome.message[:200] or progress.message
        job.result_url = outcome.url
        job.result_file = outcome.file
    job.save()
    logger.info("job", job=job.pk, kind=job.kind, state=job.state)


@transaction.atomic
def abandon(*, job_id: int) -> None:
    """End a job whose workers died again and again (放弃任务)."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.has_ended:
        return
    job.state = job_steps.target("fail", state=JobState(job.state))
    job.ended_at, job.failure = timezone.now(), INTERRUPTED_FAILURE
    job.save(update_fields=["state", "ended_at", "failure"])


def count_of_running_jobs(*, actor: Actor) -> int:
    """How many jobs of the actor are not yet over, for the navigation."""
    if actor.user_id is None:
        return 0
    unfinished = [JobState.QUEUED, JobState.RUNNING]
    return Job.objects.filter(actor_id=actor.user_id, state__in=unfinished).count()


def remove_ended_jobs(*, before: datetime.datetime) -> int:
    """Remove jobs that ended before the moment; their result files go too (清理任务)."""
    old = list(Job.objects.filter(ended_at__lt=before).values_list("pk", flat=True)[:1000])
    StoredFile.objects.filter(
        object_type="kernel.job", object_id__in=[str(pk) for pk in old]
    ).delete()
    Job.objects.filter(pk__in=old).delete()
    return len(old)
