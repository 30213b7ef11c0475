"""A rule over a population (批量测算): arrays of whole numbers, cut so that they stay in cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .definitions import Input
from .errors import FactsRefused

if TYPE_CHECKING:
    from .compiled_rule import CompiledRule

Array = np.ndarray[Any, Any]
CASES_AT_ONCE = 16_384
WORTH_SHARING = 200_000  # below this, starting threads costs more than it saves
MOST_WORKERS = 4  # numpy works outside the interpreter's lock; memory is the limit beyond


@dataclass(frozen=True, slots=True)
class Members:
    """The members of all cases: case i owns rows offsets[i] to offsets[i + 1]."""

    offsets: Array
    fields: Mapping[str, Array]

    def part(self, start: int, stop: int) -> tuple[Array, dict[str, Array]]:
        first, last = int(self.offsets[start]), int(self.offsets[stop])
        offsets = self.offsets[start : stop + 1] - first
        return offsets, {name: values[first:last] for name, values in self.fields.items()}


Population = Mapping[str, Array | Members]


@dataclass(frozen=True, slots=True)
class PopulationOutcome:
    """Whole numbers of smallest units per step, and truths per gate; open ones are absent."""

    values: dict[str, Array]
    gates: dict[str, Array]


def computed(
    *, compiled: CompiledRule, population: Population, results: tuple[str, ...] | None = None
) -> PopulationOutcome:
    """Results for every case. Money in 分, choices by their place in the rulebook."""
    rule = compiled.rule
    size = _size(rule.inputs, population)
    _refuse_closed(compiled, population)
    names = _computable(compiled, results)
    kinds = {name: bool if name.startswith("gate_") else np.int64 for name in names}
    arrays = {name: np.empty(size, dtype=kind) for name, kind in kinds.items()}
    compute = compiled.many_cases(names)

    def fill(first: int) -> None:
        for start in range(first, min(first + share, size), CASES_AT_ONCE):
            stop = min(start + CASES_AT_ONCE, first + share, size)
            row = compute(*_arguments(rule.inputs, population, start, stop))
            for array, values in zip(arrays.values(), row, strict=True):
                array[start:stop] = values

    workers = min(MOST_WORKERS, os.cpu_count() or 1) if size >= WORTH_SHARING else 1
    share = -(-size // workers) if size else 1
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(fill, range(0, size, share)))
    gates = {name: values for name, values in arrays.items() if kinds[name] is bool}
    return PopulationOutcome(
        values={name: values for name, values in arrays.items() if name not in gates},
        gates={name.removeprefix("gate_"): values for name, values in gates.items()},
    )


def _computable(compiled: CompiledRule, results: tuple[str, ...] | None) -> tuple[str, ...]:
    """The wanted results that numbers can hold and that the policies do not leave open."""
    rule = compiled.rule
    texts = {step.name for step in rule.steps if step.unit == "名单"}
    known = [step.name for step in rule.steps] + [f"gate_{gate.name}" for gate in rule.gates]
    unknown = [name for name in results or () if name not in known]
    if unknown:
        raise FactsRefused(f"规则 {rule.id} 没有结果 {'、'.join(unknown)}。")
    hidden = {step.name for step in rule.steps if not step.output} if results is None else set()
    absent = texts | compiled.text.open.keys() | hidden
    return tuple(name for name in results or known if name not in absent)


def _size(inputs: tuple[Input, ...], population: Population) -> int:
    missing = [f"{f.title}（{f.name}）" for f in inputs if f.name not in population]
    unknown = sorted(set(population) - {fact.name for fact in inputs})
    if missing or unknown:
        raise FactsRefused(f"数组不齐：缺少 {'、'.join(missing)}；不认识 {'、'.join(unknown)}。")
    for fact in inputs:
        _refuse_unfit(fact, population[fact.name])
    sizes = {_cases(population[fact.name]) for fact in inputs}
    if len(sizes) != 1:
        raise FactsRefused("各项事实的数组长度不一致。")
    return sizes.pop()


def _refuse_unfit(fact: Input, values: Array | Members) -> None:
    if isinstance(values, Members) and (np.diff(values.offsets) < fact.at_least).any():
        raise FactsRefused(f"{fact.title}（{fact.name}）至少填写{fact.at_least}行。")
    if fact.at_most is not None and (np.asarray(values) > fact.largest).any():
        raise FactsRefused(f"{fact.title}（{fact.name}）超过可计算的范围。")


def _cases(values: Array | Members) -> int:
    return len(values.offsets) - 1 if isinstance(values, Members) else len(values)


def _arguments(
    inputs: tuple[Input, ...], population: Population, start: int, stop: int
) -> list[Array]:
    arguments: list[Array] = []
    for fact in inputs:
        values = population[fact.name]
        if isinstance(values, Members):
            offsets, fields = values.part(start, stop)
            arguments.append(offsets)
            arguments += [fields[each.name] for each in fact.each if each.unit != "文字"]
        else:
            arguments.append(values[start:stop])
    return arguments


def _refuse_closed(compiled: CompiledRule, population: Population) -> None:
    """No case may use an option for which the policy names no value."""
    for code, closed in compiled.text.closed.items():
        if np.isin(_column(compiled.rule.inputs, population, code), list(closed)).any():
            raise FactsRefused(f"“{'、'.join(closed.values())}”没有标准：未设定。")


def _column(inputs: tuple[Input, ...], population: Population, code: str) -> Array:
    for fact in inputs:
        values = population[fact.name]
        if isinstance(values, Members):
            for each in fact.each:
                if f"{fact.name}_{each.name}" == code:
                    return values.fields[each.name]
        elif fact.name == code:
            return values
    return np.zeros(0, dtype=np.int64)
