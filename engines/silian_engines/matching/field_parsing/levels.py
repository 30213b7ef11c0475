"""Education and experience asked for (学历与经验要求)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from silian_engines.matching.field_parsing.numerals import with_arabic_digits


class EducationLevel(IntEnum):
    """Lowest education asked for (学历要求)."""

    ANY = 0
    JUNIOR_SECONDARY = 10
    UPPER_SECONDARY = 20
    VOCATIONAL_SECONDARY = 21
    JUNIOR_COLLEGE = 30
    BACHELOR = 40
    MASTER = 50
    DOCTOR = 60


@dataclass(frozen=True, slots=True)
class Education:
    """Education asked for (学历); `level` is empty when the cell could not be read."""

    level: EducationLevel | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """Years of work asked for (经验); `maximum` is empty for “以上”."""

    minimum: int = 0
    maximum: int | None = None
    problem: str | None = None


# The lowest level named counts: 大专/本科 asks for 大专.
_EDUCATION = (
    (EducationLevel.ANY, re.compile(r"不限|无要求|无学历")),
    (EducationLevel.JUNIOR_SECONDARY, re.compile(r"初中|小学")),
    (
        EducationLevel.VOCATIONAL_SECONDARY,
        re.compile(r"中专|中技|中职|职高|技校|职业高中|中等职业"),
    ),
    (EducationLevel.UPPER_SECONDARY, re.compile(r"高中")),
    (EducationLevel.JUNIOR_COLLEGE, re.compile(r"大专|专科|高职|高技|专升本")),
    (EducationLevel.BACHELOR, re.compile(r"本科|学士|大学|全日制")),
    (EducationLevel.MASTER, re.compile(r"硕士|研究生|mba|emba")),
    (EducationLevel.DOCTOR, re.compile(r"博士")),
)


@lru_cache(maxsize=8192)
def parse_education(text: str, /) -> Education:
    """Read the lowest education asked for; an empty cell asks for nothing."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    if not plain:
        return Education(EducationLevel.ANY)
    for level, words in _EDUCATION:
        if words.search(plain):
            return Education(level)
    if re.search(r"码|^\d+$", plain):
        return Education(problem=f"学历“{text}”是来源的内部编号，没有对照表，请改为文字。")
    return Education(
        problem=f"学历“{text}”无法识别，请写明初中、高中、中专、大专、本科、硕士或博士。"
    )


_NO_EXPERIENCE = re.compile(r"不限|无|应届|在校|实习")
_YEARS = re.compile(r"(\d+)\s*(?:[-~—–至到]\s*(\d+))?\s*年?\s*(?:及)?(以上|以下|以内)?")


@lru_cache(maxsize=8192)
def parse_experience(text: str, /) -> Experience:
    """Read the years of work asked for; an empty cell asks for nothing."""
    plain = with_arabic_digits(unicodedata.normalize("NFKC", text).strip())
    years = _YEARS.search(plain)
    if not years:
        if not plain or _NO_EXPERIENCE.search(plain):
            return Experience()
        return Experience(problem=f"经验“{text}”无法识别，请写成“3年以上”或“不限”。")
    low, high = int(years.group(1)), int(years.group(2) or years.group(1))
    if low > high or high > 60:
        return Experience(problem=f"经验“{text}”的年数不合理，请核对。")
    if years.group(3) == "以上":
        return Experience(low, None)
    if years.group(3):
        return Experience(0, high)
    return Experience(low, high if years.group(2) else None)
