"""How a target stands: progress from its baseline, and a light against the time that has passed.

The rule in words. Progress is (now − start) ÷ (goal − start), the same for rising and falling
targets, never below 0, and 1 only when the goal is reached. Time passes in a straight line from
the day of the baseline to the deadline; a target is on time (按期) while its progress is at least
that share. A soft rule (原则上、鼓励…) that falls short has a gap (有差距) and is never late.
“左右” has no tolerance until the parameter P10 is set: a tolerance can only loosen, so what holds
without it holds, and what fails without it stays 未设定.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.policy_tasks.choices import Light
from silian.registers.policies.choices import SOFT_FORCES, Comparator, Force

RATE_UNITS = frozenset({"%", "‰"})  # a rate above its range is outside it; a count is not
WHOLE = Decimal(1)
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is to be reached: bounds in ``unit`` and how a value is held against them."""

    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    tolerance: Decimal | None = None

    @property
    def floor(self) -> Decimal | None:
        return self.low if self.low is not None else self.high

    @property
    def ceiling(self) -> Decimal | None:
        return self.high if self.high is not None else self.low

    @property
    def is_set(self) -> bool:
        return self.floor is not None

    @property
    def lacks_tolerance(self) -> bool:
        """Whether “左右” is asked and nobody has said how near is near enough."""
        return self.comparator == Comparator.ABOUT and self.tolerance is None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where things stand on a day: the value, where it began, and the time given."""

    value: Decimal | None
    baseline: Decimal | None
    begins_on: datetime.date | None
    deadline_on: datetime.date | None
    on: datetime.date
    is_bound: bool = True
    uncovered: int = 0


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The light of a target with the numbers and the sentence that explain it."""

    light: Light
    progress: Decimal | None
    expected: Decimal | None
    reason: str


def nearest_goal(goal: Goal, value: Decimal) -> Decimal | None:
    """The value nearest to ``value`` that fulfils the goal; ``value`` itself when it does.

    A count above the upper end of its range, or above an exact number, has fulfilled it.
    """
    if goal.floor is None or goal.ceiling is None:
        return None
    if goal.comparator == Comparator.AT_MOST:
        return min(value, goal.ceiling)
    slack = goal.tolerance or NOTHING
    lower = goal.floor - slack if goal.comparator == Comparator.ABOUT else goal.floor
    if value < lower:
        return lower
    capped = goal.unit in RATE_UNITS and goal.comparator != Comparator.AT_LEAST
    if not capped or goal.lacks_tolerance:
        return value
    return min(value, goal.ceiling + slack)


def is_reached(goal: Goal, value: Decimal) -> bool:
    """Whether ``value`` fulfils the goal; equality fulfils 不低于 and 不超过."""
    return nearest_goal(goal, value) == value


def distance(goal: Goal, value: Decimal) -> Decimal | None:
    """How much is missing until the goal, in the unit of the target; zero when reached."""
    nearest = nearest_goal(goal, value)
    return None if nearest is None else abs(nearest - value)


def progress(goal: Goal, *, value: Decimal, baseline: Decimal) -> Decimal | None:
    """The part of the way from the baseline to the goal that is done, from 0 to 1.

    A target whose baseline already fulfils it is either still fulfilled (1) or lost (0).
    """
    nearest = nearest_goal(goal, value)
    if nearest is None:
        return None
    if nearest == value:
        return WHOLE
    whole_way = nearest - baseline
    if whole_way == 0 or is_reached(goal, baseline):
        return NOTHING
    return min(max((value - baseline) / whole_way, NOTHING), Decimal("0.9999"))


def expected_share(
    *, begins_on: datetime.date | None, deadline_on: datetime.date | None, on: datetime.date
) -> Decimal | None:
    """The share of the time that has passed, in a straight line; None without both ends."""
    if begins_on is None or deadline_on is None:
        return None
    whole = (deadline_on - begins_on).days
    if whole <= 0:
        return WHOLE
    return min(max(Decimal((on - begins_on).days) / whole, NOTHING), WHOLE)


def judge(goal: Goal, situation: Situation, *, force: str) -> Judgement:
    """The light of a target on a day (目标灯号)."""
    if not goal.is_set:
        return unlit(Light.UNSET, "文件未给出数值，目标值未设定")
    if not situation.is_bound:
        return unlit(Light.NO_METRIC, "平台尚无对应指标")
    if situation.value is None:
        return unlit(Light.NO_VALUE, "对应指标尚无数值")
    return judged_by_value(goal, situation, value=situation.value, force=force)


def unlit(light: Light, reason: str) -> Judgement:
    return Judgement(light=light, progress=None, expected=None, reason=reason)


def judged_by_value(goal: Goal, situation: Situation, *, value: Decimal, force: str) -> Judgement:
    expected = expected_share(
        begins_on=situation.begins_on, deadline_on=situation.deadline_on, on=situation.on
    )
    if is_reached(goal, value) and not situation.uncovered:
        return Judgement(
            light=Light.REACHED, progress=WHOLE, expected=expected, reason="已达到目标值"
        )
    done = (
        None
        if situation.baseline is None
        else progress(goal, value=value, baseline=situation.baseline)
    )
    if done is not None and situation.uncovered:
        done = min(done, Decimal("0.9999"))
    light, reason = short_of_goal(goal, situation, done=done, expected=expected, force=force)
    return Judgement(light=light, progress=done, expected=expected, reason=reason)


def short_of_goal(
    goal: Goal,
    situation: Situation,
    *,
    done: Decimal | None,
    expected: Decimal | None,
    force: str,
) -> tuple[Light, str]:
    """The light of a target that is not reached, and why."""
    deadline = situation.deadline_on
    is_past = deadline is not None and situation.on > deadline
    if not is_past and done is not None and expected is not None and done >= expected:
        return Light.ON_TRACK, "进度不低于时间进度"
    if goal.lacks_tolerance:
        return Light.UNSET, "“左右”的容差（P10）未设定，不判定灯号"
    if force in SOFT_FORCES:
        return Light.GAP, f"“{Force(force).label}”类规定，只提示差距"
    if is_past:
        return Light.OVERDUE, "期限已过，未达到目标值"
    if deadline is None:
        return without_deadline(force)
    if done is None or expected is None:
        return Light.UNSET, "基期值或基期日未设定，不能判定进度"
    return Light.BEHIND, "进度低于时间进度"


def without_deadline(force: str) -> tuple[Light, str]:
    """A duty without a day holds now; a development target without a day has only a gap."""
    if force == Force.MANDATORY:
        return Light.BEHIND, "规定未设期限，现值未达到要求"
    return Light.GAP, "文件未写期限，按差距提示"
