"""Mark what no longer holds when rows change, and count it again soon after."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from silian.casework.metrics.choices import Timing
from silian.casework.metrics.commands.recounting import Recount, recount
from silian.casework.metrics.models.stale import StaleMark
from silian.casework.metrics.registry import Metric, Touch, declared_metric, metrics_stale_on
from silian.foundation.kernel.events import Event

RECOUNT_TASK = "metrics.recount_stale"
RECOUNT_LOCK = "metrics_stale"
GATHERING = datetime.timedelta(seconds=2)  # changes that come together are counted together


@transaction.atomic
def mark_stale(*, event: Event, now: datetime.datetime) -> int:
    """Note which values an event makes wrong, and have them counted again (标记待重算)."""
    marks = [
        mark_of(metric, touch, now=now)
        for metric, touched in metrics_stale_on(type(event))
        for touch in touched(event)
    ]
    if not marks:
        return 0
    StaleMark.objects.bulk_create(marks, ignore_conflicts=True)
    ask_for_recount()
    return len(marks)


def mark_of(metric: Metric, touch: Touch, *, now: datetime.datetime) -> StaleMark:
    """Days are widened to whole months, so that the same mark is made once."""
    until = None if metric.timing == Timing.STOCK else (touch.until or touch.day).replace(day=1)
    return StaleMark(
        metric_code=metric.code,
        touched=touch.division,
        since=touch.day.replace(day=1),
        until=until,
        marked_at=now,
    )


def ask_for_recount() -> None:
    """Queue the job unless it already waits."""
    task = app.configure_task(
        RECOUNT_TASK,
        queue="metrics",
        queueing_lock=RECOUNT_LOCK,
        schedule_in={"seconds": int(GATHERING.total_seconds())},
    )
    try:
        with transaction.atomic():
            task.defer()
    except AlreadyEnqueued:
        return


def recount_stale(*, now: datetime.datetime) -> list[Recount]:
    """Count again everything that was marked, one metric after another (重算已标记的)."""
    codes = StaleMark.objects.order_by("metric_code").values_list("metric_code", flat=True)
    return [done for code in list(codes.distinct()) if (done := recount_marked(code, now=now))]


@transaction.atomic
def recount_marked(code: str, *, now: datetime.datetime) -> Recount | None:
    """Take the marks of one metric and count what they name."""
    marks = list(StaleMark.objects.select_for_update(skip_locked=True).filter(metric_code=code))
    StaleMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    metric = declared_metric(code)
    if metric is None or not marks:
        return None
    ends = [mark.until or timezone.localdate(now) for mark in marks]
    touched = {mark.touched for mark in marks}
    return recount(
        metric=metric,
        since=min(mark.since for mark in marks),
        until=max(ends),
        touched=() if "" in touched else touched,
        now=now,
    )
