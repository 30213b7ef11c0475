"""What must be there before a student begins an internship."""

from __future__ import annotations

from dataclasses import dataclass

from silian.operations.placements.choices.internships import (
    InternshipSide as Side,
)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is still missing, and who brings it (缺项)."""

    code: str
    label: str
    who: Side


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What is there, for one internship (办理情况)."""

    is_in_post: bool
    has_plan: bool
    has_host: bool
    is_inspected: bool
    has_agreement: bool
    has_student_consent: bool
    has_guardian_consent: bool
    has_teacher: bool
    has_mentor: bool
    is_trained: bool
    has_liability_insurance: bool
    has_accident_insurance: bool


ALWAYS = (
    ("has_plan", Missing(code="plan", label="双方确认的实习方案", who=Side.SCHOOL)),
    ("has_host", Missing(code="host", label="已公布的实习单位", who=Side.SCHOOL)),
    ("is_inspected", Missing(code="inspection", label="实地考察报告", who=Side.SCHOOL)),
    ("has_teacher", Missing(code="teacher", label="指导教师", who=Side.SCHOOL)),
    (
        "has_liability_insurance",
        Missing(code="liability_insurance", label="实习责任保险", who=Side.SCHOOL),
    ),
    ("is_trained", Missing(code="training", label="安全培训考试", who=Side.STUDENT)),
)
IN_POST_ONLY = (
    ("has_agreement", Missing(code="agreement", label="三方协议", who=Side.SCHOOL)),
    ("has_student_consent", Missing(code="student_consent", label="学生同意", who=Side.STUDENT)),
    ("has_guardian_consent", Missing(code="guardian_consent", label="家长同意", who=Side.GUARDIAN)),
    ("has_mentor", Missing(code="mentor", label="企业导师", who=Side.HOST)),
    (
        "has_accident_insurance",
        Missing(code="accident_insurance", label="人身意外伤害保险", who=Side.SCHOOL),
    ),
)


def missing_items(facts: Readiness) -> list[Missing]:
    """What is missing, in the order in which it is usually brought.

    认识实习 is watching and visiting: no agreement, consent, mentor or accident policy is asked.
    Basis: 教职成〔2021〕4号; IN-01, IN-04 to IN-06, IN-13, IN-14, IN-16, IN-25, IN-26.
    """
    asked = ALWAYS + (IN_POST_ONLY if facts.is_in_post else ())
    return [item for name, item in asked if not getattr(facts, name)]


def all_items(*, is_in_post: bool) -> list[Missing]:
    """Everything that is asked for, whether it is there or not."""
    return [item for _, item in ALWAYS + (IN_POST_ONLY if is_in_post else ())]
