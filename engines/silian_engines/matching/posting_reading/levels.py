"""The level that a text asks for (层次要求): education, grade of skill, years of work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from silian_engines.matching.field_parsing.levels import EducationLevel
from silian_engines.matching.field_parsing.numerals import with_arabic_digits
from silian_engines.matching.posting_reading.parts import Topic, parts_of
from silian_engines.matching.posting_reading.vocabulary import plain


class SkillGrade(IntEnum):
    """Grade of a vocational skill (职业技能等级). Basis: 国家职业技能等级五级至一级."""

    PRIMARY = 5
    INTERMEDIATE = 4
    ADVANCED = 3
    TECHNICIAN = 2
    SENIOR_TECHNICIAN = 1


@dataclass(frozen=True, slots=True)
class ReadLevel:
    """A level with the words that say it (识别出的层次); ``end`` is not in it."""

    value: int
    start: int
    end: int
    words: str
    confidence: float


_EDUCATION = (
    (EducationLevel.ANY, r"学历不限|不限学历|无学历要求|学历无要求|学历[:：]?\s*不限"),
    (EducationLevel.JUNIOR_SECONDARY, r"初中"),
    (EducationLevel.VOCATIONAL_SECONDARY, r"中专|中技|中职|职高|技校"),
    (EducationLevel.UPPER_SECONDARY, r"高中"),
    (EducationLevel.JUNIOR_COLLEGE, r"大专|专科|高职|大学专科"),
    (EducationLevel.BACHELOR, r"大学本科|本科|学士"),
    (EducationLevel.MASTER, r"硕士|研究生"),
    (EducationLevel.DOCTOR, r"博士"),
)
_NAMED = re.compile("|".join(f"(?P<n{int(level)}>{words})" for level, words in _EDUCATION))
# What may stand between the name of a level and the words that make it a demand.
_DEMANDED = re.compile(
    r"^(?:[(（][^)）]{0,12}[)）]|[或/、]?(?:同等|相当))?\s*(?:学历|学位|文化)?(?:程度)?\s*"
    r"(?:[(（][^)）]{0,8}[)）])?\s*(?P<mark>及其?以上|以及以上|或以上|或者以上|以上|起)"
)
_PLAIN_DEMAND = re.compile(r"^(?:或|/|、|和|及)?\s*(?:学历|毕业|文凭|学位|生|在读)")
_LABELLED = re.compile(r"(?:学历|教育程度|文化程度)(?:要求)?[:：\s]*$")
_NOT_ASKED = re.compile(r"[^,，。；;、\n]{0,14}?(?:优先|更佳|者佳|加分|可放宽)")
# Shares that agreed with the education column of 1,799 postings; see the bench.
SURE, LIKELY, UNSURE = 0.88, 0.6, 0.5


def education_asked(text: str, /) -> ReadLevel | None:
    """The lowest education that a text asks for, or None when it says nothing."""
    simple = plain(text)
    found = [level for level in _educations(simple, text) if level.confidence > UNSURE]
    found = found or list(_educations(simple, text))
    if not found:
        return None
    return min(found, key=lambda level: (level.value, -level.confidence, level.start))


def _educations(simple: str, text: str) -> Iterator[ReadLevel]:
    for part in parts_of(simple):
        if part.topic is Topic.BESIDE:
            continue
        for match in _NAMED.finditer(simple, part.start, part.end):
            share = _share(before=simple[: match.start()], after=simple[match.end() :], match=match)
            if share:
                value = int((match.lastgroup or "n0")[1:])
                yield ReadLevel(
                    value, match.start(), match.end(), text[slice(*match.span())], share
                )


def _share(*, before: str, after: str, match: re.Match[str]) -> float:
    """How likely a named level is the demand; 0 when it is only welcome."""
    if match.lastgroup == "n0":
        return SURE
    if _NOT_ASKED.match(after[:30]):
        return 0.0
    if _DEMANDED.match(after[:24]):
        return SURE
    if _LABELLED.search(before[-10:]):
        return LIKELY
    return LIKELY if _PLAIN_DEMAND.match(after[:6]) else 0.0


_GRADES = (
    (SkillGrade.SENIOR_TECHNICIAN, r"高级技师|一级/高级技师"),
    (SkillGrade.TECHNICIAN, r"(?<!高级)技师"),
    (SkillGrade.ADVANCED, r"高级工(?!程)|高级技工|三级/高级工|三级及?以上(?:技能|证)"),
    (SkillGrade.INTERMEDIATE, r"中级工(?!程)|中级技工|四级/中级工"),
    (SkillGrade.PRIMARY, r"初级工(?!程)|初级技工|五级/初级工"),
)


def grade_asked(text: str, /) -> ReadLevel | None:
    """The lowest grade of skill that a text names, or None."""
    simple = plain(text)
    found = [
        ReadLevel(int(grade), match.start(), match.end(), text[slice(*match.span())], LIKELY)
        for grade, words in _GRADES
        for match in re.finditer(words, simple)
        if not _NOT_ASKED.match(simple, match.end())
    ]
    return max(found, key=lambda level: level.value, default=None)


_YEARS = re.compile(
    r"(?P<low>\d{1,2})\s*(?:[-~—–至到]\s*(?P<high>\d{1,2}))?\s*年\s*(?:及其?|或)?(?:以上|以内|左右)?"
    r"(?P<between>[^,，。；;\n]{0,16}?)(?:经验|经历|工龄|从业|工作)"
)
_NO_YEARS = re.compile(
    r"经验不限|不限经验|无需经验|无经验要求|无经验可|应届(?:毕业)?生(?:均|亦|也)?可"
)


def years_asked(text: str, /) -> ReadLevel | None:
    """The fewest years of work that a text asks for, or None when it says nothing."""
    simple = plain(text)
    digits = with_arabic_digits(simple)
    digits = digits if len(digits) == len(simple) else simple
    free = _NO_YEARS.search(simple)
    found = [
        ReadLevel(int(match["low"]), match.start(), match.end(), text[slice(*match.span())], LIKELY)
        for match in _YEARS.finditer(digits)
        if int(match["low"]) <= MOST_YEARS
    ]
    if found:
        return max(found, key=lambda level: (level.value, -level.start))
    if free:
        return ReadLevel(0, free.start(), free.end(), text[slice(*free.span())], SURE)
    return None


MOST_YEARS = 20
