"""How late something is: one way of counting for pages, to-dos and messages."""

from __future__ import annotations

import datetime


def days_late(*, last_day: datetime.date, on: datetime.date) -> int:
    """Days after the last day on which it was in time; 0 when in time (逾期天数).

    >>> days_late(last_day=datetime.date(2026, 3, 19), on=datetime.date(2026, 3, 20))
    1
    """
    return max(0, (on - last_day).days)
