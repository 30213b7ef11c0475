"""Whether this process can serve: the questions behind /health/ready and silian doctor."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

QUEUE_LATE_AFTER = datetime.timedelta(minutes=10)  # periodic work runs every two minutes
WORKER_SILENT_AFTER = datetime.timedelta(seconds=60)  # a worker reports every ten seconds
LEAST_FREE_BYTES = 500 * 1024 * 1024  # below this PostgreSQL and uploads start to fail
LEAST_FREE_SHARE = 0.02

OLDEST_WAITING = """
SELECT min(coalesce(job.scheduled_at, event.at))
FROM procrastinate_jobs job
JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()
"""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One question answered; ``fatal`` means this process must not get requests."""

    name: str
    ok: bool
    detail: str
    fatal: bool = True


def readiness() -> list[Finding]:
    """Database, migrations, queue and disk. A late queue warns; it does not take the web away."""
    database = database_finding()
    findings = [database, disk_finding()]
    if database.ok:
        findings += [migrations_finding(), queue_finding(now=timezone.now())]
    return findings


def database_finding() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding(name="database", ok=False, detail="数据库没有应答")
    return Finding(name="database", ok=True, detail="数据库正常")


def migrations_finding() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    detail = f"有 {waiting} 个数据库变更未执行" if waiting else "数据库结构为最新"
    return Finding(name="migrations", ok=not waiting, detail=detail)


def disk_finding() -> Finding:
    usage = shutil.disk_usage(existing_parent(Path(settings.DATA_FOLDER)))
    free = usage.free
    ok = free >= LEAST_FREE_BYTES and free / usage.total >= LEAST_FREE_SHARE
    return Finding(name="disk", ok=ok, detail=f"数据目录剩余 {free / 1024**3:.1f} GB")


def existing_parent(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def oldest_waiting_job() -> datetime.datetime | None:
    """When the job that has waited longest became due."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_WAITING)
        row = cursor.fetchone()
    return row[0] if row else None


def queue_finding(*, now: datetime.datetime) -> Finding:
    oldest = oldest_waiting_job()
    waited = now - oldest if oldest else datetime.timedelta()
    ok = waited <= QUEUE_LATE_AFTER
    detail = f"最早的任务已等 {int(waited.total_seconds())} 秒"
    return Finding(name="queue", ok=ok, detail=detail, fatal=False)


def last_heartbeat() -> datetime.datetime | None:
    """When any worker last reported that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        row = cursor.fetchone()
    return row[0] if row else None


def worker_is_alive(*, now: datetime.datetime) -> bool:
    beat = last_heartbeat()
    return beat is not None and now - beat <= WORKER_SILENT_AFTER
