"""A printed roster as posts: who sits by which position (成员名单)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from silian.operations.alliances.choices.coordination import PostRole

ROLES = {
    "组长": PostRole.LEADER,
    "召集人": PostRole.LEADER,
    "副组长": PostRole.DEPUTY,
    "副召集人": PostRole.DEPUTY,
    "成员": PostRole.MEMBER,
    "主任": PostRole.DIRECTOR,
    "办公室主任": PostRole.DIRECTOR,
    "副主任": PostRole.DEPUTY_DIRECTOR,
    "办公室副主任": PostRole.DEPUTY_DIRECTOR,
    "联络员": PostRole.LIAISON,
}


@dataclass(frozen=True, kw_only=True)
class RosterLine:
    """One line of a roster: the part, the position, and who holds it now."""

    role: PostRole
    position: str
    holder: str


def roster_lines(entries: Iterable[Mapping[str, Any]]) -> list[RosterLine]:
    """The parsed roster as posts; an entry whose part is unknown counts as a member."""
    return [
        RosterLine(
            role=ROLES.get(str(entry.get("role", "")).strip(), PostRole.MEMBER),
            position="、".join(entry.get("posts", ()))[:120] or "职位未写明",
            holder=str(entry.get("name", ""))[:40],
        )
        for entry in entries
        if entry.get("name")
    ]


def unit_of(position: str, *, names: Mapping[str, int]) -> int | None:
    """The organisation whose name begins the position, the longest name first: 市教育局局长.

    ``names`` maps the names and short names of departments to their keys.
    """
    for name in sorted(names, key=len, reverse=True):
        if name and position.startswith(name):
            return names[name]
    return None
