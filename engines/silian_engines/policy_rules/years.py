"""Cases over several years (跨年计算): what one year leaves, the next year carries in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .compiled_rule import Outcome
from .errors import FactsRefused
from .rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """One tax year, computed by the rules in force on its last day."""

    year: int
    outcome: Outcome


def compute_years(
    *,
    rulebook: Rulebook,
    id: str,
    jurisdiction: str,
    years: Sequence[Mapping[str, Any]],
    known_on: date | None = None,
) -> list[YearOutcome]:
    """Each entry states `year` and its facts; the first also states what it carries in."""
    _check(years)
    outcomes: list[YearOutcome] = []
    carried: dict[str, Any] = {}
    for entry in years:
        year = _year(entry, outcomes)
        rule = rulebook.rule(
            id=id, jurisdiction=jurisdiction, on=date(year, 12, 31), known_on=known_on
        )
        if not rule.rule.carry:
            raise FactsRefused(f"规则 {id} 不跨年结转，请逐年分别计算。")
        facts = {name: value for name, value in entry.items() if name != "year"}
        doubled = sorted(carried.keys() & facts.keys())
        if doubled:
            raise FactsRefused(f"{year}年的结转数由上一年算出，不要再填：{'、'.join(doubled)}。")
        outcome = rule.compute(facts={**facts, **carried})
        outcomes.append(YearOutcome(year, outcome))
        values = outcome.values
        carried = {into: values[left] for into, left in rule.rule.carry.items()}
    return outcomes


def _check(years: Any) -> None:
    is_list = isinstance(years, Sequence) and not isinstance(years, str)
    if not is_list or not years or not all(isinstance(each, Mapping) for each in years):
        raise FactsRefused("years 应当是逐年填写的列表，每年一个对象。")


def _year(entry: Mapping[str, Any], before: Sequence[YearOutcome]) -> int:
    year = entry.get("year")
    if type(year) is not int or not 1994 <= year <= 2100:
        raise FactsRefused("每一年都要填写 year，例如 2021。")
    if before and year != before[-1].year + 1:
        raise FactsRefused(f"年度必须连续：{before[-1].year}年之后是{before[-1].year + 1}年。")
    return year
