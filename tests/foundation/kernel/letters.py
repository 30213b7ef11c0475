"""Failed jobs of the queue, made without a worker."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from silian.foundation.kernel.dead_letters import write_failure
from silian.foundation.kernel.events import Event
from silian.foundation.kernel.tasks import handle_event


@dataclass(frozen=True, kw_only=True)
class SampleHappened(Event):
    """A fact for tests."""

    sample_id: int


def failed_letter(*, attempts: int = 6, error: str = "外部系统没有应答") -> int:
    """A job that failed ``attempts`` times, as the worker leaves it."""
    job_id = handle_event.defer(handler="tests.sample<SampleHappened>", payload={"sample_id": 7})
    for attempt in range(attempts):
        job = SimpleNamespace(id=job_id, attempts=attempt)
        try:
            raise ConnectionError(error)
        except ConnectionError as raised:
            write_failure(job=job, error=raised)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', attempts = %s WHERE id = %s",
            [attempts, job_id],
        )
    return job_id


def status_of(job_id: int) -> str:
    return ProcrastinateJob.objects.get(pk=job_id).status
