"""When a case is whole, when it may be approved; no database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.operations.alliances.choices.ownership import ApprovalState, CaseMode
from silian.operations.alliances.rules.ownership import (
    reason_not_approvable,
    reason_not_ready,
    report_due_on,
    share_total,
    years_to_report,
)

DAY = datetime.date(2026, 3, 18)
THIRD = Decimal("33.3333")


def ready(mode: CaseMode, *shares: str | None, unvalued: tuple[str, ...] = ()) -> str:
    held = [Decimal(share) if share else None for share in shares]
    return reason_not_ready(mode=mode, shares=held, unvalued=unvalued) or ""


@pytest.mark.parametrize(
    ("mode", "shares", "words"),
    [
        (CaseMode.JOINT_VENTURE, (), "还没有参与方"),
        (CaseMode.JOINT_VENTURE, ("100",), "至少有 2 个参与方"),
        (CaseMode.SHAREHOLDING, ("50", None), "每个参与方的股比"),
        (CaseMode.SHAREHOLDING, ("33.3333", "33.3333", "33.3333"), "股比合计 99.9999%"),
        (CaseMode.SHAREHOLDING, ("33.3333", "33.3333", "33.3334"), ""),
        (CaseMode.SHAREHOLDING, ("0.1", "0.2", "99.7"), ""),
        (CaseMode.COOPERATIVE, (None, None), ""),
        (CaseMode.COOPERATIVE, ("40", None), "股比合计 40%"),
        (CaseMode.STATE_ENTERPRISE, (None,), ""),
        (CaseMode.SOLE, (None,), "每个参与方的股比"),
        (CaseMode.SOLE, ("100",), ""),
    ],
)
def test_shares_must_be_whole(mode: CaseMode, shares: tuple[str | None, ...], words: str) -> None:
    said = ready(mode, *shares)
    assert (words in said) if words else said == ""


def test_assets_need_a_valuation() -> None:
    assert "评估报告" in ready(CaseMode.COOPERATIVE, None, None, unvalued=("设备 机床",))


def test_decimals_add_up_exactly() -> None:
    assert share_total([THIRD, THIRD, THIRD, None]) == Decimal("99.9999")


def test_every_authority_must_have_granted() -> None:
    granted, pending, refused = (
        ApprovalState.GRANTED, ApprovalState.PENDING, ApprovalState.REFUSED,
    )  # fmt: skip
    assert "还没有审批环节" in (reason_not_approvable(answers=[]) or "")
    assert "1 个审批环节" in (reason_not_approvable(answers=[granted, pending]) or "")
    assert "未批准" in (reason_not_approvable(answers=[granted, refused]) or "")
    assert reason_not_approvable(answers=[granted, granted]) is None


def test_the_report_day_never_leaves_its_month() -> None:
    assert report_due_on(2025, month=3, day=31) == datetime.date(2026, 3, 31)
    assert report_due_on(2025, month=2, day=31) == datetime.date(2026, 2, 28)
    assert report_due_on(2025, month=6, day=31) == datetime.date(2026, 6, 30)


def test_years_that_are_over_are_to_be_reported() -> None:
    start = datetime.date(2024, 9, 1)
    assert years_to_report(running_on=start, ended_on=None, today=DAY) == [2024, 2025]
    assert years_to_report(running_on=start, ended_on=start, today=DAY) == [2024]
