"""What a number is counted per: 元/人·年, 个/校, 年/轮, and over which window (计数口径)."""

from __future__ import annotations

import re
from typing import Any

from .numerals import chinese_number
from .quantities import Quantity

_WINDOW = re.compile(
    r"(?:每|前|近|任意)(?:隔)?(?P<n>\d{1,2}|[一二两三四五六七八九十])个?(?P<unit>年|学年|学期|个月|月)"
)
_CYCLE = re.compile(r"一(?P<per>轮|次|届|个?周期)")
_PER_HEAD = re.compile(
    r"每(?:一|1)?(?:个|名|位)?(?P<who>人|生|家|户|校|所|名|项|个|台|件|站|班|亩|吨|次)(?:次|企业|平台)?"
    r"(?:[,，]?每(?P<time>学年|学期|年|月|天|日))?"
)
_PER_TIME = re.compile(r"(?:每|按)(?P<time>半年|季度|学年|学期|年|月|周|天|日)(?![度均初])")
_PER_EACH = re.compile(
    r"(?:每(?:[所个家名位]|一(?:所|个|家))?|各)"
    r"(?P<who>(?:设区)?[^，。、；每各至应要都均须必建设创配培新发推办]{1,6}?(?:（[^（）]{1,8}）)?)"
    r"(?:至少|不少于|不超过|应|要|都|均|须|必须|建|设(?!区)|创|配|培|新|打造|发展|推|提供|安排|选派|办|集中"
    r"|吸纳|完成|引进|接收|服务|举办|开展|组织|力争|达到|确保)"
)
_PER_THOUSANDS = re.compile(
    r"每(?P<who>[百千万](?:人口|常住人口|人|名[\u4e00-\u9fa5]{2,5}?(?=[中的配拥，、])|户))"
)
_NOT_COUNTED = (*"年月学级类地方项种界自选派出", "有关", "相关", "行业", "领域")
_PER_RATE = re.compile(r"每[\u4e00-\u9fa5]{1,6}1(?P<unit>[个家名项人])")


def unit_with_denominator(*, text: str, start: int, quantity: Quantity) -> str:
    """The unit with what it is counted per; `start` is where the number's segment begins."""
    unit = quantity.unit
    if "/" in unit or quantity.is_share:
        return unit
    cycle = _CYCLE.match(text, quantity.end)
    if quantity.is_time:
        return f"{unit}/{cycle['per']}" if cycle else unit
    before = text[start : quantity.start]
    return unit + (_per_head(before) if quantity.is_money else _per_each(before))


def _per_head(before: str) -> str:
    heads = list(_PER_HEAD.finditer(before))
    if heads:
        head = heads[-1]
        return f"/{head['who']}·{head['time']}" if head["time"] else f"/{head['who']}"
    time = _PER_TIME.search(before)
    if time:
        return f"/{time['time']}"
    rate = _PER_RATE.search(before)
    return f"/{rate['unit']}" if rate else ""


def _per_each(before: str) -> str:
    many = _PER_THOUSANDS.search(before)
    if many:
        return f"/{many['who']}"
    each = _PER_EACH.search(before)
    if each and not each["who"].startswith(_NOT_COUNTED):
        who = each["who"]
        return "/校" if who.endswith(("校", "院", "学")) else f"/{who}"
    time = _PER_TIME.search(before)
    return f"/{time['time']}" if time else ""


def window_before(*, text: str, start: int, quantity: Quantity) -> dict[str, Any] | None:
    """The period over which a stretch of time is counted (每5年累计不少于6个月)."""
    if not quantity.is_time:
        return None
    match = _WINDOW.search(text, start, quantity.start)
    if match is None:
        return None
    numeral = match["n"]
    value = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return {"value": value, "unit": match["unit"]}
