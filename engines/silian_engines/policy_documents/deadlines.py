"""Deadlines, horizons and starting years in running text (时限)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .numerals import chinese_number

_PLAN_YEARS = {"二": "2015", "三": "2020", "四": "2025", "五": "2030", "六": "2035", "七": "2040"}

_YEAR = re.compile(
    r"(?P<from>自|从)?(?P<to>到|至)?(?P<first>20\d\d年?[-—–~～－至])?(?P<year>20\d\d)年"
    r"(?P<late>年?(?:底|末)|(?:\d{1,2}月)(?:\d{1,2}日)?(?:底|末)?)?(?P<before>之?前|以前|期间)?(?P<since>起|以来|以后|度|的)?"
)
_PLAN = re.compile(
    r"(?P<to>到|至)?[“\"]?十(?P<n>[二三四五六七])五[”\"]?(?:规划)?(?P<late>期末|末期?|期间|时期|收官|规划期)"
)
_HORIZON = re.compile(
    r"(?:力争|争取|计划)?(?:用|通过|经过|再用|未来|今后|利用|花)?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[-—–~～－至到](?P<m>\d{1,2}|[三四五六七八九十]{1,2}))?"
    r"年(?P<about>左右)?(?P<what>的?时间(?:的努力)?|左右的?努力|的?努力|内)"
)
_HORIZON_LEAD = re.compile(r"(?:力争|争取|计划|用|通过|经过|未来|今后|利用|花)")
_NOT_A_GOAL = re.compile(r"(?:有效期|施行|印发|执行|实施之日|截止|成立|发布|〔|\[)[^，。]{0,6}$")
_ACHIEVES = re.compile(
    r"[，,]|(?:力争|争取|全市|全省|全县|全区|我[市省区县州]|基本|建成|建设|实现|完成|达到|新增|培育|打造|形成|累计|全面|引进|再?培训|举办|开工|招收|招生)"
)
_APART_YEARS = re.compile(r"(?:[、和](?:到|至)?20\d\d年)*分别")
_ACHIEVES_LATER = re.compile(
    r"[\u4e00-\u9fa5“”]{2,24}?(?:达到|突破|超过|不低于|不少于|增至|(?:提高|提升|增加)[到至])"
)
_ACHIEVED_DURING = re.compile(
    r"[，,]?(?:[^，。；,;]{0,10})(?:建成|形成|打造|基本实现|基本建立|一批)"
)


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A stretch of text that says when: a year due, a horizon, or a year of beginning."""

    start: int
    end: int
    year: str | None = None
    horizon: dict[str, Any] | None = None
    since: str | None = None
    is_goal: bool = True


def time_phrases(*, text: str, start: int, end: int) -> list[TimePhrase]:
    """The time phrases of a sentence, in printed order."""
    found = [
        *(_year(text, match, start) for match in _YEAR.finditer(text, start, end)),
        *(_plan(text, match) for match in _PLAN.finditer(text, start, end)),
        *(_horizon(text, match, start) for match in _HORIZON.finditer(text, start, end)),
    ]
    return sorted((each for each in found if each), key=lambda each: each.start)


def _year(text: str, match: re.Match[str], start: int) -> TimePhrase | None:
    if match["since"] or match["from"]:
        is_start = match["since"] == "起" or (match["from"] and not match["to"])
        return TimePhrase(*match.span(), since=match["year"]) if is_start else None
    if _NOT_A_GOAL.search(text, max(start, match.start() - 10), match.start()):
        return None
    joins = text[max(start, match.start() - 2) : match.start()] in ("年、", "年和")
    says_when = (
        joins or match["to"] or match["before"] or (match["late"] or "").endswith(("底", "末"))
    )
    if not says_when and not _opens_goal(text, match, start) and not _shares_out(text, match):
        return None
    if text[max(start, match.start() - 1) : match.start()] in ("截", "止", "遇", "甚", "直"):
        return None
    return TimePhrase(*match.span(), year=match["year"], is_goal=bool(says_when) and not joins)


def _shares_out(text: str, match: re.Match[str]) -> bool:
    """2024年、2025年分别新增: bare years that share out the numbers after them."""
    return _APART_YEARS.match(text, match.end()) is not None


def _opens_goal(text: str, match: re.Match[str], start: int) -> bool:
    """A bare year counts as a deadline only at the head of a segment that achieves something."""
    at_head = match.start() == start or text[match.start() - 1] in "，,；;：:、力争取"
    return at_head and (
        _ACHIEVES.match(text, match.end()) is not None
        or _ACHIEVES_LATER.match(text, match.end()) is not None
    )


def _plan(text: str, match: re.Match[str]) -> TimePhrase:
    is_end = bool(match["to"]) or match["late"] in ("期末", "末", "末期", "收官")
    is_goal = is_end or _ACHIEVED_DURING.match(text, match.end()) is not None
    return TimePhrase(*match.span(), year=_PLAN_YEARS[match["n"]], is_goal=is_goal)


def _horizon(text: str, match: re.Match[str], start: int) -> TimePhrase | None:
    if match["what"] == "内" and not _is_horizon_within(text, match, start):
        return None
    if text[match.start() - 1 : match.start()] in ("每", "前", "满", "后", "十", "0"):
        return None
    horizon: dict[str, Any] = {"value": _value(match["m"] or match["n"]), "unit": "年"}
    if match["about"] or match["what"].startswith("左右"):
        horizon["approx"] = True
    return TimePhrase(*match.span(), horizon=horizon)


def _is_horizon_within(text: str, match: re.Match[str], start: int) -> bool:
    """三年内 is a horizon at the head of a segment, otherwise a limit."""
    at_head = match.start() == start or text[match.start() - 1] in "，,；;：:"
    return at_head or _HORIZON_LEAD.match(match.group()) is not None


def _value(numeral: str) -> int | None:
    return int(numeral) if numeral.isdigit() else chinese_number(numeral)


def last_year_of(due: str | None) -> str | None:
    """The last year that the due time of a task names; 长期 and 每年 name none."""
    if due is None:
        return None
    years = re.findall(r"(20\d\d)(?=年|$|[./-])", due)
    if years:
        return str(years[-1])
    plan = re.search(r"十(?P<n>[二三四五六七])五", due)
    return _PLAN_YEARS[plan["n"]] if plan else None
