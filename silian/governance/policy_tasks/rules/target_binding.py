"""Which metric may measure a target."""

from __future__ import annotations

from silian.registers.policies.choices import Comparator

COUNT_WORDS = frozenset({"个", "家", "所", "项", "处", "户"})  # measure words for one and the same
PERCENT = "%"
TIMES = ("/年", "/月", "·年", "·月")  # so much in a time, not for every unit


def is_coverage(*, unit: str, metric_unit: str, reduction: str) -> bool:
    """Whether every unit must meet the target and the metric tells the share that does (覆盖率).

    A target “≥ 1 个/校” is met when all schools have one; an average would hide those without.
    """
    return (
        "/" in unit and not unit.endswith(TIMES) and metric_unit == PERCENT and reduction == "share"
    )


def reason_not_bindable(
    *, unit: str, metric_unit: str, reduction: str, comparator: str, is_yearly: bool = False
) -> str | None:
    """Why the metric may not measure the target, or None.

    A yearly metric measures what is asked every year (场/年).
    """
    unit = unit.removesuffix("/年") if is_yearly else unit
    if is_coverage(unit=unit, metric_unit=metric_unit, reduction=reduction):
        return None
    if comparator == Comparator.RANGE and "/" in unit:
        return f"目标按“{unit}”计，请选择按单位统计的占比指标。"
    if units_match(unit, metric_unit):
        return None
    return (
        f"目标的单位是“{unit or '未写'}”，指标的单位是“{metric_unit}”，两者不一致。"
        "请选择单位相同的指标，逐单位的目标请选择占比指标。"
    )


def units_match(unit: str, metric_unit: str) -> bool:
    """Whether two units measure the same kind of thing; 个、家、所、项 count alike."""
    if unit == metric_unit:
        return True
    return unit in COUNT_WORDS and metric_unit in COUNT_WORDS


def is_cumulative(*, unit: str, timing: str, is_additive: bool) -> bool:
    """Whether what came in each year adds up to the target (累计).

    A count to be reached by a day is the sum of its years, unless it is asked for every year.
    """
    return timing == "flow" and is_additive and not unit.endswith(TIMES)
