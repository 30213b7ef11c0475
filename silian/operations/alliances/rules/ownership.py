"""When a case is complete, when it may be approved, and which years it must report."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from silian.operations.alliances.choices.ownership import (
    ALONE_MODES,
    EQUITY_MODES,
    ApprovalState,
    CaseMode,
)

WHOLE = Decimal(100)


def share_total(shares: Sequence[Decimal | None]) -> Decimal:
    """The shares together, exactly (股比合计)."""
    return sum((share for share in shares if share is not None), start=Decimal(0))


def reason_not_ready(
    *, mode: CaseMode, shares: Sequence[Decimal | None], unvalued: Sequence[str]
) -> str | None:
    """Why a case may not be handed in, or None.

    ``shares`` has one entry a party, None where a party holds no share; ``unvalued`` names the
    assets without a valuation report. Basis: 产权明晰、依法参股入股.
    """
    if not shares:
        return "还没有参与方，请先逐个登记参与方。"
    if len(shares) < 2 and mode not in ALONE_MODES:
        return f"“{mode.label}”至少有 2 个参与方，请补登。"
    held = [share for share in shares if share is not None]
    if mode in EQUITY_MODES and len(held) < len(shares):
        return f"“{mode.label}”要写明每个参与方的股比，请补全。"
    total = share_total(held)
    if held and total != WHOLE:
        return f"股比合计 {total.normalize():f}%，应为 100%，请核对各方股比。"
    if unvalued:
        return f"{'、'.join(unvalued)}还没有评估报告，请补写评估机构、报告编号并上传报告。"
    return None


def reason_not_approvable(*, answers: Sequence[ApprovalState]) -> str | None:
    """Why a case may not be approved, or None (审批环节是否办结)."""
    if not answers:
        return "还没有审批环节，请先登记审批事项、审批机关和批文。"
    pending = sum(answer == ApprovalState.PENDING for answer in answers)
    if pending:
        return f"还有 {pending} 个审批环节没有结果，全部批准后才能批准办学。"
    if ApprovalState.REFUSED in answers:
        return "有审批环节未批准，不能批准办学。请退回申请单位或不予批准。"
    return None


def report_due_on(year: int, *, month: int, day: int) -> datetime.date:
    """The last day for the report on a year; the day falls in the year after (年度报告期限)."""
    last = 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return datetime.date(year + 1, month, min(day, last))


def years_to_report(
    *, running_on: datetime.date, ended_on: datetime.date | None, today: datetime.date
) -> list[int]:
    """The calendar years over by now in which the school ran, the oldest first."""
    last = today.year - 1 if ended_on is None else min(today.year - 1, ended_on.year)
    return list(range(running_on.year, last + 1))
