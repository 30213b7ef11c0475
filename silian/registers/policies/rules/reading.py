"""What the engine's words mean in our tables: roles, bounds, deadlines, levels (解析转换)."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from silian.registers.policies.choices import (
    BodyRole,
    Comparator,
    DocumentLevel,
    Force,
    Medium,
    Responsibility,
)

COOPERATING = ("配合", "参与", "协助", "协办", "支持")
LEVELS = {
    "国家": DocumentLevel.NATION,
    "省级": DocumentLevel.PROVINCE,
    "自治区": DocumentLevel.PROVINCE,
    "省": DocumentLevel.PROVINCE,
    "直辖市": DocumentLevel.PROVINCE,
    "地级市": DocumentLevel.CITY,
    "地级": DocumentLevel.CITY,
    "直辖市辖区": DocumentLevel.COUNTY,
    "自治州": DocumentLevel.CITY,
    "市": DocumentLevel.CITY,
    "县级": DocumentLevel.COUNTY,
    "县": DocumentLevel.COUNTY,
    "区": DocumentLevel.COUNTY,
}
MEDIA = {
    "txt": Medium.TEXT,
    "markdown": Medium.MARKDOWN,
    "docx": Medium.WORD,
    "pdf": Medium.PDF,
    "scan": Medium.SCAN,
}
DEADLINE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
WRITTEN_DEADLINE = re.compile(r"(20\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
NUMBER = re.compile(r"[\d０-９]|百分之|千分之")
BEFORE_NUMBER = re.compile(
    r"(?:的?(?:比例|占比)?)?(?:要|应|应当|原则上|力争|确保|不断|逐步|累计)*"
    r"(?:达到|达|不少于|不低于|不高于|不超过|不得少于|不得低于|不得超过|至少|突破|超过|"
    r"提高到|控制在|增加到|保持在|稳定在|约为|约|为|到)?$"
)
PER_UNIT = re.compile(r"(?:按照?)?(?:每[\u4e00-\u9fa5]{1,4}){1,3}$")  # 按每人每年 names nothing yet
AFTER_NUMBER = re.compile(
    r"[\d.，,]+[万亿]?(?:元|人|家|个|项)?(?:以上|以下|左右)?的?(?:标准)?的?(?:给予|予以)?"
)
DANGLING = re.compile(
    r"(?:每|有|提供|给予|建成|完成)$|不[少低高超]于|不超过|原则上"
)  # says no thing
SHORTEST_TITLE = 3
LONGEST_TITLE = 60


def body_role(*, printed: str, leads: bool, mode: str = "") -> BodyRole:
    """The part a tail gives to one of its bodies; only the text makes a leader."""
    if leads:
        return BodyRole.LEAD
    if any(word in printed for word in COOPERATING):
        return BodyRole.COOPERATE
    if "会同" in mode or "会同" in printed:
        return BodyRole.JOINT
    if "分工" in printed:
        return BodyRole.SHARE
    return BodyRole.RESPONSIBLE


def inline_role(*, words: str) -> BodyRole:
    """The part that running text gives to a body it names (正文写明的责任)."""
    if words.startswith(("牵头", "主办")):
        return BodyRole.LEAD
    if words.startswith("会同"):
        return BodyRole.JOINT
    if words.startswith(COOPERATING):
        return BodyRole.COOPERATE
    return BodyRole.RESPONSIBLE


def responsibility(kind: str) -> Responsibility:
    return Responsibility(kind) if kind in Responsibility.values else Responsibility.NONE


def bounds(
    *, values: Sequence[float], operator: str
) -> tuple[Decimal | None, Decimal | None, Comparator]:
    """The engine's values as low, high and comparator."""
    comparator = Comparator(operator) if operator in Comparator.values else Comparator.EQUAL
    numbers = sorted(Decimal(str(value)) for value in values)
    if not numbers:
        return None, None, comparator
    if len(numbers) > 1:
        return numbers[0], numbers[-1], Comparator.RANGE
    if comparator == Comparator.AT_MOST:
        return None, numbers[0], comparator
    return numbers[0], None, comparator


def force(word: str) -> Force:
    return Force(word) if word in Force.values else Force.TARGET


def last_day(written: str | None) -> datetime.date | None:
    """The last day of a deadline such as 2026, 2026-06 or 2026-06-30; None where none is said."""
    match = DEADLINE.match(written or "") or WRITTEN_DEADLINE.search(written or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    month = min(month or 12, 12) or 12
    length = calendar.monthrange(year or 1, month)[1]
    return datetime.date(year or 1, month, min(day or length, length))


def deadline(written: str | None, *, words: str) -> datetime.date | None:
    """The deadline as the engine read it, to the month where the words name one."""
    named = next(
        (each for each in WRITTEN_DEADLINE.finditer(words) if each.group(1) == written), None
    )
    return last_day(named.group() if named else written)


def first_day(written: str | None) -> datetime.date | None:
    """The first day of a time such as 2026 or 2026-06."""
    match = DEADLINE.match(written or "") or WRITTEN_DEADLINE.search(written or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    length = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    return datetime.date(year, month, day) if 1 <= day <= length else None


def day_of(written: str | None) -> datetime.date | None:
    """A whole date, or None."""
    try:
        return datetime.date.fromisoformat(written or "")
    except ValueError:
        return None


def level_of(words: str | None, *, division: str) -> DocumentLevel:
    """The level as the header says it; otherwise that of the division it is for."""
    if words in LEVELS:
        return LEVELS[words]
    if division == "000000":
        return DocumentLevel.NATION
    if division.endswith("0000"):
        return DocumentLevel.PROVINCE
    return DocumentLevel.CITY if division.endswith("00") else DocumentLevel.COUNTY


def target_title(phrase: str) -> str:
    """What is counted: the phrase up to its number, without the comparing words."""
    number = NUMBER.search(phrase)
    before = phrase[: number.start()] if number else phrase
    cut = BEFORE_NUMBER.sub("", before).strip("，、：:（( ")
    if PER_UNIT.match(cut):
        cut = AFTER_NUMBER.sub("", phrase[len(before) :]).strip("，、：:（( ")
    names_it = len(cut) >= SHORTEST_TITLE and not DANGLING.search(cut)
    return (cut if names_it else phrase)[:LONGEST_TITLE]


def is_same_target(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a target says again what an earlier one has said, word for word."""
    named = ("values", "unit", "op", "deadline")
    alike = all(one.get(name) == other.get(name) for name in named)
    return alike and target_title(one["phrase"]) == target_title(other["phrase"])
