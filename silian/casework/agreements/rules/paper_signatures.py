"""What may be recorded of a signature on paper (线下签署)."""

from __future__ import annotations

import datetime


def reason_day_unfit(
    *, signed_on: datetime.date, put_out_on: datetime.date, today: datetime.date
) -> str | None:
    """Why the day on the paper cannot be right, or None.

    Nobody signed before the text was put out, nor on a day to come.
    """
    if signed_on > today:
        return "签署日不能晚于今天，请核对扫描件上的日期。"
    if signed_on < put_out_on:
        return (
            f"这份文本 {put_out_on:%Y-%m-%d} 才送出，签署日不能更早。"
            "纸上签的若是另一份文本，请重新送签后再签。"
        )
    return None


def paper_words(*, signed_on: str, recorded_by: str) -> str:
    """How a signature on paper is told of, everywhere: never as an electronic one."""
    return f"线下签署（{signed_on}），扫描件由{recorded_by}登记，不作为电子签名"
