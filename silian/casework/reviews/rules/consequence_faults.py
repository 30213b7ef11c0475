"""What is wrong with the consequence of a scheme (认定结果核对)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.rules.definition import Definition, DutyRule

LEAP_YEAR = 2024  # has every day that a duty may fall on


def consequence_faults(definition: Definition) -> Iterator[str]:
    """Duties without a day, bans without years, an incubation that nothing starts."""
    consequence = definition.consequence
    codes = [
        *(row.code for row in consequence.duties),
        *(row.code for row in consequence.exits),
        *(row.code for row in consequence.benefits),
    ]
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"认定结果的代码“{code}”出现了 {times} 次。"
    for duty in consequence.duties:
        yield from duty_faults(duty)
    if any(row.bans for row in consequence.exits) and not consequence.ban_years:
        yield "有取消情形要求不得再次申报，但没有写明年数。"
    if consequence.misses_to_removal and not consequence.duties:
        yield "写明了未完成几次义务即取消，但没有设置义务。"
    incubates = consequence.first_state == RecognitionState.INCUBATING
    if not incubates and consequence.least_incubation_days not in ("", "0"):
        yield "写明了最短培育期，但认定后不是从建设培育开始。"


def duty_faults(duty: DutyRule) -> Iterator[str]:
    if not duty.days_after and not duty.month:
        yield f"义务“{duty.label}”没有写明期限。"
    if duty.days_after and duty.month:
        yield f"义务“{duty.label}”同时写了天数和日期，只能用一种。"
    if not duty.in_states:
        yield f"义务“{duty.label}”没有写明适用的认定状态。"
    if duty.month and not is_day(duty.month, duty.day):
        yield f"义务“{duty.label}”的日期 {duty.month} 月 {duty.day} 日不存在。"


def is_day(month: int, day: int) -> bool:
    try:
        datetime.date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
