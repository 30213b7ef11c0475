"""Milestones: how they stand, and when the last one will be reached (节点规则)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from silian.foundation.kernel.lateness import days_late

WATCH_DAYS = 14  # two weeks are enough to call in those who must act


@dataclass(frozen=True, kw_only=True)
class Days:
    """A milestone as its two days: planned, and done or None (计划日、完成日)."""

    planned_on: datetime.date
    done_on: datetime.date | None = None


def delay_of(
    *, planned_on: datetime.date, done_on: datetime.date | None, today: datetime.date
) -> int:
    """How many days a milestone came or is late; 0 when in time (滞后天数)."""
    return days_late(last_day=planned_on, on=done_on or today)


def milestone_words(
    *, planned_on: datetime.date, done_on: datetime.date | None, today: datetime.date
) -> tuple[str, str]:
    """The state in words and its tone.

    >>> milestone_words(planned_on=datetime.date(2026, 3, 1), done_on=None,
    ...                 today=datetime.date(2026, 3, 11))
    ('滞后 10 天', 'late')
    """
    late = delay_of(planned_on=planned_on, done_on=done_on, today=today)
    if done_on is not None:
        return (f"完成，晚 {late} 天", "watch") if late else ("按期完成", "ok")
    if late:
        return f"滞后 {late} 天", "late"
    if (planned_on - today).days <= WATCH_DAYS:
        return f"余 {(planned_on - today).days} 天", "watch"
    return "未到期", "open"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """When the work will be finished, and how that was reckoned (预计完成)."""

    on: datetime.date | None
    shift: int
    method: str


def forecast(*, milestones: Sequence[Days], today: datetime.date) -> Forecast:
    """The last planned day, put off by the delay measured so far (预计完成日).

    The measured delay is the larger of the median delay of what is done and the delay of the
    oldest thing that is still open; a project that was early is not forecast to be early.
    """
    if not milestones:
        return Forecast(on=None, shift=0, method="还没有节点，不能推算。请先添加节点。")
    open_days = [row.planned_on for row in milestones if row.done_on is None]
    last = max(row.planned_on for row in milestones)
    if not open_days:
        done = max(row.done_on for row in milestones if row.done_on is not None)
        return Forecast(on=done, shift=0, method="全部节点已完成，取最后一个完成日。")
    done_delays = [
        delay_of(planned_on=row.planned_on, done_on=row.done_on, today=today)
        for row in milestones
        if row.done_on is not None
    ]
    usual = int(median(done_delays)) if done_delays else 0
    waiting = days_late(last_day=min(open_days), on=today)
    shift = max(usual, waiting)
    method = (
        f"最后节点计划 {last:%Y-%m-%d}，推后 {shift} 天："
        f"已完成 {len(done_delays)} 个节点的滞后中位数 {usual} 天，"
        f"最早未完成节点已滞后 {waiting} 天，取较大者。"
    )
    expected = max(last + datetime.timedelta(days=shift), today)
    return Forecast(on=expected, shift=shift, method=method)
