"""Count a metric again and keep what changed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from silian.casework.metrics.choices import DisputeState, Origin, PeriodKind
from silian.casework.metrics.events import MetricValueChanged
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.divisions import measured_areas
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import Metric
from silian.casework.metrics.rules.periods import ONE_DAY, last_day, period_holding
from silian.casework.metrics.rules.reducing import Figures
from silian.foundation.kernel.events import publish_each

LOCK_SPACE = 5411014  # a number of our own among the advisory locks of the database
BATCH = 2000
FIGURES = ("value", "numerator", "denominator", "row_count")
PROVENANCE = ("as_of", "computed_at", "checked_at", "formula_version", "formula_hash")


@dataclass(frozen=True, kw_only=True)
class Recount:
    """What counting a metric again came to (重算结果)."""

    code: str
    counted: int
    changed: int


@transaction.atomic
def recount(
    *,
    metric: Metric,
    since: datetime.date,
    now: datetime.datetime,
    until: datetime.date | None = None,
    touched: Collection[str] = (),
    announce: bool = True,
) -> Recount:
    """Count every value that holds days from ``since`` on, and keep those that changed (重算).

    ``touched`` limits the divisions to those that hold one of these. Counting again without a
    change of rows changes nothing.
    """
    lock(metric.code)
    today = timezone.localdate(now)
    until = min(until or today, today)
    areas = measured_areas(metric, on=today, touched=touched)
    if not areas or since > until:
        return Recount(code=metric.code, counted=0, changed=0)
    found = measured_values(metric, areas=areas, since=since, until=until)
    kept = values_that_hold(metric, found)
    same = [
        kept[key] for key, figures in found.items() if key in kept and agrees(kept[key], figures)
    ]
    confirm(same, metric=metric, today=today, now=now)
    other = {key: figures for key, figures in found.items() if not agrees(kept.get(key), figures)}
    changes = write_changes(other, kept=kept, metric=metric, now=now)
    if announce:
        announce_changes(changes, metric=metric, today=today)
    return Recount(code=metric.code, counted=len(found), changed=len(changes))


def lock(code: str) -> None:
    """Let nobody else count the same metric until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, code])


def values_that_hold(metric: Metric, found: Collection[Key]) -> dict[Key, MetricValue]:
    """The values of the counted divisions and periods that hold today."""
    rows = MetricValue.objects.current().filter(
        metric_code=metric.code,
        division_id__in={key.division for key in found},
        period_start__gte=min(key.start for key in found),
    )
    return {
        Key(row.division_id, PeriodKind(row.period_kind), row.period_start): row for row in rows
    }


def agrees(row: MetricValue | None, figures: Figures) -> bool:
    return row is not None and all(getattr(row, name) == getattr(figures, name) for name in FIGURES)


def confirm(
    rows: list[MetricValue], *, metric: Metric, today: datetime.date, now: datetime.datetime
) -> None:
    """Note that values still hold; those of a running period reach to today."""
    seen = {
        "checked_at": now,
        "formula_version": metric.version,
        "formula_hash": metric.formula_hash,
    }
    running = [row.pk for row in rows if row.period_end > today]
    over = [row.pk for row in rows if row.period_end <= today]
    MetricValue.objects.filter(pk__in=running).update(as_of=today, **seen)
    last = MetricValue.objects.filter(pk__in=over)
    last.update(**seen)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A value that is another one now."""

    row: MetricValue
    previous: Decimal | None
    is_first: bool


def write_changes(
    found: dict[Key, Figures],
    *,
    kept: dict[Key, MetricValue],
    metric: Metric,
    now: datetime.datetime,
) -> list[Change]:
    """Keep the new values: over a running period in place, beside the old one when it was over."""
    disputed = disputed_values([kept[key] for key in found if key in kept])
    replaced, added, changes = [], [], []
    for key, figures in found.items():
        old = kept.get(key)
        previous = old.value if old else None
        if old and is_running(old) and old.pk not in disputed:
            row = filled(old, figures, metric=metric, now=now)
            replaced.append(row)
        else:
            row = filled(new_row(key, metric=metric, old=old), figures, metric=metric, now=now)
            added.append(row)
        changes.append(Change(row=row, previous=previous, is_first=old is None))
    ended = [row.supersedes_id for row in added if row.supersedes_id]
    MetricValue.objects.filter(pk__in=ended).update(superseded_at=now)
    MetricValue.objects.bulk_update(replaced, [*FIGURES, *PROVENANCE], batch_size=BATCH)
    MetricValue.objects.bulk_create(added, batch_size=BATCH)
    return changes


def disputed_values(rows: list[MetricValue]) -> set[int]:
    """Values that somebody objects to: they stay as they were told."""
    open_disputes = MetricValue.objects.filter(
        pk__in=[row.pk for row in rows], disputes__state=DisputeState.RAISED
    )
    return set(open_disputes.values_list("pk", flat=True))


def is_running(row: MetricValue) -> bool:
    """Whether the value was counted before its period was over, and so was not final."""
    return timezone.localdate(row.checked_at) < row.period_end


def new_row(key: Key, *, metric: Metric, old: MetricValue | None) -> MetricValue:
    period = period_holding(key.start, kind=key.kind)
    return MetricValue(
        metric_code=metric.code,
        division_id=key.division,
        period_kind=key.kind,
        period_start=period.starts,
        period_end=last_day(period) + ONE_DAY,
        origin=Origin.COMPUTED,
        supersedes=old,
    )


def filled(
    row: MetricValue, figures: Figures, *, metric: Metric, now: datetime.datetime
) -> MetricValue:
    """The row with new figures and where they come from."""
    for name in FIGURES:
        setattr(row, name, getattr(figures, name))
    ends = last_day(period_holding(row.period_start, kind=PeriodKind(row.period_kind)))
    row.as_of = min(ends, timezone.localdate(now))
    row.computed_at = row.checked_at = now
    row.formula_version, row.formula_hash = metric.version, metric.formula_hash
    return row


def announce_changes(changes: list[Change], *, metric: Metric, today: datetime.date) -> None:
    """Tell others once a division, by the main period where it changed; the past is no news."""
    news: dict[str, Change] = {}
    for change in changes:
        row = change.row
        if change.is_first and row.period_end <= today:
            continue
        said = news.get(row.division_id)
        if said is None or main_and_latest(change, metric) > main_and_latest(said, metric):
            news[row.division_id] = change
    publish_each(event_of(change) for change in news.values())


def main_and_latest(change: Change, metric: Metric) -> tuple[bool, datetime.date]:
    return change.row.period_kind == metric.main_period, change.row.period_start


def event_of(change: Change) -> MetricValueChanged:
    row = change.row
    return MetricValueChanged(
        code=row.metric_code,
        division=row.division_id,
        period_kind=str(row.period_kind),
        period_start=row.period_start,
        value_id=row.pk,
        previous=change.previous,
    )
