"""Dates as printed, whole or damaged (成文日期)."""

from __future__ import annotations

import re
from datetime import date

from .numerals import chinese_number, digit_string

_ARABIC = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_CHINESE = re.compile(
    r"(?P<y>[一二][〇○零ОO一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_BARE = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<rest>\d{2,4})日?")


def iso_date(text: str) -> str | None:
    """The date a text states in full, or None."""
    match = _ARABIC.search(text)
    if match:
        return _iso(int(match["y"]), int(match["m"]), int(match["d"]))
    match = _CHINESE.search(text)
    if match:
        month, day = chinese_number(match["m"]), chinese_number(match["d"])
        year = digit_string(match["y"].translate({0x41E: "〇", ord("O"): "〇"}))
        return _iso(int(year), month or 0, day or 0)
    return None


def date_readings(text: str) -> tuple[str, ...]:
    """Every date that digits without 年月日 may stand for."""
    match = _BARE.match(text)
    if match is None:
        return ()
    rest, year = match["rest"], int(match["y"])
    splits = ((rest[:cut], rest[cut:]) for cut in (1, 2) if 0 < cut < len(rest))
    dates = (
        _iso(year, int(month), int(day))
        for month, day in splits
        if month[0] != "0" or len(month) == 2
        if (len(day) <= 2 and day[0] != "0") or len(day) == 2
    )
    return tuple(each for each in dates if each)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
