"""Who handles a complaint, by when, and what a violation may cost."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.operations.placements.choices.complaints import (
    ComplaintCategory,
    ComplaintChannel,
)

ACCEPT_WORKING_DAYS = 2  # operational: the page promises an answer within two working days
HANDLE_WORKING_DAYS = 15  # operational: no rule sets a number for complaints of interns
APPEAL_WORKING_DAYS = 10  # operational: time to ask for a second look
SHORTEST_TEXT = 10
FEW = 3  # fewer complaints of one enterprise could be told apart: they are not counted openly
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without signs that look alike
CODE_LENGTH = 12

PROVISIONS: Mapping[ComplaintCategory, tuple[str, str]] = {
    ComplaintCategory.PAY: ("IN-21", "教职成〔2021〕4号第十八条"),
    ComplaintCategory.HOURS: ("IN-19", "教职成〔2021〕4号第十七条"),
    ComplaintCategory.FORBIDDEN: ("IN-18", "教职成〔2021〕4号第十六条"),
    ComplaintCategory.FEES: ("IN-23", "教职成〔2021〕4号第二十条"),
    ComplaintCategory.SAFETY: ("IN-31", "职业教育法第五十条"),
    ComplaintCategory.HARASSMENT: ("IN-31", "职业教育法第五十条"),
    ComplaintCategory.MISMATCH: ("IN-07", "教职成〔2021〕4号第九条"),
    ComplaintCategory.FORCED: ("IN-10", "教职成〔2021〕4号第十条"),
    ComplaintCategory.AGENT: ("IN-18f", "教职成〔2021〕4号第十六条（六）"),
    ComplaintCategory.PROFIT: ("IN-09", "教职成〔2021〕4号第十条"),
    ComplaintCategory.OTHER: ("", ""),
}
"""The provision that each matter speaks of: number of the rule, document and article."""

LABOUR_MATTERS = frozenset(
    {ComplaintCategory.PAY, ComplaintCategory.HOURS, ComplaintCategory.AGENT}
)
SCHOOL_MATTERS = frozenset({ComplaintCategory.FORCED, ComplaintCategory.PROFIT})
"""Matters in which the school itself is usually the one complained about."""


def advised_channel(categories: Collection[str]) -> ComplaintChannel:
    """Where a complaint of these matters is best sent; the student may choose otherwise."""
    matters = {ComplaintCategory(code) for code in categories}
    if matters & SCHOOL_MATTERS:
        return ComplaintChannel.EDUCATION
    if matters & LABOUR_MATTERS:
        return ComplaintChannel.LABOUR
    return ComplaintChannel.SCHOOL


def provision_words(categories: Collection[str]) -> list[str]:
    """The provisions that the matters speak of, once each."""
    found = [" ".join(PROVISIONS[ComplaintCategory(code)]).strip() for code in categories]
    return [words for words in dict.fromkeys(found) if words]


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The organisations that may handle complaints of one place, narrow before wide (受理层级)."""

    school: int | None
    education: Sequence[int]
    labour: Sequence[int]

    def of(self, channel: ComplaintChannel) -> list[int]:
        """The way of a channel; authorities of the other field stand last, as a way out."""
        if channel == ComplaintChannel.LABOUR:
            return [*self.labour, *self.education]
        own = [self.school] if channel == ComplaintChannel.SCHOOL and self.school else []
        return [*own, *self.education, *self.labour]


def handler_of(
    ladder: Ladder, *, channel: ComplaintChannel, subjects: Collection[int]
) -> int | None:
    """The first organisation of the way that nobody complains about, or None (办理单位)."""
    return next((each for each in ladder.of(channel) if each not in subjects), None)


def handler_above(
    ladder: Ladder, *, channel: ComplaintChannel, handler: int, subjects: Collection[int]
) -> int | None:
    """The next organisation above the present handler on the same way, or None (上一级).

    A school has no place on the ladder of authorities: all of its way lies above it.
    """
    way = [each for each in ladder.of(channel) if each != ladder.school]
    after = way[way.index(handler) + 1 :] if handler in way else way
    field = set(ladder.labour if handler in ladder.labour else ladder.education)
    above = [each for each in after if each in field and each not in subjects]
    return above[0] if above else None


def reason_text_too_short(*, text: str) -> str | None:
    if len(text.strip()) < SHORTEST_TEXT:
        return f"请写清时间、地点和经过，至少 {SHORTEST_TEXT} 个字。"
    return None


def reason_answer_missing(*, answer: str) -> str | None:
    """Why a complaint cannot be closed with this answer, or None."""
    return None if answer.strip() else "请写明答复内容和依据，投诉人会看到。"


def reason_appeal_not_possible(*, text: str, is_in_time: bool) -> str | None:
    """Why a second look cannot be asked for, or None (申请复核)."""
    if not is_in_time:
        return f"复核须在答复后 {APPEAL_WORKING_DAYS} 个工作日内申请。有新情况的，请另行投诉。"
    return reason_text_too_short(text=text)


def code_digest(code: str) -> str:
    """The digest under which a retrieval code is kept; spaces, dashes and case do not count."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"complaint:{plain}".encode()).hexdigest()


def grouped_code(code: str) -> str:
    """ABCD-EFGH-JKMN, as shown once."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def suppressed(count: int) -> str:
    """A count for others than the handlers: small ones are not told (小数抑制)."""
    if count == 0:
        return "0"
    return str(count) if count >= FEW else f"少于 {FEW}"


@dataclass(frozen=True, kw_only=True)
class FineRange:
    """What a violation may cost, from the dated provisions (罚款幅度)."""

    low: Decimal | None
    high: Decimal | None
    basis: str

    @property
    def is_set(self) -> bool:
        return self.low is not None and self.high is not None


def fine_range(
    *,
    income: Decimal,
    least: Decimal | None,
    most: Decimal | None,
    base: Decimal | None,
    basis: str,
) -> FineRange:
    """From the least to the most multiple of the unlawful income, or of the base when it is less.

    Basis: 职业教育法第六十六条. None where a provision is not set.
    """
    if least is None or most is None or base is None:
        return FineRange(low=None, high=None, basis=basis)
    counted = max(income, base)
    return FineRange(low=counted * least, high=counted * most, basis=basis)
