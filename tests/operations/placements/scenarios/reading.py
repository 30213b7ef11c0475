"""Reads the scenario files: Chinese facts become the typed facts of the rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from silian.operations.placements.choices.hosts import (
    Hazard,
    PayMethod,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.rules.prohibitions.facts import (
    HostFacts,
    PostFacts,
    StayFacts,
    StudentFacts,
)

FOLDER = Path(__file__).parent
UNKNOWN = "未知"
FIELDS = {
    "student": {
        "出生日期": "born_on",
        "性别": "sex",
        "专业大类": "major_class",
        "到岗时年级": "year_of_study",
    },
    "post": {
        "岗位": "title",
        "行业代码": "industry",
        "适合专业大类": "major_classes",
        "典型工作任务": "tasks",
        "每日工时": "daily_hours",
        "每周天数": "weekly_days",
        "上班时间": "shift_starts",
        "下班时间": "shift_ends",
        "法定节假日上班": "works_holidays",
        "安排加班": "has_overtime",
        "危害因素": "hazards",
        "体力劳动强度": "intensity",
        "单次负重公斤": "lift_kg",
        "每小时负重次数": "lifts_per_hour",
        "密切接触未成年人": "is_close_to_minors",
        "入职查询情况": "offence_check",
        "实习报酬": "pay",
        "相同岗位工资": "post_wage",
        "最低档工资": "lowest_grade_wage",
        "支付周期天数": "pay_interval_days",
        "支付方式": "pay_method",
        "收取的费用": "fees",
        "按人数向学校支付费用": "is_paid_by_school_head",
        "通过中介安排": "is_through_agency",
        "特殊安排备案号": "filing_number",
        "提供集中住宿": "has_lodging",
        "工作地区": "division",
    },
    "stay": {
        "到岗日": "starts_on",
        "结束日": "ends_on",
        "实习形式": "kind",
        "有学校指导教师": "has_teacher",
        "有企业导师": "has_mentor",
        "方案双方已确认": "plan_approved",
        "方案任务数": "plan_tasks",
        "出勤权重": "attendance_weight",
        "时长理由": "length_reason",
        "跨省备案号": "filing_number",
        "住宿地址": "lodging",
        "学校地区": "school_division",
    },
    "host": {
        "统一社会信用代码": "uscc",
        "已核验": "is_registered",
        "行业代码": "industry",
        "已暂停": "is_suspended",
        "无严重失信": "is_credit_clean",
        "近三年安全违法": "had_safety_violation",
        "证照有效": "is_licence_valid",
        "已实地考察": "is_inspected",
        "考察结论适合": "inspection_suits",
        "已集体研究": "is_decided",
        "已公布": "is_published",
    },
}
PARTS = {"student": StudentFacts, "post": PostFacts, "stay": StayFacts, "host": HostFacts}
MONEY = {
    "daily_hours", "lift_kg", "pay", "post_wage", "lowest_grade_wage",
}  # fmt: skip
Facts = dict[str, dict[str, Any]]


def scenario(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def scenario_files() -> list[Path]:
    return sorted(FOLDER.glob("in_*.toml"))


def whole_case(*overrides: Mapping[str, Mapping[str, Any]]) -> Facts:
    """The lawful case with what the file says put over it, still in Chinese."""
    base = scenario(FOLDER / "eligible.toml")
    case = {part: dict(facts) for part, facts in base.items()}
    for override in overrides:
        for part, facts in override.items():
            unknown = set(facts) - set(FIELDS[part])
            assert not unknown, f"no such fact of {part}: {unknown}"
            case[part] |= facts
    return case


def typed(case: Facts) -> dict[str, Any]:
    """The facts as the rules take them, by part."""
    return {
        part: PARTS[part](**{FIELDS[part][name]: value_of(FIELDS[part][name], value)
                             for name, value in facts.items()})
        for part, facts in case.items()
    }  # fmt: skip


def value_of(field: str, value: Any) -> Any:
    if value == UNKNOWN:
        return None
    if field in MONEY:
        return Decimal(str(value))
    if field == "sex":
        return {"男": "male", "女": "female"}.get(value, "")
    if field == "kind":
        return next(kind.value for kind in InternshipKind if kind.label == value)
    if field == "pay_method":
        return next(method.value for method in PayMethod if method.label == value)
    if field == "hazards":
        return frozenset(hazard.value for hazard in Hazard if hazard.label in value)
    return tuple(value) if isinstance(value, list) else value
