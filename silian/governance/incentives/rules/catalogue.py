"""Which rules of the rulebook the public computes with, by theme and by whom (计算器目录)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ENTERPRISE, SCHOOL, PERSON = "enterprise", "school", "person"


@dataclass(frozen=True, kw_only=True)
class Calculator:
    """A rule that somebody outside the government computes with (计算器)."""

    rule: str
    group: str
    audiences: tuple[str, ...]


def of_group(group: str, audiences: tuple[str, ...], rules: str) -> list[Calculator]:
    return [Calculator(rule=rule, group=group, audiences=audiences) for rule in rules.split()]


FIRMS, SCHOOLS, BOTH = (ENTERPRISE,), (SCHOOL,), (ENTERPRISE, SCHOOL)
CALCULATORS: tuple[Calculator, ...] = (
    *of_group("税费优惠", FIRMS, "R09 R07 R08 L09 TX-16 TX-05 TX-09"),
    *of_group("税费优惠", BOTH, "TX-15 TX-17"),
    *of_group("税费优惠", SCHOOLS, "TX-20"),
    *of_group(
        "补贴与培训经费", FIRMS, "R12 R12-BREAKS R11-HEADS R11 R11-BREAKS AP-02 R06 R01 TX-13"
    ),
    *of_group("实习岗位和报酬", FIRMS, "R03"),
    *of_group("实习岗位和报酬", BOTH, "IN-11 IN-19"),
    *of_group("实习岗位和报酬", (ENTERPRISE, SCHOOL, PERSON), "IN-20"),
    *of_group("收入分配与奖励", (SCHOOL, PERSON), "S50 R10"),
    *of_group("收入分配与奖励", BOTH, "TR-03"),
    *of_group("用地与金融", BOTH, "S63"),
    *of_group("用地与金融", FIRMS, "S64 S64-KINDS"),
    *of_group("办学经费", SCHOOLS, "S60"),
    *of_group("认定条件", FIRMS, "EN-06 EN-10 EN-13"),
)
"""In the order in which the page shows them: first those with money in them."""

BY_RULE = {each.rule: each for each in CALCULATORS}


def grouped(calculators: Iterable[Calculator]) -> dict[str, list[Calculator]]:
    """By theme, themes and rules in the order of the catalogue."""
    found: dict[str, list[Calculator]] = {}
    for each in calculators:
        found.setdefault(each.group, []).append(each)
    return found
