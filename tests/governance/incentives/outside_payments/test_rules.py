"""When a subsidy stands against another, and how a line of a list is read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.governance.incentives.choices.outside_payments import OutsideKind, SkillLevel
from silian.governance.incentives.rules.outside_payments import (
    COLUMNS,
    Counting,
    PaymentLine,
    Received,
    clash_between,
    read_line,
)

LEVELS = tuple(str(level) for level in SkillLevel.values)
KINDS = {str(kind.label): str(kind.value) for kind in OutsideKind}
TODAY = datetime.date(2026, 3, 18)
YEAR = (datetime.date(2025, 1, 1), datetime.date(2026, 1, 1))
MAY = (datetime.date(2025, 5, 1), datetime.date(2025, 6, 1))
BEFORE = (datetime.date(2024, 5, 1), datetime.date(2024, 6, 1))
TURNER = "6-18-01-01"


def apprentice(**values: Any) -> Counting:
    facts: dict[str, Any] = {"days": YEAR, "occupation": TURNER, "level": "高级工"}
    return Counting(scheme="apprenticeship", **{**facts, **values})


def received(kind: str, **values: Any) -> Received:
    return Received(kind=kind, **{"days": MAY, **values})


@pytest.mark.parametrize(
    ("other", "conflict", "length"),
    [
        (received("entry"), "double", 31),
        (received("upskill"), "double", 31),
        (received("upskill", days=BEFORE), None, 0),
        (received("upskill", days=(YEAR[1], YEAR[1].replace(month=2))), None, 0),
        (received("relief", days=BEFORE), "relief", 0),
        (received("apprentice", level="高级工"), "elsewhere", 31),
        (received("apprentice", level="中级工"), None, 0),
        (received("apprentice", days=BEFORE, occupation=TURNER, level="技师"), "earlier", 0),
        (received("apprentice", days=BEFORE, occupation=TURNER, level="高级工"), "earlier", 0),
        (received("apprentice", days=BEFORE, occupation=TURNER, level="中级工"), None, 0),
        (received("upskill", days=BEFORE, occupation=TURNER, level="高级工"), "earlier", 0),
        (received("upskill", days=BEFORE, occupation="6-18-01-02", level="高级工"), None, 0),
        (received("upskill", days=BEFORE, occupation=TURNER, level=""), None, 0),
        (received("intern", own=True), "schemes", 31),
        (received("intern"), "double", 31),
        (received("intern", days=BEFORE, own=True), None, 0),
    ],
)
def test_what_stands_against_an_apprentice(
    other: Received, conflict: str | None, length: int
) -> None:
    clash = clash_between(apprentice(), other, levels=LEVELS)
    assert (clash.conflict if clash else None) == conflict
    assert (clash.length if clash else 0) == length


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        (received("intern"), "same"),
        (received("apprentice", own=True), "schemes"),
        (received("upskill"), None),
        (received("intern", days=BEFORE), None),
    ],
)
def test_what_stands_against_an_intern(other: Received, conflict: str | None) -> None:
    clash = clash_between(Counting(scheme="internship", days=YEAR), other, levels=LEVELS)
    assert (clash.conflict if clash else None) == conflict


def test_results_are_nobodys_days() -> None:
    mine = Counting(scheme="innovation", days=YEAR)
    assert clash_between(mine, received("relief"), levels=LEVELS) is None


GOOD = (
    "张三", "110101199003074258", "技能提升补贴", "", "高级工", "2025/3/1", "20250430", "1,500",
    "失业保险经办机构", "名册", "2025-06-20",
)  # fmt: skip


def line(**values: str) -> PaymentLine:
    cells = {**dict(zip(COLUMNS, GOOD, strict=True)), **values}
    return read_line(2, cells, kinds=KINDS, levels=LEVELS, today=TODAY)


def test_a_good_line_is_read_with_its_last_day_inside() -> None:
    read = line()
    assert read.is_new
    assert read.said is not None
    assert (read.said.kind, read.said.ends_on) == ("upskill", datetime.date(2025, 5, 1))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"姓名": ""}, "请填写姓名"),
        ({"补贴类别": "奖金"}, "补贴类别应为"),
        ({"技能等级": "大师"}, "技能等级应为"),
        ({"起始日": "三月"}, "起始日写成"),
        ({"金额": "约一千"}, "不是金额"),
        ({"金额": "0"}, "大于零"),
        ({"终止日": "2025-02-01"}, "终止日早于起始日"),
        ({"发放日": "2027-01-01"}, "还没有到"),
        ({"发放日": "2025-01-01"}, "发放日早于"),
        ({"补贴类别": "企业新型学徒制补贴", "技能等级": ""}, "请填写技能等级"),
        ({"发放单位": "某" * 81}, "超过 80 个字"),
    ],
)
def test_each_problem_of_a_line_is_named(values: dict[str, str], sentence: str) -> None:
    read = line(**values)
    assert not read.is_new
    assert sentence in "".join(read.problems)
