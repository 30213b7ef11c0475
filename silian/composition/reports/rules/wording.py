"""Numbers and positions in words, the same on the page and in the bulletin."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from silian.composition.reports.choices import Standing
from silian.registers.policies.choices import Comparator

UNSET = "未设定"
BEFORE_THE_NUMBER = {
    Comparator.AT_LEAST: "",
    Comparator.AT_MOST: "≤",
    Comparator.EQUAL: "",
    Comparator.ABOUT: "约",
}


def plain(value: Decimal | None, *, decimals: int | None = None) -> str:
    """A number with separators and no needless zeros.

    >>> plain(Decimal("3216.0000")), plain(Decimal("58.6500")), plain(None)
    ('3,216', '58.65', '未设定')
    >>> plain(Decimal("41.2500"), decimals=1)
    '41.3'
    """
    if value is None:
        return UNSET
    if decimals is not None:
        value = round_half_up(value, decimals=decimals)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_half_up(value: Decimal, *, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")


def signed(value: Decimal, *, decimals: int | None = None) -> str:
    """A change with its sign; the minus is a real one.

    >>> signed(Decimal("126")), signed(Decimal("-0.7")), signed(Decimal(0))
    ('+126', '−0.7', '0')
    """
    text = plain(abs(value), decimals=decimals)
    if value == 0 or text == "0":
        return "0"
    return f"+{text}" if value > 0 else f"−{text}"


def wanted(*, comparator: str, low: Decimal | None, high: Decimal | None) -> str:
    """What a target asks for, without its unit.

    >>> wanted(comparator="range", low=Decimal(2), high=Decimal(3))
    '2–3'
    """
    if low is not None and high is not None and low != high:
        return f"{plain(low)}–{plain(high)}"
    bound = high if comparator == Comparator.AT_MOST and high is not None else low
    bound = bound if bound is not None else high
    if bound is None:
        return UNSET
    return f"{BEFORE_THE_NUMBER.get(Comparator(comparator), '')}{plain(bound)}"


def now_and_wanted(
    *,
    value: Decimal | None,
    comparator: str,
    low: Decimal | None,
    high: Decimal | None,
    unit: str,
) -> str:
    """The value beside the goal: 14/20 家."""
    goal = wanted(comparator=comparator, low=low, high=high)
    if goal == UNSET:
        return UNSET if value is None else f"{plain(value)}/{UNSET}"
    now = "—" if value is None else plain(value, decimals=2)
    return f"{now}/{goal} {unit}".strip()


def targets_sentence(counts: Mapping[Standing, int]) -> list[tuple[str, bool]]:
    """How the targets stand, piece by piece; the late ones are marked (总体判断).

    >>> targets_sentence({Standing.ON_TIME: 2, Standing.BEHIND: 0, Standing.OVERDUE: 1})
    [('3 项目标：2 项按期，', False), ('1 项逾期', True), ('。', False)]
    """
    total = sum(counts.values())
    if not total:
        return [("还没有目标。印发政策文件后，数量目标自动列入。", False)]
    before = [f"{counts.get(Standing.ON_TIME, 0)} 项按期"]
    if behind := counts.get(Standing.BEHIND, 0):
        before.append(f"{behind} 项滞后")
    beginning = f"{total} 项目标：{'，'.join(before)}"
    late, unmeasured = counts.get(Standing.OVERDUE, 0), counts.get(Standing.UNMEASURED, 0)
    ending = f"，{unmeasured} 项尚未测量。" if unmeasured else "。"
    if not late:
        return [(f"{beginning}，没有逾期{ending}", False)]
    return [(f"{beginning}，", False), (f"{late} 项逾期", True), (ending, False)]


def tasks_sentence(*, total: int, latest: str, days: int) -> str:
    """What is late among the tasks."""
    if not total:
        return "还没有下达任务。"
    if not latest:
        return "没有逾期的任务。"
    return f"迟得最久的任务是{latest}，{days} 天。"
