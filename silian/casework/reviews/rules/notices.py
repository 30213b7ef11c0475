"""When a public notice may end (公示期)."""

from __future__ import annotations

import datetime


def reason_not_endable(
    *, ends_on: datetime.date, on: datetime.date, open_objections: int, is_closed: bool
) -> str | None:
    """Every day was kept and every objection answered; days are never shortened (公示期满)."""
    if is_closed:
        return "这次公示已经办结。"
    if on < ends_on:
        last = ends_on - datetime.timedelta(days=1)
        return f"公示到 {last:%Y年%m月%d日} 24 时才结束，不能提前办结。"
    if open_objections:
        return f"还有 {open_objections} 件异议没有答复。请先核查并答复。"
    return None


def reason_not_objectable(
    *, starts_on: datetime.date, ends_on: datetime.date, on: datetime.date
) -> str | None:
    """Objections are taken from the first to the last day of the notice (异议期)."""
    if on < starts_on:
        return "公示还没有开始。"
    if on >= ends_on:
        last = ends_on - datetime.timedelta(days=1)
        return f"公示已于 {last:%Y年%m月%d日} 结束，不再受理异议。可以向组织单位反映情况。"
    return None
