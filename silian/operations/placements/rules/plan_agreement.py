"""What an internship plan must say and when it is both sides' (实习方案)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """What a school writes about the practice of a cohort (方案内容)."""

    kind: str
    title: str
    goals: str
    tasks: tuple[str, ...]
    standards: str
    assessment: str
    school_weight: int
    attendance_weight: int
    credits: Decimal
    starts_on: datetime.date
    ends_on: datetime.date
    length_reason: str = ""


def fault_of_plan(content: PlanContent, *, cohort_ends_on: datetime.date) -> tuple[str, str] | None:
    """Field and sentence of what is wrong with the content.

    Basis: 教职成〔2021〕4号第八条.
    """
    if content.ends_on <= content.starts_on:
        return "ends_on", "终止日应晚于起始日。"
    if content.starts_on >= cohort_ends_on:
        return "starts_on", f"该年级 {cohort_ends_on:%Y-%m-%d} 毕业，实习应安排在此之前。"
    if not content.tasks:
        return "tasks", "请至少列 1 项典型工作任务，每行 1 项。"
    if content.credits <= 0:
        return "credits", "学分应大于 0。"
    return None


def reason_not_sendable(*, hosts: int) -> str | None:
    return None if hosts else "请至少选择 1 家已公布的实习单位。"


def reason_not_signable(*, confirmed: int, waiting: int, refusals: Sequence[str]) -> str | None:
    """Both sides: at least one host agreed, and nobody still has to answer."""
    if waiting:
        return f"还有 {waiting} 家实习单位没有答复，答复后再签署；也可以撤下这些单位。"
    if not confirmed:
        return "没有实习单位同意这份方案。请按意见修改后重新发送。"
    if refusals:
        return refusals[0]
    return None


def reason_not_withdrawable(*, internships: int) -> str | None:
    if internships:
        return f"已有 {internships} 名学生按这份方案实习，不能撤回。"
    return None
