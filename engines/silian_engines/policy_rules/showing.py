"""Whole numbers back to what people read (显示): written into code, because every case needs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from .definitions import Input, Step
from .quantities import UNITS
from .results import Value


def as_day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


SHOWING: dict[str, Any] = {"as_day": as_day}
SHOWING |= {f"UNIT_{decimals}": unit for decimals, unit in UNITS.items()}


def step_code(step: Step, *, is_open: bool) -> str:
    """Code that shows the value of a step; amounts become decimals exactly."""
    if is_open:
        return "None"
    code = _code(step.name, step.unit, step.decimals)
    return f"(None if {step.name} is None else {code})" if "ratio(" in step.formula else code


def input_code(fact: Input) -> str:
    """Code that shows a stated fact; a list of members by its length."""
    if fact.each:
        return f"len({fact.name}) * UNIT_0"
    if fact.choices:
        return f"{fact.choices!r}[{fact.name}]"
    return _code(fact.name, fact.unit, fact.decimals)


def input_shower(fact: Input) -> Callable[[Any], Value]:
    """The same for one fact on its own."""
    space = dict(SHOWING)
    exec(f"def show({fact.name}): return {input_code(fact)}", space)
    show: Callable[[Any], Value] = space["show"]
    return show


def _code(name: str, unit: str, decimals: int) -> str:
    if unit in ("是否", "名单", "文字"):
        return name
    return f"as_day({name})" if unit == "日期" else f"{name} * UNIT_{decimals}"
