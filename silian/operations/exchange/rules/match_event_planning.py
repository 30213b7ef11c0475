"""Whether an event is planned sensibly, and whether one may sign up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.operations.exchange.choices import EventTheme

# Operational settings: the longest event is a three-day fair; a year ahead is plannable.
LONGEST_DAYS = 3
FARTHEST_DAYS = 400
MOST_LISTINGS = 6  # more than a delegation can talk about in half a day
# Working days: minutes are written in the week after; an intent cools off within two.
MINUTES_DAYS = 5
INTENT_DAYS = 10


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """What the organiser typed about an event."""

    title: str
    theme: str
    rhythm: str
    division: str
    venue: str
    introduction: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    signup_closes_at: datetime.datetime
    capacity: int
    tables: int
    slot_minutes: int


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, and in which box."""

    text: str
    field: str


def fault_of(plan: EventPlan, *, now: datetime.datetime) -> Fault | None:
    """The first thing that does not fit in a plan, or None (活动安排检查)."""
    if plan.theme not in EventTheme.values:
        return Fault(text="请选择活动主题。", field="theme")
    if plan.starts_at <= now:
        return Fault(text="开始时间须在今后。", field="starts_at")
    if plan.starts_at > now + datetime.timedelta(days=FARTHEST_DAYS):
        return Fault(text="只能安排一年内的活动，请核对年份。", field="starts_at")
    if plan.ends_at <= plan.starts_at:
        return Fault(text="结束时间须晚于开始时间。", field="ends_at")
    if plan.ends_at - plan.starts_at > datetime.timedelta(days=LONGEST_DAYS):
        return Fault(text=f"一场活动最长 {LONGEST_DAYS} 天，更长的请分场登记。", field="ends_at")
    if plan.signup_closes_at > plan.starts_at:
        return Fault(text="报名截止不能晚于活动开始。", field="signup_closes_at")
    if plan.signup_closes_at <= now:
        return Fault(text="报名截止须在今后，给各单位留出报名时间。", field="signup_closes_at")
    if plan.ends_at - plan.starts_at < datetime.timedelta(minutes=plan.slot_minutes):
        return Fault(text="活动时长不够一轮洽谈，请延长时间或缩短每轮。", field="slot_minutes")
    return None


def reason_no_signup(
    *,
    writes: bool,
    verified: bool,
    open_for_signup: bool,
    now: datetime.datetime,
    closes_at: datetime.datetime,
    places_left: int,
    signed_up: bool,
) -> str | None:
    """Why an organisation may not sign up, or None (可否报名)."""
    if not writes:
        return "活动报名由单位管理员或经办人办理，请联系贵单位管理员授权。"
    if not verified:
        return "贵单位尚未核验，不能报名。请先在“单位资料”提交核验材料。"
    if not open_for_signup or now >= closes_at:
        return "报名已截止。可以联系主办单位，或在供需大厅直接应答对方。"
    if places_left < 1 and not signed_up:
        return "名额已满。有单位退出后可以再报，也可以在供需大厅直接应答对方。"
    return None
