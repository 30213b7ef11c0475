"""Who may read the rows of a data set, and when a data set is stale."""

from __future__ import annotations

import datetime

# Operational settings: five working days to answer, a year at most for one purpose.
# Basis of the answer within ten working days: 《政务数据共享条例》（国令第809号）; we promise half.
ANSWER_DAYS = 5
LONGEST_GRANT_DAYS = 366
SHORTEST_PURPOSE = 6


def reason_not_readable(
    *,
    terms: str,
    own: bool,
    withdrawn: bool,
    granted_until: datetime.date | None,
    today: datetime.date,
) -> str | None:
    """Why the rows may not be read, or None (可否读取)."""
    if own:
        return None
    if withdrawn:
        return "提供单位已停止共享这个数据集。"
    if terms == "open":
        return None
    if terms == "closed":
        return "这个数据集不予共享，只登记目录。"
    if granted_until is not None and today < granted_until:
        return None
    if granted_until is not None:
        return "贵单位的使用期限已满，需要继续使用请重新申请。"
    return "这个数据集有条件共享，请先写明用途提出申请。"


def reason_no_request(
    *, terms: str, own: bool, official: bool, purpose: str, waiting: bool
) -> str | None:
    """Why a request may not be made, or None (可否申请)."""
    if not official:
        return "共享申请由已核验政府部门的统筹、审核、管理员或经办人提出。"
    if own:
        return "这是本单位的数据集，不用申请。"
    if terms != "conditional":
        return "只有“有条件共享”的数据集需要申请。"
    if waiting:
        return "贵单位的申请正在等待答复，不用重复提出。"
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        return "请写明用途：办什么事、用哪些数据项、谁来用。"
    return None


def reason_grant_unfit(*, ends_on: datetime.date | None, today: datetime.date) -> str | None:
    """Why a grant may not end on that day, or None (使用期限)."""
    if ends_on is None:
        return "同意时须写明使用期限。"
    if ends_on <= today:
        return "使用期限须在今天之后。"
    if (ends_on - today).days > LONGEST_GRANT_DAYS:
        return "一次最长同意一年，到期可以重新申请。"
    return None


def days_overdue(
    *,
    refreshed_on: datetime.date | None,
    refresh_days: int,
    registered_on: datetime.date,
    today: datetime.date,
) -> int:
    """By how many days the next edition is late; 0 when it is not (更新逾期)."""
    since = refreshed_on or registered_on
    return max(0, (today - since).days - refresh_days)
