"""What changed from one proposal to the next."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

WORDS = re.compile(r"[\d.,]+|[A-Za-z]+|.", re.DOTALL)  # numbers change as a whole


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of one proposal (合作条款)."""

    form: str
    quantity: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    terms: str


@dataclass(frozen=True, kw_only=True)
class TermChange:
    """One term that changed: its old and its new wording."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    text: str
    mark: str


def period_text(terms: Terms) -> str:
    """The half-open period as its first and last day (起止)."""
    if terms.starts_on is None or terms.ends_on is None:
        return "未设定"
    last = terms.ends_on - datetime.timedelta(days=1)
    return f"{terms.starts_on:%Y-%m-%d} 至 {last:%Y-%m-%d}"


def changed_terms(*, old: Terms, new: Terms, unit: str) -> list[TermChange]:
    """The terms that differ, in the order of the form (改动)."""
    rows = (
        ("form", "合作形式", old.form, new.form),
        ("quantity", "数量", f"{old.quantity} {unit}", f"{new.quantity} {unit}"),
        ("period", "起止", period_text(old), period_text(new)),
        ("terms", "主要条款", old.terms, new.terms),
    )
    return [
        TermChange(name=name, label=label, old=was, new=now)
        for name, label, was, now in rows
        if was != now
    ]


def marked_text(*, old: str, new: str) -> Sequence[Piece]:
    """The new wording with what went struck and what came underlined (逐字对照)."""
    pieces: list[Piece] = []
    a, b = WORDS.findall(old), WORDS.findall(new)
    matcher = difflib.SequenceMatcher(a=a, b=b, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(text="".join(a[start:end]), mark="same"))
            continue
        if end > start:
            pieces.append(Piece(text="".join(a[start:end]), mark="gone"))
        if new_end > new_start:
            pieces.append(Piece(text="".join(b[new_start:new_end]), mark="come"))
    return pieces
