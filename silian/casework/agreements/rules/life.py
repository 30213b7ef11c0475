"""When an agreement may be changed, suspended and ended, as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.casework.agreements.choices import VersionKind

LONGEST_REASON = 300
SHORTEST_REASON = 4  # characters; less says nothing to those who read it


def reason_not_amendable(
    *,
    may_amend: bool,
    may_renew: bool,
    kind: str,
    effective_from: datetime.date,
    starts_on: datetime.date,
    ends_on: datetime.date,
    today: datetime.date,
) -> str | None:
    """Why no change may take effect on that day, or None."""
    if kind == VersionKind.RENEWAL and not may_renew:
        return "这类协议不能续签。期满后继续合作的，请另行起草新协议。"
    if kind == VersionKind.AMENDMENT and not may_amend:
        return "这类协议不能修订。条款需要改变的，请解除后另行起草。"
    if effective_from < today:
        return "变更不能从过去的日期起生效。请把生效日改为今天或以后。"
    if effective_from < starts_on:
        return f"生效日不能早于协议起始日 {starts_on.isoformat()}。请重新填写生效日。"
    if kind == VersionKind.AMENDMENT and effective_from >= ends_on:
        return f"协议在 {ends_on.isoformat()} 终止，修订须在此之前生效。延长期限请办理续签。"
    return None


def reason_period_unfit(
    *, new_ends_on: datetime.date, effective_from: datetime.date, old_ends_on: datetime.date
) -> str | None:
    """Why a renewal does not lengthen the agreement, or None."""
    if new_ends_on <= old_ends_on:
        return f"续签后的终止日须晚于现在的终止日 {old_ends_on.isoformat()}。"
    if effective_from > old_ends_on:
        return "续签须从原协议终止日或更早开始，中间不能间断。间断的请另行起草新协议。"
    return None


def reason_termination_unfit(
    *,
    on: datetime.date,
    today: datetime.date,
    ends_on: datetime.date,
    notice_days: int,
    at_once: bool,
) -> str | None:
    """Why the agreement cannot be ended on that day, or None.

    ``at_once`` is the ending for a grave breach or danger, which needs no notice.
    """
    if on < today:
        return "解除不能从过去的日期起算。请选择今天或以后的日期。"
    if on >= ends_on:
        return f"协议在 {ends_on.isoformat()} 自然终止，不需要再办理解除。"
    if not at_once and (on - today).days < notice_days:
        first = today + datetime.timedelta(days=notice_days)
        return (
            f"解除须提前 {notice_days} 天通知各方，最早为 {first.isoformat()}。"
            "各方协商一致、严重违约或危及人身安全的，请选择立即解除并写明原因。"
        )
    return None


def reason_day_unfit(
    *, on: datetime.date, today: datetime.date, earlier: Sequence[datetime.date], step: str
) -> str | None:
    """Why a suspension or its end cannot begin on that day, or None."""
    if on > today:
        return f"{step}从当天或已经发生的日期起算，不能预先登记。"
    if earlier and on < max(earlier):
        return f"{step}的起算日不能早于上一次变更 {max(earlier).isoformat()}。"
    return None


def reason_too_short(reason: str, *, what: str) -> str | None:
    """Why the words given as a reason do not suffice, or None."""
    if len(reason.strip()) < SHORTEST_REASON:
        return f"请写明{what}，至少 {SHORTEST_REASON} 个字。"
    if len(reason.strip()) > LONGEST_REASON:
        return f"{what}不能超过 {LONGEST_REASON} 字，请精简。"
    return None
