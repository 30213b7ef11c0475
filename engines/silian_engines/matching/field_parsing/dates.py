"""Dates as job sites write them (发布日期): 04-20, 3天前, 昨天, 2018年4月20日."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class PostedDate:
    """A day (发布日期); `year_assumed` when the source left the year out."""

    on: date | None = None
    year_assumed: bool = False
    problem: str | None = None


_FULL = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\D|$)")
_SHORT = re.compile(r"^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_AGO = re.compile(r"(\d+)\s*(分钟|小时|天|日|周|个?星期|个?月|年)[以之]?前")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_NAMED_DAYS = {"今天": 0, "今日": 0, "刚刚": 0, "昨天": 1, "昨日": 1, "前天": 2}
_DAYS_OF_UNIT = {"分": 0, "小": 0, "天": 1, "日": 1, "周": 7, "星": 7, "月": 30, "年": 365}


@lru_cache(maxsize=65536)
def parse_posted_date(text: str, /, *, today: date) -> PostedDate:
    """Read a day in the past of `today`; without a year, the latest such day."""
    plain = re.sub(r"发布|更新|于|:\s*$", "", unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        return PostedDate()
    for word, days in _NAMED_DAYS.items():
        if plain.startswith(word):
            return PostedDate(today - timedelta(days=days))
    ago = _AGO.search(plain)
    if ago:
        days = int(ago.group(1)) * _DAYS_OF_UNIT[ago.group(2).lstrip("个")[0]]
        return _not_in_future(text, today - timedelta(days=min(days, 36500)), today)
    full = _FULL.match(plain) or _COMPACT.match(plain)
    if full:
        return _day(text, int(full.group(1)), int(full.group(2)), int(full.group(3)), today)
    if _SERIAL.match(plain):
        return _not_in_future(text, date(1899, 12, 30) + timedelta(days=int(float(plain))), today)
    short = _SHORT.match(plain)
    if short:
        return _day_without_year(text, int(short.group(1)), int(short.group(2)), today)
    return PostedDate(problem=f"日期“{text}”无法识别，请写成“2026-04-20”。")


def _day(text: str, year: int, month: int, day: int, today: date) -> PostedDate:
    try:
        return _not_in_future(text, date(year, month, day), today)
    except ValueError:
        return PostedDate(problem=f"日期“{text}”不是日历上的一天，请核对。")


def _not_in_future(text: str, on: date, today: date) -> PostedDate:
    if on > today + timedelta(days=1):
        return PostedDate(problem=f"日期“{text}”在今天之后，发布日期不能在将来。")
    return PostedDate(on)


def _day_without_year(text: str, month: int, day: int, today: date) -> PostedDate:
    # Eight years back always hold a 29 February.
    for year in range(today.year, today.year - 9, -1):
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if on <= today:
            return PostedDate(on, year_assumed=True)
    return PostedDate(problem=f"日期“{text}”不是日历上的一天，请核对。")
