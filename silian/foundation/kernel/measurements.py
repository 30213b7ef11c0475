"""What Prometheus reads at /metrics. The names are a promise; docs/howto/operate.md lists them.

Several web processes share one address. Their counters lie in files that all of them can read
(``PROMETHEUS_MULTIPROC_DIR``, set by ``config/wsgi.py``), so any process can answer for all.
Facts of the queue are asked of the database when Prometheus comes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
RECENT_JOBS = 500

requests_total = Counter(
    "silian_requests_total",
    "Requests answered, by route name, method and status.",
    ["route", "method", "status"],
)
request_seconds = Histogram(
    "silian_request_seconds", "Time to answer a request, by route name.", ["route"], buckets=SECONDS
)

DEPTH = "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
OLDEST = """
SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)
FROM procrastinate_jobs job
JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()
"""
UNFED = "SELECT coalesce(extract(epoch FROM now() - min(changed_at)), 0) FROM kernel_searchchange"
LATENCY = """
WITH recent AS (
    SELECT id, queue_name, scheduled_at FROM procrastinate_jobs
    WHERE status IN ('succeeded', 'failed') ORDER BY id DESC LIMIT %s
), waits AS (
    SELECT recent.queue_name,
           extract(
               epoch FROM min(started.at) - coalesce(recent.scheduled_at, min(deferred.at))
           ) AS s
    FROM recent
    JOIN procrastinate_events deferred ON deferred.job_id = recent.id AND deferred.type = 'deferred'
    JOIN procrastinate_events started ON started.job_id = recent.id AND started.type = 'started'
    GROUP BY recent.id, recent.queue_name, recent.scheduled_at
)
SELECT queue_name, percentile_cont(0.5) WITHIN GROUP (ORDER BY s),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY s)
FROM waits GROUP BY queue_name
"""


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    requests_total.labels(route=route, method=method, status=str(status)).inc()
    request_seconds.labels(route=route).observe(seconds)


class QueueCollector:
    """The queue's depth, age and latency as the database knows them now."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from self._measures()
        except DatabaseError:
            yield GaugeMetricFamily("silian_database_up", "Whether the database answers.", value=0)
        else:
            yield GaugeMetricFamily("silian_database_up", "Whether the database answers.", value=1)

    def _measures(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily(
            "silian_queue_jobs", "Jobs in the queue.", labels=["queue", "status"]
        )
        failed = 0
        for queue, status, count in rows(DEPTH):
            jobs.add_metric([queue, status], count)
            failed += count if status == "failed" else 0
        yield jobs
        yield GaugeMetricFamily("silian_failed_jobs", "Jobs awaiting a decision.", value=failed)
        ((oldest,),) = rows(OLDEST)
        yield GaugeMetricFamily(
            "silian_queue_oldest_seconds", "Age of the oldest due job.", value=float(oldest)
        )
        ((unfed,),) = rows(UNFED)
        yield GaugeMetricFamily(
            "silian_search_feed_seconds",
            "Age of the oldest change that the search cluster has not learnt of.",
            value=float(unfed),
        )
        latency = GaugeMetricFamily(
            "silian_job_latency_seconds",
            "Time from due to started, over the last 500 finished jobs.",
            labels=["queue", "quantile"],
        )
        for queue, median, high in rows(LATENCY, [RECENT_JOBS]):
            latency.add_metric([queue, "0.5"], float(median or 0))
            latency.add_metric([queue, "0.95"], float(high or 0))
        yield latency


def rows(query: str, parameters: list[int] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def exposition() -> bytes:
    """The text that Prometheus reads, for all web processes together."""
    queue = CollectorRegistry()
    queue.register(QueueCollector())  # type: ignore[arg-type]
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(queue)
        return generate_latest(queue)
    return generate_latest(queue) + generate_latest(REGISTRY)
