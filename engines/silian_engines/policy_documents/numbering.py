"""Numbering labels at the start of a line: glyph, rank, ordinal (层次序号).

The level comes from the glyph, never from Markdown signs or indentation:
第一章 > 第一节 > 一、 > 第一条 > （一） > 1. > （1） > ① > dash or bold run-in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import chinese_number

BOOK, CHAPTER, SECTION, PART, ARTICLE, HEADING, ITEM, POINT, CIRCLE, UNNUMBERED = range(10)

_CN = "一二三四五六七八九十百"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OFFICIAL = {
    "编": BOOK, "篇": BOOK, "部分": BOOK, "章": CHAPTER, "节": SECTION, "条": ARTICLE,
}  # fmt: skip
_DEEPER = {2: POINT, 3: CIRCLE}

_UNITS = (
    r"[个万亿千百元倍米吨亩户次套所]|人(?![才力员])|名(?![师优])|家(?![政庭长])|项(?!目)|年(?!度)|条(?![件例])"
    r"|台(?!账)|场(?![景地])|门(?!类)|平方|公[里顷]|小时|[课学]时|分钟|以[上下]|左右"
)
_LABEL = re.compile(
    rf"(?P<official>第(?P<official_n>[{_CN}零〇\d]+)(?P<what>部分|[编篇章节条])(?![款项第]))"
    rf"|(?P<part>(?P<part_n>[{_CN}]{{1,4}})[、．.](?![{_CN}]、))"
    rf"|(?P<heading>[（(〔\[]?(?P<heading_n>[{_CN}]{{1,4}})[）)〕\]])"
    rf"|(?P<point>[（(〔\[]?(?P<point_n>\d{{1,3}})[）)〕\]])"
    r"|(?P<item>(?P<item_n>\d{1,3})[.．、﹒·](?:(?!\d)|(?=20\d\d年)))"
    r"|(?P<decimal>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?"
    rf"(?=[\u4e00-\u9fa5])(?!{_UNITS}))"
    rf"|(?P<action>(?:专项)?(?:行动|任务|工程|举措|计划)(?P<action_n>[{_CN}]{{1,3}}|\d{{1,2}})[：:])"
    rf"|(?P<circle>[{_CIRCLES}])"
    r"|(?P<dash>(?:—{1,2}|-{2}|－{1,2}|─{1,2}|[●◆■▪•])(?=[^\d\-—－]))"
    r"|(?P<box>专栏[一二三四五六七八九十\d]{0,3}[：:]?)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering label as printed."""

    printed: str
    rank: int
    ordinal: int | None
    is_box: bool = False


def label_of(text: str) -> Label | None:
    """The numbering label a compact line begins with, or None."""
    match = _LABEL.match(text)
    if match is None:
        return None
    printed = match.group()
    kind = match.lastgroup if match.lastgroup in _RANKS else _named_kind(match)
    if kind == "official":
        return Label(printed, _OFFICIAL[match["what"]], _ordinal(match["official_n"]))
    if kind == "circle":
        return Label(printed, CIRCLE, _CIRCLES.index(printed) + 1)
    if kind == "decimal":
        numbers = printed.split(".")
        return Label(printed, _DEEPER[len(numbers)], int(numbers[-1]))
    if kind in ("dash", "box"):
        return Label(printed, UNNUMBERED, None, is_box=kind == "box")
    return Label(printed, _RANKS[kind], _ordinal(match[f"{kind}_n"]))


_RANKS = {"part": PART, "heading": HEADING, "item": ITEM, "action": ITEM, "point": POINT}


_KINDS = (
    "official", "part", "heading", "point", "item", "decimal", "action", "circle", "dash", "box",
)  # fmt: skip


def _named_kind(match: re.Match[str]) -> str:
    return next(name for name in _KINDS if match[name] is not None)


def _ordinal(numeral: str) -> int | None:
    return int(numeral) if numeral.isdigit() else chinese_number(numeral)
