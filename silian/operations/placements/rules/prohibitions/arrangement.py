"""What must be agreed before a start: plan, instructors, length, filing (第八条至第十二条等)."""

from __future__ import annotations

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.rules.prohibitions.declaration import Rule
from silian.operations.placements.rules.prohibitions.facts import PostFacts, StayFacts
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.students import plain

STAY = frozenset({"stay"})
POST_STAY = frozenset({"post", "stay"})
PROVINCE = slice(0, 2)
TOTAL_WEIGHT = 100


def plan_not_joint(*, stay: StayFacts, limits: Limits) -> str | None:
    """IN-06: the plan is signed by both sides before anybody starts."""
    if stay.plan_approved:
        return None
    return "实习方案还没有由学校和该实习单位双方确认。请先送单位确认并由学校签署。"


def only_repetitive(*, stay: StayFacts, limits: Limits) -> str | None:
    """IN-08: the plan names typical tasks of the posts."""
    if stay.plan_tasks is None or stay.plan_tasks >= 1:
        return None
    return "实习方案没有列出典型工作任务，难以避免简单重复劳动。请至少列 1 项。"


def post_without_tasks(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-08: the post names typical tasks."""
    if post.tasks:
        return None
    return "岗位没有列出典型工作任务。请按专业简介至少列 1 项。"


def unusual_length(*, stay: StayFacts, limits: Limits) -> str | None:
    """IN-12: post internships normally last six months; a month more or less needs no word."""
    usual = limits.value("internship_months")
    if usual is None or stay.kind != InternshipKind.POST or stay.length_reason:
        return None
    if usual - 1 <= stay.months <= usual + 1:
        return None
    return f"实习 {plain(stay.months)} 个月，一般为 {plain(usual)} 个月。请写明时长理由。"


def instructors_missing(*, stay: StayFacts, limits: Limits) -> str | None:
    """IN-13: a teacher of the school and a mentor of the host."""
    missing = [
        name
        for name, has in (("学校指导教师", stay.has_teacher), ("企业导师", stay.has_mentor))
        if has is False
    ]
    return f"还没有安排{'和'.join(missing)}。请在到岗前安排。" if missing else None


def judged_by_attendance(*, stay: StayFacts, limits: Limits) -> str | None:
    """IN-24: attendance alone is no assessment; where a cap is set it holds too."""
    if stay.attendance_weight is None:
        return None
    if stay.attendance_weight >= TOTAL_WEIGHT:
        return "考核只看出勤。请加入学习任务的考核内容。"
    most = limits.value("most_attendance_weight")
    if most is not None and stay.attendance_weight > most * TOTAL_WEIGHT:
        return f"出勤占考核 {stay.attendance_weight}%，超过 {plain(most * TOTAL_WEIGHT)}%。"
    return None


def not_filed_across(*, post: PostFacts, stay: StayFacts, limits: Limits) -> str | None:
    """IN-29: internships in another province are filed."""
    here, there = stay.school_division[PROVINCE], post.division[PROVINCE]
    if not here or not there or here == there or stay.filing_number:
        return None
    return "工作地点在外省，没有跨省实习备案号。请报省级教育部门备案后填写。"


def lodging_unknown(*, post: PostFacts, stay: StayFacts, limits: Limits) -> str | None:
    """IN-29: where students are lodged together, the address is known."""
    if not post.has_lodging or stay.lodging:
        return None
    return "单位提供集中住宿，没有登记住宿地址。请填写地址和管理安排。"


ARRANGEMENT_RULES = (
    Rule(
        code="IN-06", title="实习方案由双方共同制定", provision="plan_is_joint",
        needs=STAY, check=plan_not_joint, field="plan",
    ),
    Rule(
        code="IN-08", title="不得仅安排简单重复劳动", provision="no_repetitive_labour",
        needs=STAY, check=only_repetitive, field="plan", at_most=Severity.WARN,
    ),
    Rule(
        code="IN-08", title="岗位应有典型工作任务", provision="no_repetitive_labour",
        needs=frozenset({"post"}), check=post_without_tasks, field="tasks",
        at_most=Severity.WARN,
    ),
    Rule(
        code="IN-12", title="岗位实习一般为 6 个月", provision="internship_months",
        needs=STAY, check=unusual_length, field="length_reason", at_most=Severity.INFO,
    ),
    Rule(
        code="IN-13", title="双方指定指导人员", provision="both_instructors",
        needs=STAY, check=instructors_missing, field="mentor",
    ),
    Rule(
        code="IN-24", title="考核不得只看考勤", provision="assessment_not_attendance",
        needs=STAY, check=judged_by_attendance, field="attendance_weight",
        at_most=Severity.WARN,
    ),
    Rule(
        code="IN-29", title="跨省实习应备案", provision="cross_province_filed",
        needs=POST_STAY, check=not_filed_across, field="filing_number", at_most=Severity.WARN,
    ),
    Rule(
        code="IN-29", title="集中住宿应有管理", provision="lodging_managed",
        needs=POST_STAY, check=lodging_unknown, field="lodging", at_most=Severity.WARN,
    ),
)  # fmt: skip
