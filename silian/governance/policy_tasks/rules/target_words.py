"""Goals and changes of light in the words of officials."""

from __future__ import annotations

from decimal import Decimal

from silian.governance.policy_tasks.choices import Direction, Light
from silian.registers.policies.choices import Comparator

STANDING = {
    Light.REACHED: 3,
    Light.ON_TRACK: 2,
    Light.GAP: 1,
    Light.BEHIND: 1,
    Light.OVERDUE: 0,
}  # lights that can be told apart as better and worse; the others know nothing


def goal_words(*, comparator: str, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """The goal as officials write it: 不低于 60%, 3—5 个, 20 家左右, 未设定."""
    one = low if low is not None else high
    if one is None:
        return "未设定"
    gap = "" if unit.startswith(("%", "‰")) else " "
    if low is not None and high is not None and low != high:
        return f"{plain(low)}—{plain(high)}{gap}{unit}"
    if comparator == Comparator.ABOUT:
        return f"{plain(one)}{gap}{unit}左右"
    if comparator in (Comparator.AT_LEAST, Comparator.AT_MOST):
        return f"{Comparator(comparator).label} {plain(one)}{gap}{unit}"
    return f"{plain(one)}{gap}{unit}"


def plain(value: Decimal) -> str:
    """A number without the noughts after its point."""
    return f"{value.normalize():,f}"


def turned(*, before: str, after: str) -> Direction:
    """Whether a light became better or worse; from or to the unknown it is neither."""
    known = [STANDING.get(Light(light)) if light else None for light in (before, after)]
    if known[0] is None or known[1] is None or known[0] == known[1]:
        return Direction.OTHER
    return Direction.BETTER if known[1] > known[0] else Direction.WORSE
