"""Whether a wish to place a student hangs together, before the prohibitions are asked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from silian.operations.placements.choices.hosts import (
    PostState,
    Severity,
)
from silian.operations.placements.choices.internships import (
    Arrangement,
)
from silian.operations.placements.rules.prohibitions.declaration import Finding


@dataclass(frozen=True, kw_only=True)
class Arranging:
    """One wish to place a student (拟安排). ``warning_reason`` answers the rules that only warn."""

    person_id: int
    plan_id: int
    host_id: int
    post_id: int
    starts_on: datetime.date
    ends_on: datetime.date
    teacher_id: int | None = None
    mentor_id: int | None = None
    arrangement: str = Arrangement.SCHOOL
    mismatch_reason: str = ""
    warning_reason: str = ""
    filing_number: str = ""
    lodging: str = ""


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What is known of one wish: do plan, host, post, class and days belong together."""

    is_own_student: bool
    is_own_plan: bool
    is_own_host: bool
    is_plan_of_cohort: bool
    is_post_of_host: bool
    post_state: str
    starts_on: datetime.date
    ends_on: datetime.date
    post_starts_on: datetime.date
    post_ends_on: datetime.date
    plan_starts_on: datetime.date
    plan_ends_on: datetime.date


def reason_not_fitting(fit: Fit) -> tuple[str, str] | None:
    """The field and the sentence that stand against the wish, or None (安排核对)."""
    checks = (
        (fit.is_own_student, "students", "这名学生不在本校班级里，请先编入班级。"),
        (fit.is_own_plan, "plan", "实习方案不是本校的，请选本校方案。"),
        (fit.is_own_host, "host", "实习单位不在本校名单里，请先办理考察和公布。"),
        (fit.is_plan_of_cohort, "plan", "实习方案不是这名学生年级的，请选该年级的方案。"),
        (fit.is_post_of_host, "post", "岗位不属于这家实习单位，请重新选择。"),
        (fit.post_state == PostState.OPEN, "post", "岗位没有开放安排，请选“可安排”的岗位。"),
        (fit.ends_on > fit.starts_on, "ends_on", "终止日应晚于起始日。"),
        (
            fit.post_starts_on <= fit.starts_on and fit.ends_on <= fit.post_ends_on,
            "starts_on",
            f"岗位只在 {fit.post_starts_on:%Y-%m-%d} 至 {fit.post_ends_on:%Y-%m-%d} 可安排。",
        ),
        (
            fit.plan_starts_on <= fit.starts_on and fit.ends_on <= fit.plan_ends_on,
            "starts_on",
            f"实习方案的期间是 {fit.plan_starts_on:%Y-%m-%d} 至 {fit.plan_ends_on:%Y-%m-%d}。",
        ),
    )
    return next(((field, sentence) for holds, field, sentence in checks if not holds), None)


def sentence_of(finding: Finding) -> str:
    """A finding as one sentence with its article and number."""
    return f"{finding.sentence.rstrip('。')}（{finding.article}，{finding.code}）。"


def refusal_of(findings: Sequence[Finding], *, reason: str) -> Finding | None:
    """What refuses the arrangement: the first block, or a warning that nobody gave a reason for."""
    blocks = [each for each in findings if each.blocks]
    if blocks:
        return blocks[0]
    warnings = warnings_of(findings)
    return warnings[0] if warnings and not reason.strip() else None


def warnings_of(findings: Sequence[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == Severity.WARN]
