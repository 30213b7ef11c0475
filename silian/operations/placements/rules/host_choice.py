"""When a school may take the next step with a host (选定实习单位)."""

from __future__ import annotations

import datetime

LEAST_INSPECTORS = 2  # a visit of one alone proves little; schools send two


def reason_not_inspected(*, has_suitable_inspection: bool) -> str | None:
    """Basis: 教职成〔2021〕4号第七条: no host without an approved visit that found it suitable."""
    if has_suitable_inspection:
        return None
    return "没有经另一人审核、结论为适合的实地考察报告。请先考察并审核。"


def reason_not_decidable(
    *,
    is_credit_clean: bool | None,
    had_safety_violation: bool | None,
    is_licence_valid: bool | None,
    decided_on: datetime.date | None,
    reference: str,
) -> str | None:
    """Basis: 教职成〔2021〕4号第六条、第七条: conditions checked, decided collectively."""
    if None in (is_credit_clean, had_safety_violation, is_licence_valid):
        return "信用、安全生产、证照三项还没有核查完。请先登记核查结果。"
    if not is_credit_clean or had_safety_violation or not is_licence_valid:
        return "核查结果不符合实习单位条件，不能提请集体研究。请登记未通过。"
    if decided_on is None or not reference.strip():
        return "请填写集体研究的日期和会议或文号。"
    return None


def reason_not_publishable(
    *, decided_on: datetime.date | None, published_on: datetime.date
) -> str | None:
    """Publishing comes after the decision."""
    if decided_on is None or published_on < decided_on:
        return "公布日期不能早于集体研究日期。请核对日期。"
    return None


def reason_without_words(*, reason: str) -> str | None:
    return None if reason.strip() else "请写明原因，单位能看到。"


def fault_of_visit(
    *, visited_on: datetime.date, today: datetime.date, inspectors: list[str]
) -> str | None:
    """What is wrong with the frame of a report."""
    if visited_on > today:
        return "考察日期不能晚于今天。"
    if len(inspectors) < LEAST_INSPECTORS:
        return f"请填写至少 {LEAST_INSPECTORS} 名考察人，用顿号分开。"
    return None
