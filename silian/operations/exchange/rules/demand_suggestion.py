"""When searches suggest a demand, and what an official may do with the suggestion."""

from __future__ import annotations

import datetime

QUIET_DAYS = 90
"""A term that an official dismissed is not suggested again for a quarter."""


def reason_not_dismissable(*, reason: str) -> str | None:
    """Why a suggestion may not be dismissed, or None."""
    if not reason.strip():
        return "请写明不采用的理由，例如：站内已有同类供给，或不属于产教融合供需。"
    return None


def drafted_description(
    *, term: str, region: str, askers: int, missed: int, first_on: datetime.date,
    last_on: datetime.date,
) -> str:  # fmt: skip
    """What the searches say about the demand; the official adds what for and by what standard."""
    return (
        f"{first_on:%Y-%m-%d} 至 {last_on:%Y-%m-%d}，{region}有 {askers} 个单位或个人检索“{term}”"
        f" {missed} 次，站内没有结果。"
    )
