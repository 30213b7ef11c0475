"""When a competition may go on, and who may still enter (技能竞赛)."""

from __future__ import annotations

import datetime


def reason_dates_disordered(
    *,
    opens_on: datetime.date,
    closes_on: datetime.date,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> tuple[str, str] | None:
    """The box and the sentence when the days of a competition contradict one another."""
    if closes_on < opens_on:
        return "closes_on", "报名截止日不能早于报名开始日。"
    if starts_on <= closes_on:
        return "starts_on", "比赛开始日应在报名截止日之后。"
    if ends_on < starts_on:
        return "ends_on", "比赛结束日不能早于开始日。"
    return None


def reason_not_openable(*, today: datetime.date, opens_on: datetime.date) -> str | None:
    """Registration opens on its day (开放报名)."""
    if today < opens_on:
        return f"报名从 {opens_on} 开始。要提前，请先修改报名时间。"
    return None


def reason_not_holdable(*, today: datetime.date, ends_on: datetime.date) -> str | None:
    if today < ends_on:
        return f"比赛到 {ends_on} 结束，之后才能登记成绩。"
    return None


def reason_not_publishable(*, entrants: int, unscored: int) -> str | None:
    """Results go out whole: every entrant has a rank or is marked absent (公布成绩)."""
    if not entrants:
        return "没有参赛人员，不能公布成绩。没有办成的竞赛请取消并写明理由。"
    if unscored:
        return f"还有 {unscored} 人没有成绩。请登记名次或勾选缺赛。"
    return None


def reason_not_entering(
    *, today: datetime.date, opens_on: datetime.date, closes_on: datetime.date
) -> str | None:
    """Why nobody enters or withdraws today, or None (报名时间)."""
    if not opens_on <= today <= closes_on:
        return f"报名时间是 {opens_on} 至 {closes_on}，今天不能报名或退出。"
    return None


def reason_unit_full(*, entered: int, limit: int) -> str | None:
    """A unit sends no more than its limit; none when the limit is 0 (报名名额)."""
    if limit and entered >= limit:
        return f"每个单位最多 {limit} 人，贵单位已报满。可以先退出一人再报。"
    return None
