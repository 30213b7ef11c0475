"""Rosters annexed to a document: role, person, posts (成员名单)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import RosterEntry
from .lines import BODY, ROSTER, ROSTER_ROLE, SIGNATURE, Line

_ROLE = re.compile(rf"(?P<role>{ROSTER_ROLE})[:：]")
_BRACKETED = re.compile(
    r"(?P<name>[\u4e00-\u9fa5·]{2,12})"
    r"[（(](?P<posts>[^（()）]+(?:[（(][^）)]*[）)])?[^（()）]*)[）)]?$"
)
_SPACED = re.compile(
    r"\s*(?P<name>[\u4e00-\u9fa5](?:[ \u3000]+)?[\u4e00-\u9fa5·]{1,8})[ \u3000]+"
    r"(?P<posts>[\u4e00-\u9fa5（）、，]{2,})\s*$"
)


def roster_of(*, lines: list[Line], source: str) -> Iterator[RosterEntry]:
    """The people listed outside the clauses; a role holds until the next is printed."""
    role: str | None = None
    waiting: Line | None = None
    for line in lines:
        match = _ROLE.match(line.text) if line.kind == ROSTER else None
        role = match["role"] if match else role
        if role is None or line.kind not in (ROSTER, BODY, SIGNATURE) or line.text.endswith("。"):
            continue
        text = (waiting.text if waiting else "") + line.text[match.end() if match else 0 :]
        if _is_open(text):
            waiting = line
            continue
        entry = _entry(role, text, waiting or line, line, source)
        waiting = None
        if entry:
            yield entry


def _is_open(text: str) -> bool:
    """An entry broken over two lines has an unclosed bracket."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _entry(role: str, text: str, first: Line, last: Line, source: str) -> RosterEntry | None:
    match = _BRACKETED.match(text)
    if match is None:
        printed = re.sub(r"^[^:：\n]{1,8}[:：]", "", source[first.start : last.end])
        match = _SPACED.match(printed)
    if match is None:
        return None
    posts = tuple(re.split(r"[、，,](?![^（(]*[）)])", match["posts"]))
    name = re.sub(r"\s", "", match["name"])
    return RosterEntry(role, name, posts, first.start, last.end)
