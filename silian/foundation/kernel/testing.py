"""For tests: the queue run by hand."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

MOST_ROUNDS = 500  # an import makes every metric of its regions be counted again


def run_queued_jobs() -> None:
    """Run queued jobs in order, in this thread and connection, until none is left.

    Failures are raised, so that a test sees them.
    """
    for _ in range(MOST_ROUNDS):
        job = ProcrastinateJob.objects.filter(status="todo").order_by("id").first()
        if job is None:
            return
        function = app.tasks[job.task_name].func
        with_connection_update(job.pk)
        result = function(**job.args)
        if hasattr(result, "__await__"):
            async_to_sync(lambda pending=result: pending)()
    raise AssertionError("jobs beget jobs without end")


def with_connection_update(job_id: int) -> None:
    """Mark a job done past the read-only model of the queue."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
