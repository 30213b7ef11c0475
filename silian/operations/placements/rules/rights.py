"""What an intern may count on, in plain words, each with its provision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from silian.operations.placements.rules.prohibitions.facts import StudentFacts
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.students import is_minor

PLAIN: Mapping[str, str] = {
    "no_overtime": "不能让您加班",
    "no_night_shift": "不能让您上夜班",
    "no_holidays": "休息日和法定节假日不能安排实习",
    "no_high_risk": "高处、井下、放射性、有毒、易燃易爆等高风险的活不能安排您做",
    "no_entertainment_venues": "不能安排您去酒吧、夜总会、歌厅、洗浴中心、电子游戏厅、网吧",
    "no_agencies": "不能通过中介或劳务派遣安排您",
    "no_harmful_work": "有害身心健康的活不能安排您做",
    "no_fees": "押金、培训费、管理费、材料费、就业服务费都不能收",
    "no_documents_held": "学生证、身份证等证件不能扣",
    "no_guarantee": "不能要您提供担保",
    "pay_in_money": "不能用物品或代金券抵报酬",
    "pay_direct": "报酬直接付给您，不能由别人转交",
    "no_forced_host": "不能强制您去指定单位",
    "no_profit": "谁也不能靠安排实习赚钱",
    "premium_not_deducted": "保险费不能从您的报酬里扣",
}
"""Plain words for provisions that forbid without a number, in the order of the page."""


@dataclass(frozen=True, kw_only=True)
class Forbidden:
    """One thing that nobody may ask of the student, with its clause (禁止事项)."""

    words: str
    basis: str


def forbidden_for(*, student: StudentFacts, on: datetime.date, limits: Limits) -> list[Forbidden]:
    """What is forbidden for this student on the day: by age and sex first, then for all."""
    found = [*for_age(student=student, on=on, limits=limits), *for_sex(student, limits=limits)]
    found += hours(limits)
    for name, words in PLAIN.items():
        limit = limits.of(name)
        if limit is not None:
            found.append(Forbidden(words=words, basis=limit.basis))
    return found


def for_age(*, student: StudentFacts, on: datetime.date, limits: Limits) -> list[Forbidden]:
    limit = limits.of("minors_protected")
    if limit is None or not is_minor(student=student, on=on, limits=limits):
        return []
    named = "、".join(limits.keys("minors_hazards").values())
    return [Forbidden(words=f"您未满 18 周岁，不能做：{named}", basis=limit.basis)]


def for_sex(student: StudentFacts, *, limits: Limits) -> list[Forbidden]:
    limit = limits.of("women_protected")
    if limit is None or not student.is_female:
        return []
    parts = [*limits.keys("women_hazards").values()]
    single, often = limits.value("lift_kg_single"), limits.value("lift_kg_repeated")
    if often is not None:
        parts.append(f"每小时多次搬 {often:.0f} 公斤以上")
    if single is not None:
        parts.append(f"一次搬 {single:.0f} 公斤以上")
    return [Forbidden(words=f"女学生不能做：{'、'.join(parts)}", basis=limit.basis)]


def hours(limits: Limits) -> list[Forbidden]:
    daily, rest = limits.of("most_daily_hours"), limits.of("least_rest_days")
    found = []
    if daily is not None and daily.value is not None:
        found.append(Forbidden(words=f"每天不超过 {daily.value:.0f} 小时", basis=daily.basis))
    if rest is not None and rest.value is not None:
        found.append(Forbidden(words=f"每周至少休息 {rest.value:.0f} 天", basis=rest.basis))
    return found


@dataclass(frozen=True, kw_only=True)
class RightCheck:
    """One line of the checklist: met, not met, or not yet due (权益清单)."""

    code: str
    label: str
    met: bool | None
    words: str


RIGHTS = (
    ("contract", "协议"),
    ("pay", "报酬"),
    ("insurance", "保险"),
    ("safety", "安全培训"),
    ("hours", "工作时间"),
)


def checks(
    *,
    missing: frozenset[str],
    pay_label: str,
    pay_met: bool | None,
    hours_problem: str,
) -> list[RightCheck]:
    """The five rights of one placement (S79): contract, pay, insurance, safety, hours."""
    uninsured = missing & {"liability_insurance", "accident_insurance"}
    facts: dict[str, tuple[bool | None, str]] = {
        "contract": ("agreement" not in missing, "三方协议有效"),
        "pay": (pay_met, pay_label),
        "insurance": (not uninsured, "两份保险有效"),
        "safety": ("training" not in missing, "安全培训考试通过"),
        "hours": (not hours_problem, "不超时、不加班、不上夜班"),
    }
    shortfalls = {
        "contract": "没有签齐的三方协议",
        "pay": pay_label,
        "insurance": "保险不全",
        "safety": "安全培训考试没有通过",
        "hours": hours_problem,
    }
    return [
        RightCheck(
            code=code,
            label=label,
            met=facts[code][0],
            words=shortfalls[code] if facts[code][0] is False else facts[code][1],
        )
        for code, label in RIGHTS
    ]
