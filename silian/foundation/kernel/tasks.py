"""Jobs of the kernel."""

from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.foundation.kernel import events

RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)


@app.task(name="kernel.handle_event", queue="events", retry=RETRY)
def handle_event(*, handler: str, payload: dict[str, Any]) -> None:
    events.deliver(handler=handler, payload=payload)


@app.periodic(cron="*/2 * * * *", periodic_id="retry_stalled")
@app.task(name="kernel.retry_stalled_jobs", queue="kernel", pass_context=True)
async def retry_stalled_jobs(context: Any, timestamp: int) -> None:
    """Give jobs whose worker died back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
