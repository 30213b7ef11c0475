"""When and how heavily students may work (第十六条（七）、第十七条; 劳动法第三十六条、第三十八条).

A number of filing (备案号) waives what Art. 17 lets it waive: rest days, holidays, overtime, night
and work of higher risk. It waives neither the hours of the labour law nor anything of Art. 16.
"""

from __future__ import annotations

import datetime

from silian.operations.placements.rules.prohibitions.declaration import Rule
from silian.operations.placements.rules.prohibitions.facts import PostFacts, StayFacts
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.students import (
    GRADES,
    ROMAN,
    hazard_names,
    plain,
)

POST = frozenset({"post"})
DAYS_A_WEEK = 7
HOURS_A_DAY = 24


def too_heavy(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-18g: at most grade Ⅱ of physical workload."""
    heaviest = limits.of("heaviest_labour")
    if heaviest is None or post.intensity <= GRADES.get(heaviest.text, 4):
        return None
    return f"体力劳动强度为{ROMAN[post.intensity]}，最高可安排{heaviest.text}。请换岗位。"


def harmful(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-18g: nothing that harms body or mind."""
    named = hazard_names(post.hazards, limits.keys("harmful_hazards"))
    return f"岗位有{named}，不能安排学生。请换岗位或消除危害。" if named else None


def possibly_harmful(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-18g: hazards that may harm; whether they do is for the measurement to say."""
    named = hazard_names(post.hazards, limits.keys("possible_hazards"))
    return f"岗位有{named}。请附检测结果和防护措施，超过限值的不能安排。" if named else None


def high_risk(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-19: height, underground, radiation, toxic, flammable, other high risk."""
    named = hazard_names(post.hazards, limits.keys("high_risk_hazards"))
    if not named or post.filing_number:
        return None
    return f"岗位有{named}，风险较高，不能安排学生。专业确有需要的，先向主管部门备案并填备案号。"


def too_long_days(*, post: PostFacts, limits: Limits) -> str | None:
    """Not more hours a day than the labour law has."""
    most = limits.value("most_daily_hours")
    if most is None or post.daily_hours <= most:
        return None
    return f"每日 {plain(post.daily_hours)} 小时，超过 {plain(most)} 小时。请减少每日工时。"


def too_long_weeks(*, post: PostFacts, limits: Limits) -> str | None:
    """Not more hours a week; a region may set fewer than the nation."""
    most = limits.value("most_weekly_hours")
    hours = post.daily_hours * post.weekly_days
    if most is None or hours <= most:
        return None
    return (
        f"每周 {plain(hours)} 小时（每日 {plain(post.daily_hours)} × {post.weekly_days} 天），"
        f"超过 {plain(most)} 小时。请减少工时或天数。"
    )


def no_rest_day(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-19: rest days stay free."""
    least = limits.value("least_rest_days")
    rest = DAYS_A_WEEK - post.weekly_days
    if least is None or rest >= least or post.filing_number:
        return None
    return f"每周工作 {post.weekly_days} 天，休息不足 {plain(least)} 天。请安排休息日。"


def works_holidays(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-19: statutory holidays stay free."""
    if not post.works_holidays or post.filing_number:
        return None
    return "岗位安排法定节假日上班。请取消；专业确有需要的，先备案并填备案号。"


def holidays_in_stay(*, post: PostFacts, stay: StayFacts, limits: Limits) -> str | None:
    """IN-19: which holidays of this stay would be worked, by the site's calendar."""
    if not post.works_holidays or post.filing_number or not stay.holidays:
        return None
    first = stay.holidays[0]
    return f"实习期内有 {len(stay.holidays)} 天法定节假日会上班，最早是 {first:%Y-%m-%d}。"


def overtime(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-19: no overtime."""
    if not post.has_overtime or post.filing_number:
        return None
    return "岗位安排加班。请取消；专业确有需要的，先备案并填备案号。"


def hour_of(time: datetime.time) -> float:
    return time.hour + time.minute / 60


def touches_night(
    *, starts: datetime.time, ends: datetime.time, night_from: float, night_to: float
) -> bool:
    """Whether a shift holds any time of the night; a shift that ends at or before it begins
    runs into the next day."""
    begin, end = hour_of(starts), hour_of(ends)
    if end <= begin:
        end += HOURS_A_DAY
    nights = (
        (night_from - HOURS_A_DAY, night_to),
        (night_from, night_to + HOURS_A_DAY),
    )
    return any(begin < last and first < end for first, last in nights)


def night_shift(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-19: no night shift."""
    starts, ends = limits.value("night_starts"), limits.value("night_ends")
    if starts is None or ends is None or post.filing_number:
        return None
    if not touches_night(
        starts=post.shift_starts, ends=post.shift_ends,
        night_from=float(starts), night_to=float(ends),
    ):  # fmt: skip
        return None
    return (
        f"班次 {post.shift_starts:%H:%M}—{post.shift_ends:%H:%M} 进入夜班时段"
        f"（{plain(starts)} 时至次日 {plain(ends)} 时）。请改为白班；确有需要的，先备案并填备案号。"
    )


WORKING_TIME_RULES = (
    Rule(
        code="IN-18g", title="不得从事Ⅲ级及以上体力劳动", provision="heaviest_labour",
        needs=POST, check=too_heavy, field="intensity", only_in_post=False,
    ),
    Rule(
        code="IN-18g", title="不得从事有害身心健康的实习", provision="no_harmful_work",
        needs=POST, check=harmful, field="hazards", only_in_post=False,
    ),
    Rule(
        code="IN-18g", title="可能有害健康的因素应有检测和防护", provision="possible_harm",
        needs=POST, check=possibly_harmful, field="hazards",
    ),
    Rule(
        code="IN-19", title="不得从事较高安全风险的实习", provision="no_high_risk",
        needs=POST, check=high_risk, field="hazards", only_in_post=False,
    ),
    Rule(
        code="IN-19", title="每日工时上限", provision="most_daily_hours",
        needs=POST, check=too_long_days, field="daily_hours",
    ),
    Rule(
        code="IN-19", title="每周工时上限", provision="most_weekly_hours",
        needs=POST, check=too_long_weeks, field="weekly_days",
    ),
    Rule(
        code="IN-19", title="不得在休息日实习", provision="least_rest_days",
        needs=POST, check=no_rest_day, field="weekly_days",
    ),
    Rule(
        code="IN-19", title="不得在法定节假日实习", provision="no_holidays",
        needs=POST, check=works_holidays, field="works_holidays",
    ),
    Rule(
        code="IN-19", title="实习期内的法定节假日", provision="no_holidays",
        needs=frozenset({"post", "stay"}), check=holidays_in_stay, field="works_holidays",
    ),
    Rule(
        code="IN-19", title="不得安排加班", provision="no_overtime",
        needs=POST, check=overtime, field="has_overtime",
    ),
    Rule(
        code="IN-19", title="不得安排夜班", provision="no_night_shift",
        needs=POST, check=night_shift, field="shift_ends",
    ),
)  # fmt: skip
