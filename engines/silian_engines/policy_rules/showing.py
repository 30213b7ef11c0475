"""Whole numbers back to what people read (显示)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from .definitions import Input, Step
from .quantities import as_decimal
from .results import Value

Shower = Callable[[Any], Value]


def step_shower(step: Step) -> Shower:
    """How the value of a step is shown."""
    return _shower(step.unit, step.decimals)


def input_shower(fact: Input) -> Shower:
    """How a stated fact is shown; a list of members by its length."""
    if fact.each:
        return lambda raw: as_decimal(len(raw), 0)
    if fact.choices:
        return lambda raw: fact.choices[raw]
    return _shower(fact.unit, fact.decimals)


def _shower(unit: str, decimals: int) -> Shower:
    if unit in ("是否", "名单", "文字"):
        return lambda raw: raw  # type: ignore[no-any-return]
    if unit == "日期":
        return lambda raw: None if raw is None else date.fromordinal(raw).isoformat()
    return lambda raw: None if raw is None else as_decimal(raw, decimals)
