"""When a deal may be rated, and when a rating may be read."""

from __future__ import annotations

import datetime

# Operational setting: blind for two weeks, so that nobody answers a rating with a rating.
RATING_DAYS = 14


def rating_ends(*, closed_at: datetime.datetime) -> datetime.datetime:
    """The moment after which nobody rates and everybody reads."""
    return closed_at + datetime.timedelta(days=RATING_DAYS)


def reason_not_ratable(
    *, closed_at: datetime.datetime | None, rated_before: bool, now: datetime.datetime
) -> str | None:
    """Why a side may not rate a deal now, or None (可否评价)."""
    if closed_at is None:
        return "合作完成或中止后才能评价。请先登记结果。"
    if rated_before:
        return "贵单位已评价过这笔成交。评价提交后不能修改。"
    if now >= rating_ends(closed_at=closed_at):
        return f"评价期为结果登记后 {RATING_DAYS} 天，已经结束。"
    return None


def shown_from(
    *, closed_at: datetime.datetime, other_side_rated: bool, now: datetime.datetime
) -> datetime.datetime:
    """When a rating becomes readable: now if it is the second, else when the days are over."""
    return now if other_side_rated else rating_ends(closed_at=closed_at)
