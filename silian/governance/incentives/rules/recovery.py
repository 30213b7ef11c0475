"""Whether a unit may still reply, and whether a recovery may be decided."""

from __future__ import annotations

import datetime


def reason_not_repliable(*, reply_until: datetime.date, today: datetime.date) -> str | None:
    """Why the unit may not reply any more, or None (陈述申辩期限)."""
    if today > reply_until:
        return f"陈述申辩期限到 {reply_until} 为止，已经过期。对决定不服的，可以申请复核。"
    return None


def reason_not_recoverable(
    *,
    reply_until: datetime.date,
    replied: bool,
    today: datetime.date,
    noticed_by: int | None,
    actor_id: int | None,
) -> str | None:
    """Why a recovery may not be decided now, or None (先告知、再听取、后决定)."""
    if actor_id is not None and actor_id == noticed_by:
        return "告知由您发出，决定要由另一名审核人员作出。"
    if not replied and today <= reply_until:
        return f"单位尚未陈述申辩，期限到 {reply_until}。请在期满后或收到陈述后决定。"
    return None


def reason_not_droppable(*, noticed_by: int | None, actor_id: int | None) -> str | None:
    """Why this person may not drop the recovery, or None (另一人决定)."""
    if actor_id is not None and actor_id == noticed_by:
        return "告知由您发出，不予追回也要由另一名审核人员决定。"
    return None
