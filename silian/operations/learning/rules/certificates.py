"""What the number of a certificate says of itself (证书编号).

A certificate of skill level has a capital letter and 21 digits: kind of assessor, assessor (4),
province (2), site (6), year (2), level (1), serial (6). The older certificate of qualification has
16 digits: year first, the level in the eleventh place.

Basis: 《职业技能等级证书编码规则（试行）》; 《国家职业资格证书》编码 16 位.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

LEVEL_CERTIFICATE = re.compile(r"[A-Z]\d{12}(?P<year>\d{2})(?P<level>[1-5])\d{6}")
QUALIFICATION = re.compile(r"(?P<year>\d{2})\d{8}(?P<level>[1-5])\d{5}")


@dataclass(frozen=True, kw_only=True)
class NumberFacts:
    """The year and the level inside a number (编号含义)."""

    year: int
    level: str


def normalised(number: str) -> str:
    return "".join(number.split()).upper()


def facts_of(number: str) -> NumberFacts | None:
    """What the number states, or None when it has neither form."""
    for form in (LEVEL_CERTIFICATE, QUALIFICATION):
        if found := form.fullmatch(normalised(number)):
            return NumberFacts(year=int(found["year"]), level=found["level"])
    return None


def reason_number_wrong(*, number: str, level: str, issued_on: datetime.date) -> str | None:
    """Why a certificate's number cannot be right, or None (证书编号校验)."""
    facts = facts_of(number)
    if facts is None:
        return "证书编号应为 1 个大写字母加 21 位数字，或 16 位数字。请照证书填写。"
    if facts.level != level:
        return f"编号里的等级是 {facts.level} 级，与填报的 {level} 级不一致。请核对。"
    if facts.year != issued_on.year % 100:
        return f"编号里的年份是 {facts.year:02d} 年，与发证日 {issued_on} 不一致。请核对。"
    return None


def reason_not_a_rise(*, before: str, after: str) -> str | None:
    """A promotion goes up; labels run backwards, 1 is the highest (等级提升)."""
    if before and int(after) >= int(before):
        return "提升后的等级应高于提升前的等级（一级最高）。"
    return None
