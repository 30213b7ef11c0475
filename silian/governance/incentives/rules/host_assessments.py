"""What speaks for and against an enterprise in the yearly assessment, and when it is decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

FIGURES = {
    "students": ("实习学生", "人"),
    "months_due": ("应付报酬月数", "生·月"),
    "months_on_time": ("按时足额支付", "生·月"),
    "alarms": ("未解除的欠薪提醒", "条"),
    "incidents": ("安全事件", "起"),
    "grave_incidents": ("较重安全事件", "起"),
    "ended_early": ("提前结束", "人"),
    "closed": ("投诉办结", "件"),
    "proven": ("投诉属实", "件"),
    "violations": ("查实违规", "件"),
}
SPEAKING = {
    "alarms": "有欠薪提醒未解除",
    "grave_incidents": "发生较重安全事件",
    "proven": "有投诉查实",
    "violations": "有违规实习查实",
}


def points_against(figures: Mapping[str, Any]) -> list[str]:
    """Facts that an assessor has to look at; no number of the platform decides (考核提示)."""
    found = [
        f"{words} {figures[name]} {FIGURES[name][1]}"
        for name, words in SPEAKING.items()
        if figures.get(name)
    ]
    late = figures.get("months_due", 0) - figures.get("months_on_time", 0)
    return [*found, f"有 {late} 生·月报酬没有按时足额支付"] if late > 0 else found


def reason_not_proposable(*, passes: bool, reason: str, own: bool) -> str | None:
    """Why an assessment may not be proposed, or None (拟定考核结论)."""
    if own:
        return "不能考核本单位。"
    if not passes and not reason.strip():
        return "拟不通过的，请写明不符合哪一项规范和事实。企业会看到。"
    return None


def reason_not_decidable(
    *,
    proposed_by: int | None,
    actor_id: int | None,
    passes: bool,
    noticed: bool,
    replied: bool,
    reply_until: datetime.date | None,
    today: datetime.date,
) -> str | None:
    """Why an assessment may not be decided now, or None (先告知、再听取、后认定).

    An enterprise that is to fail is heard first; who proposed does not decide.
    """
    if actor_id is not None and actor_id == proposed_by:
        return "考核结论由您拟定，请由另一名审核人员认定。"
    if passes:
        return None
    if not noticed or reply_until is None:
        return "拟不通过的，要先告知企业并听取陈述，才能认定。"
    if not replied and today <= reply_until:
        return f"企业尚未陈述，期限到 {reply_until}。请在期满后或收到陈述后认定。"
    return None


def reason_not_repliable(*, reply_until: datetime.date | None, today: datetime.date) -> str | None:
    """Why the enterprise may not reply any more, or None (陈述期限)."""
    if reply_until is None or today > reply_until:
        return "陈述期限已过。对考核结论有异议的，请向考核部门反映。"
    return None
