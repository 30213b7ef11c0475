"""How an internship is assessed: the sheet, the score of a side, the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from silian.operations.placements.choices.learning import (
    LEARNING_COMPONENTS,
    AssessmentComponent,
    AssessmentSide,
)

WHOLE = 100
TENTH = Decimal("0.1")
SHEET_BASIS = "教职成〔2021〕4号（考核与评价）"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the sheet (考核项目)."""

    side: str
    name: str
    component: str
    weight: int


H, S, C = AssessmentSide.HOST, AssessmentSide.SCHOOL, AssessmentComponent
USUAL_SHEET = (
    Item(side=H, name="典型工作任务完成情况", component=C.TASKS, weight=40),
    Item(side=H, name="安全操作与规范", component=C.SAFETY, weight=25),
    Item(side=H, name="职业素养与协作", component=C.CONDUCT, weight=20),
    Item(side=H, name="出勤", component=C.ATTENDANCE, weight=15),
    Item(side=S, name="周记与学习收获", component=C.LEARNING, weight=40),
    Item(side=S, name="实习报告", component=C.REPORT, weight=40),
    Item(side=S, name="过程表现", component=C.CONDUCT, weight=20),
)
"""The sheet that a plan without one of its own starts from; a school changes it as it needs."""


def reason_sheet_unfit(items: Sequence[Item]) -> str | None:
    """Why a sheet cannot be used, or None: a side's weights make 100, and not attendance alone."""
    for side in AssessmentSide:
        weights = sum(item.weight for item in items if item.side == side)
        if weights != WHOLE:
            return f"{side.label}评分项目的权重合计应为 100%，现在是 {weights}%。"
    if all(item.component == C.ATTENDANCE for item in items):
        return f"考核不能只看出勤（{SHEET_BASIS}），请加入学习收获或工作任务项目。"
    return None


def attendance_weight(items: Sequence[Item], *, school_weight: int) -> Decimal:
    """The weight of attendance in the total, in percent (出勤权重)."""
    weights = {H: WHOLE - school_weight, S: school_weight}
    return sum(
        (
            Decimal(item.weight * weights[AssessmentSide(item.side)]) / WHOLE
            for item in items
            if item.component == C.ATTENDANCE
        ),
        Decimal(0),
    )


def sheet_warnings(items: Sequence[Item], *, school_weight: int, cap: int | None) -> list[str]:
    """What a school should look at before it uses the sheet. Basis: IN-24."""
    found = []
    if not any(item.component in LEARNING_COMPONENTS for item in items):
        found.append(f"考核表没有学习类项目，接近职工考勤标准（{SHEET_BASIS}），建议补充。")
    share = attendance_weight(items, school_weight=school_weight)
    if cap is not None and share > cap:
        found.append(f"出勤占总评 {share:.0f}%，超过设定的上限 {cap}%，差距 {share - cap:.0f}%。")
    return found


def side_score(*, weights: Mapping[int, int], scores: Mapping[int, int]) -> Decimal:
    """The weighted score of one side, to a tenth (单方得分)."""
    total = sum((Decimal(scores[pk] * weight) for pk, weight in weights.items()), Decimal(0))
    return (total / WHOLE).quantize(TENTH, ROUND_HALF_UP)


def total_score(*, host: Decimal, school: Decimal, school_weight: int) -> Decimal:
    """Host and school by the plan's weights, to a tenth (总评)."""
    weighted = host * (WHOLE - school_weight) + school * school_weight
    return (weighted / WHOLE).quantize(TENTH, ROUND_HALF_UP)


def reason_scores_unfit(*, expected: Mapping[int, int], scores: Mapping[int, int]) -> str | None:
    """Why given scores cannot be used, or None."""
    missing = len(set(expected) - set(scores))
    if missing:
        return f"还有 {missing} 项没有打分。"
    if any(not 0 <= scores[pk] <= WHOLE for pk in expected):
        return "每项得分在 0 到 100 之间。"
    return None
