"""Whether an objection may be upheld: the applicant was heard before (听取意见)."""

from __future__ import annotations

import datetime


def reason_not_upholdable(
    *,
    was_asked: bool,
    was_answered: bool,
    answer_by: datetime.date | None,
    on: datetime.date,
) -> str | None:
    """Nobody loses a recognition unheard: asked, and answered or let the days pass."""
    if not was_asked:
        return "还没有听取申报单位的意见，不能认定异议成立。请先请申报单位说明。"
    if not was_answered and answer_by is not None and on <= answer_by:
        return f"申报单位可以说明到 {answer_by:%Y年%m月%d日}，期满或收到说明后再答复。"
    return None
