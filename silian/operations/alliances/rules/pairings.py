"""How a zone stands against its number of partner schools, and how an action stands in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from silian.operations.alliances.choices.pairings import Cover


def cover_of(*, schools: int, required: Decimal | None) -> Cover:
    """Whether a zone has the partner schools that the place asks for (对口合作覆盖).

    Basis: N55 推动各产业集聚区至少与1所职业院校对口合作; promoted, so that less is a gap and never
    a violation, and nothing is judged where the place set no number.
    """
    if required is None:
        return Cover.UNSET
    return Cover.MET if schools >= required else Cover.GAP


def missing_schools(*, schools: int, required: Decimal | None) -> int | None:
    """How many partner schools are still to come; None while no number is set (尚缺)."""
    return None if required is None else max(int(required) - schools, 0)


def action_tone(*, due_on: datetime.date, done_on: datetime.date | None, on: datetime.date) -> str:
    """The light of an action: done, coming up, or past its day."""
    if done_on is not None:
        return "ok"
    return "late" if due_on < on else "open"


def action_words(*, due_on: datetime.date, done_on: datetime.date | None, on: datetime.date) -> str:
    """The same in words."""
    if done_on is not None:
        return "已完成"
    return "已逾期" if due_on < on else "待完成"


def narrowest_first(values: Mapping[str, Decimal | None]) -> Iterable[tuple[str, Decimal | None]]:
    """Places by their leading digits, the longest first, so that the narrowest level decides."""
    return sorted(values.items(), key=lambda pair: (-len(pair[0]), pair[0]))
