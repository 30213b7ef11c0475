"""Counting in the background: what changed, and everything once a night."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.casework.metrics.commands.recount_asking import RECOUNT_JOB
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.commands.staleness import RECOUNT_LOCK, RECOUNT_TASK, recount_stale
from silian.casework.metrics.registry import declared_metric, declared_metrics
from silian.casework.metrics.rules.periods import history_start
from silian.foundation.kernel.jobs import Outcome, Progress, long_job

RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)


@app.task(name=RECOUNT_TASK, queue="metrics", queueing_lock=RECOUNT_LOCK, retry=RETRY)
def recount_what_changed() -> None:
    recount_stale(now=timezone.now())


@app.periodic(cron="50 18 * * *", periodic_id="metrics_nightly")
@app.task(name="metrics.recount_all", queue="metrics", queueing_lock="metrics_nightly")
def recount_every_metric(timestamp: int) -> None:
    """Ten to three in the morning, Beijing time: new days begin, and nothing missed stays wrong."""
    now = timezone.now()
    since = history_start(timezone.localdate(now))
    for metric in declared_metrics().values():
        recount(metric=metric, since=since, now=now)


@long_job(RECOUNT_JOB)
def recount_one_metric(progress: Progress, *, code: str) -> Outcome:
    """Count the series of one metric for every division."""
    metric = declared_metric(code)
    if metric is None:
        return Outcome(message="这项指标已不再计算。")
    now = timezone.now()
    done = recount(metric=metric, since=history_start(timezone.localdate(now)), now=now)
    progress.report(done=done.counted, total=done.counted)
    return Outcome(
        message=f"核算 {done.counted} 个数值，{done.changed} 个有变化。",
        url=reverse("metrics:metric_detail", kwargs={"code": code}),
    )
