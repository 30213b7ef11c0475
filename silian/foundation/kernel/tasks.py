"""Jobs of the kernel."""

from __future__ import annotations

import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from silian.foundation.kernel import (
    dead_letters,
    events,
    files,
    idempotency,
    jobs,
    rate_limits,
)
from silian.foundation.kernel.search import feed, rebuilding, terms

RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)
MOST_INTERRUPTIONS = 6  # a job that kills its worker this often is given up
FINISHED_KEPT_HOURS = 7 * 24  # long enough to look into last week's trouble
JOBS_KEPT = datetime.timedelta(days=90)  # results hold personal data: keep them a quarter


@app.task(name="kernel.handle_event", queue="events", retry=RETRY)
def handle_event(*, handler: str, payload: dict[str, Any]) -> None:
    events.deliver(handler=handler, payload=payload)


@app.task(name="kernel.run_job", queue="long")
def run_job(*, job_id: int) -> None:
    jobs.run(job_id=job_id)


@app.periodic(cron="*/2 * * * *", periodic_id="retry_stalled")
@app.task(name="kernel.retry_stalled_jobs", queue="kernel", pass_context=True)
async def retry_stalled_jobs(context: Any, timestamp: int) -> None:
    """Give jobs whose worker died back to the queue; give up those that kill every worker."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts + 1 >= MOST_INTERRUPTIONS:
            await manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
            if job.task_name == run_job.name:
                await sync_to_async(jobs.abandon)(job_id=job.task_kwargs["job_id"])
        else:
            await manager.retry_job(job)


@app.task(name="kernel.carry_search_changes", queue="kernel", retry=RETRY)
def carry_search_changes() -> None:
    feed.carry_all()


@app.periodic(cron="* * * * *", periodic_id="carry_search_changes")
@app.task(name="kernel.carry_search_rest", queue="kernel", queueing_lock="kernel.search_rest")
def carry_search_rest(timestamp: int) -> None:
    """Carry what an engine that was away has missed."""
    feed.carry_all()


@app.periodic(cron="40 2 * * *", periodic_id="count_search_terms")
@app.task(name="kernel.count_search_terms", queue="long", queueing_lock="kernel.search_terms")
def count_search_terms(timestamp: int) -> None:
    """Count the words of public documents anew, for corrections and suggestions."""
    terms.refresh_terms()


@app.periodic(cron="*/10 * * * *", periodic_id="build_missing_search")
@app.task(name="kernel.build_missing_search", queue="long", queueing_lock="kernel.search_build")
def build_missing_search(timestamp: int) -> None:
    """Fill an index that was never built, so that an upgraded site finds its rows again."""
    rebuilding.build_missing()


@app.periodic(cron="17 3 * * *", periodic_id="clean_queue")
@app.task(name="kernel.clean_queue", queue="kernel", pass_context=True)
async def clean_queue(context: Any, timestamp: int) -> None:
    """Forget finished queue jobs after a week; failed ones stay until somebody decides."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FINISHED_KEPT_HOURS, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="37 3 * * *", periodic_id="clean_kernel")
@app.task(name="kernel.clean", queue="kernel")
def clean(timestamp: int) -> None:
    """Remove what is no longer needed: old jobs, unreferenced content, counters, old answers."""
    now = timezone.now()
    while jobs.remove_ended_jobs(before=now - JOBS_KEPT):
        continue
    files.purge_unreferenced(now=now)
    rate_limits.forget_expired(now=now)
    idempotency.forget_before(now - idempotency.KEPT)
    dead_letters.remove_orphaned_failures()
