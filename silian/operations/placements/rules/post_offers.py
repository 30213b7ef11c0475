"""When a post may be opened, closed, changed (实习岗位)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.operations.placements.rules.prohibitions.declaration import Finding

OWN_FIELDS = frozenset(
    {
        "industry", "tasks", "daily_hours", "weekly_days", "shift_ends", "works_holidays",
        "has_overtime", "hazards", "intensity", "offence_check", "pay", "pay_day", "pay_method",
        "fees", "is_paid_by_school_head", "is_through_agency",
    }
)  # fmt: skip
"""Boxes of the post's form: findings about anything else are not the host organisation's."""


def about_the_post(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that a host organisation can cure in the form of its post."""
    return [finding for finding in findings if finding.field in OWN_FIELDS]


def reason_not_openable(
    *, refusals: Sequence[str], ends_on: datetime.date, today: datetime.date
) -> str | None:
    """A post that no student may fill is not offered."""
    if ends_on <= today:
        return "可安排的期间已过。请先修改可安排终止日。"
    if refusals:
        return f"岗位有 {len(refusals)} 项不符合规定：{refusals[0]}"
    return None


def reason_not_closable(*, present: int) -> str | None:
    """A post at which students are or are to be stays open to its rules."""
    if present:
        return f"还有 {present} 名学生在这个岗位实习或待到岗，不能关闭。请先换岗或等实习结束。"
    return None


def fault_of_period(
    *, starts_on: datetime.date, ends_on: datetime.date, headcount: int, placed: int
) -> tuple[str, str] | None:
    """Field and sentence of what does not fit together."""
    if ends_on <= starts_on:
        return "ends_on", "可安排终止日应晚于起始日。"
    if headcount < placed:
        return "headcount", f"同期已安排 {placed} 人，接收人数不能更少。"
    return None
