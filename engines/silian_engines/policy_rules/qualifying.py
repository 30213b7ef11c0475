"""What is missing, and the nearest way to qualify (补救): the smallest change of facts.

Amounts and counts are searched exactly: a gate compares sums of facts, so it opens once as a fact
grows or shrinks. Only facts that the applicant can change are proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .compiled_rule import CompiledRule, Outcome
from .definitions import Input
from .quantities import LARGEST
from .results import Change
from .showing import input_shower


def nearest_way(*, outcome: Outcome) -> list[Change]:
    """Changes that open every closed gate that can be opened, each as small as possible."""
    if not all(each.applies for each in outcome.gates):
        return []
    compiled, inputs = outcome.compiled, list(outcome.inputs)
    changes: list[Change] = []
    for place, gate in enumerate(compiled.rule.gates):
        test = _test(compiled, place)
        if test(inputs) is not False:
            continue
        found = _smallest(compiled, inputs, place)
        if found is None:
            continue
        fact_place, value = found
        fact = compiled.rule.inputs[fact_place]
        show = input_shower(fact)
        before, after = show(inputs[fact_place]), show(value)
        changes.append(Change(gate.name, fact.name, fact.title, fact.unit, before, after))
        inputs[fact_place] = value
    return changes


def _test(compiled: CompiledRule, gate: int) -> Callable[[list[Any]], bool | None]:
    place = len(compiled.rule.steps) + gate

    def passes(inputs: list[Any]) -> bool | None:
        result: bool | None = compiled.one_case(*inputs)[place]
        return result

    return passes


def _smallest(compiled: CompiledRule, inputs: list[Any], gate: int) -> tuple[int, Any] | None:
    """The fact and value that open a gate without closing another, by relative size."""
    best: tuple[float, int, Any] | None = None
    open_before = _open(compiled, inputs)
    for place, fact in enumerate(compiled.rule.inputs):
        if not fact.adjustable:
            continue
        for cost, value in _candidates(fact, inputs, place, _test(compiled, gate)):
            changed = [*inputs[:place], value, *inputs[place + 1 :]]
            if open_before <= _open(compiled, changed) and (best is None or cost < best[0]):
                best = (cost, place, value)
    return None if best is None else (best[1], best[2])


def _open(compiled: CompiledRule, inputs: list[Any]) -> set[int]:
    truths = compiled.one_case(*inputs)[len(compiled.rule.steps) :]
    return {place for place, truth in enumerate(truths) if truth}


def _candidates(
    fact: Input, inputs: list[Any], place: int, passes: Callable[[list[Any]], bool | None]
) -> Iterator[tuple[float, Any]]:
    def opens(value: Any) -> bool:
        return passes([*inputs[:place], value, *inputs[place + 1 :]]) is True

    now = inputs[place]
    if fact.unit == "是否":
        options: list[Any] = [not now]
    elif fact.choices:
        options = sorted(range(len(fact.choices)), key=lambda each: abs(each - now))
    elif fact.each or fact.unit in ("日期", "文字"):
        return
    else:
        options = [each for each in (_up(now, opens), _down(now, opens)) if each is not None]
    for value in options:
        if opens(value):
            is_number = not fact.choices and fact.unit != "是否"
            yield (abs(value - now) / max(1, abs(now)) if is_number else 1.0), value


def _up(now: int, opens: Callable[[int], bool]) -> int | None:
    """The smallest larger value that opens the gate."""
    reach = 1
    while not opens(now + reach):
        reach *= 2
        if now + reach > LARGEST:
            return None
    low, high = now + reach // 2, now + reach
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if opens(middle) else (middle, high)
    return high


def _down(now: int, opens: Callable[[int], bool]) -> int | None:
    """The largest smaller value, not below zero, that opens the gate."""
    if now <= 0 or not opens(0):
        return _down_inside(now, opens) if now > 0 else None
    low, high = 0, now
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if opens(middle) else (low, middle)
    return low


def _down_inside(now: int, opens: Callable[[int], bool]) -> int | None:
    """A gate that zero closes may still open on the way down, as a band does."""
    reach = 1
    while now - reach > 0:
        if opens(now - reach):
            low, high = now - reach, now - reach // 2
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if opens(middle) else (low, middle)
            return low
        reach *= 2
    return None
