"""How a value becomes points (评分方法): nine functions and the plain condition, exact.

``settings`` are the scheme's numbers, resolved; a function with an open setting gives no points and
says so (未设定).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from silian.casework.reviews.choices.schemes import FunctionKind
from silian.casework.reviews.registry import Reading

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
POINT_STEP = Decimal("0.01")  # points are kept to two places, as the column holds them


@dataclass(frozen=True, kw_only=True)
class Method:
    """A scoring with its numbers resolved (评分方法及取数); None is 未设定."""

    kind: FunctionKind
    points: Decimal
    settings: Mapping[str, Decimal | None] = field(default_factory=dict)
    steps: tuple[tuple[Decimal | None, Decimal], ...] = ()
    weights: Mapping[str, Decimal] = field(default_factory=dict)

    def number(self, name: str, otherwise: Decimal) -> Decimal:
        said = self.settings.get(name)
        return otherwise if said is None else said

    @property
    def open_settings(self) -> list[str]:
        """Settings that the scheme names and leaves open."""
        return [name for name, said in self.settings.items() if said is None]


@dataclass(frozen=True, kw_only=True)
class Score:
    """What came out: ``met`` for conditions and vetoes, points for the rest; None is not known."""

    met: bool | None = None
    points: Decimal | None = None
    value: Decimal | None = None


NOT_KNOWN = Score()


def scored(method: Method, reading: Reading) -> Score:
    """The score of a reading (计分); unknown when nothing was read or a setting is open."""
    value = measured(method, reading)
    if value is None or method.open_settings:
        return Score(value=value)
    return FUNCTIONS[method.kind](method, value, reading)


def measured(method: Method, reading: Reading) -> Decimal | None:
    """The number that is judged: as read, weighted by level, or the weight of a choice."""
    if reading.entries:
        return highest_once(method, reading)
    if reading.counts:
        weighted = weighted_sum(method, reading)
        return weighted / reading.per if reading.per else weighted
    if reading.choice:
        return method.weights.get(reading.choice, ZERO)
    return reading.value


def weighted_sum(method: Method, reading: Reading) -> Decimal:
    unweighted = ZERO if method.weights else ONE
    return sum(
        (
            number * method.weights.get(level, unweighted)
            for level, number in reading.counts.items()
        ),
        ZERO,
    )


def highest_once(method: Method, reading: Reading) -> Decimal:
    """Each named result counts once, at its highest level (同一成果只计最高级别)."""
    best: dict[str, Decimal] = {}
    for name, level in reading.entries:
        weight = method.weights.get(level, ZERO if method.weights else ONE)
        best[name] = max(best.get(name, ZERO), weight)
    return sum(best.values(), ZERO)


def rounded(points: Decimal) -> Decimal:
    return points.quantize(POINT_STEP, rounding=ROUND_HALF_UP)


def within(least: Decimal, number: Decimal, most: Decimal) -> Decimal:
    return max(least, min(number, most))


def condition(method: Method, value: Decimal, reading: Reading) -> Score:
    """Met when at least, at most; without a line when it is not zero (达到即满足)."""
    lines = method.settings
    at_least, at_most = lines.get("at_least"), lines.get("at_most")
    if at_least is None and at_most is None:
        met = value != ZERO
    else:
        met = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
    return Score(met=met, points=method.points if met else ZERO, value=value)


def ratio_to_standard(method: Method, value: Decimal, reading: Reading) -> Score:
    """Own value over the standard, capped; below ``floor`` of it nothing (与标准之比)."""
    standard = method.number("standard", ZERO)
    if standard <= ZERO:
        return Score(value=value)
    return by_share(method, value / standard, value)


def ratio_to_best(method: Method, value: Decimal, reading: Reading) -> Score:
    """Own value over the best of the batch; below ``floor`` of it nothing (与最好值之比)."""
    best = method.number("best", reading.best if reading.best is not None else value)
    if best <= ZERO:
        return Score(points=ZERO, value=value)
    if value < method.number("least", value):
        return Score(points=ZERO, value=value)
    return by_share(method, value / best, value)


def by_share(method: Method, share: Decimal, value: Decimal) -> Score:
    if share < method.number("floor", ZERO):
        return Score(points=ZERO, value=value)
    share = within(ZERO, share, method.number("cap", ONE))
    return Score(points=rounded(method.points * share), value=value)


def two_line(method: Method, value: Decimal, reading: Reading) -> Score:
    """Full from the pass line, nothing beyond the limit line, in proportion between (两线).

    With a pass line below the limit line less is better, as for 生师比. ``share_at_limit`` is what
    the limit line itself is worth.
    """
    good, limit = method.number("pass", ZERO), method.number("limit", ZERO)
    if good == limit:
        return Score(points=method.points if value >= good else ZERO, value=value)
    way = (value - limit) / (good - limit)
    if way < ZERO:
        return Score(points=ZERO, value=value)
    least = method.number("share_at_limit", ZERO)
    share = least + (ONE - least) * min(way, ONE)
    return Score(points=rounded(method.points * within(ZERO, share, ONE)), value=value)


def step(method: Method, value: Decimal, reading: Reading) -> Score:
    """The points of the highest step reached, measured from ``reference`` when given (分档)."""
    distance = value - method.number("reference", ZERO)
    reached = [points for line, points in method.steps if line is None or distance >= line]
    points = max(reached, default=ZERO)
    return Score(points=rounded(within(ZERO, points, method.points)), value=value)


def count_weighted(method: Method, value: Decimal, reading: Reading) -> Score:
    """The weighted count, up to the cap, which is never above the item's points (加权计数)."""
    cap = min(method.number("cap", method.points), method.points)
    return Score(points=rounded(within(ZERO, value, cap)), value=value)


def deduction(method: Method, value: Decimal, reading: Reading) -> Score:
    """So much off for each event, down to the floor (按次扣分); weighted counts bring their own."""
    each = method.number("each", ONE)
    floor = method.number("floor", ZERO)
    points = method.points - each * max(value, ZERO)
    return Score(points=rounded(max(floor, points)), value=value)


def survey(method: Method, value: Decimal, reading: Reading) -> Score:
    """The mean worth of the answers in percent, by option weights such as 100, 80, 60 (问卷)."""
    answers = sum(reading.counts.values(), ZERO)
    if answers <= ZERO or answers < method.number("least_answers", ZERO):
        return NOT_KNOWN
    mean = value / answers
    return Score(
        points=rounded(method.points * within(ZERO, mean, HUNDRED) / HUNDRED),
        value=rounded(mean),
    )


def expert(method: Method, value: Decimal, reading: Reading) -> Score:
    """What the experts gave, never more than the item is worth (专家评分)."""
    return Score(points=rounded(within(ZERO, value, method.points)), value=value)


def veto(method: Method, value: Decimal, reading: Reading) -> Score:
    """Not met as soon as there are more events than allowed (一票否决)."""
    return Score(met=value <= method.number("most", ZERO), points=ZERO, value=value)


Function = Callable[[Method, Decimal, Reading], Score]
FUNCTIONS: dict[FunctionKind, Function] = {
    FunctionKind.CONDITION: condition,
    FunctionKind.RATIO_TO_STANDARD: ratio_to_standard,
    FunctionKind.TWO_LINE: two_line,
    FunctionKind.RATIO_TO_BEST: ratio_to_best,
    FunctionKind.STEP: step,
    FunctionKind.COUNT_WEIGHTED: count_weighted,
    FunctionKind.DEDUCTION: deduction,
    FunctionKind.SURVEY: survey,
    FunctionKind.EXPERT: expert,
    FunctionKind.VETO: veto,
}
SETTINGS: dict[FunctionKind, dict[str, str]] = {
    FunctionKind.CONDITION: {"at_least": "不低于", "at_most": "不高于"},
    FunctionKind.RATIO_TO_STANDARD: {
        "standard": "标准值",
        "cap": "最高按标准的几倍计",
        "floor": "低于标准的几成不得分",
    },
    FunctionKind.TWO_LINE: {
        "pass": "合格线（满分）",
        "limit": "限制线（低于不得分）",
        "share_at_limit": "限制线处得分比例",
    },
    FunctionKind.RATIO_TO_BEST: {
        "best": "最好值（不填取本批次最好值）",
        "least": "低于此值不得分",
        "floor": "低于最好值的几成不得分",
    },
    FunctionKind.STEP: {"reference": "参照值"},
    FunctionKind.COUNT_WEIGHTED: {"cap": "最高得分"},
    FunctionKind.DEDUCTION: {"each": "每次扣分", "floor": "最低扣到"},
    FunctionKind.SURVEY: {"least_answers": "最少有效问卷数"},
    FunctionKind.EXPERT: {},
    FunctionKind.VETO: {"most": "允许的次数"},
}
NEEDED: dict[FunctionKind, tuple[str, ...]] = {
    FunctionKind.RATIO_TO_STANDARD: ("standard",),
    FunctionKind.TWO_LINE: ("pass", "limit"),
}
