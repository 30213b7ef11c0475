"""Who came and who left, by day: members and council of a group, seats of a committee."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from silian.foundation.ui.components import Entry
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.groups import AllianceGroup

MOST_CHANGES = 40  # a page's aside; the audit trail keeps all of them


def roster_changes(group: AllianceGroup) -> list[Entry]:
    """Members who joined or left and council posts begun or ended, latest first (成员变动)."""
    lines: list[Entry] = []
    for row in group.members.filter(joined_on__isnull=False).select_related("organisation"):
        name = row.organisation.display_name
        lines += came_and_went(
            f"{name}加入", f"{name}退出", row.joined_on, row.left_on, note=row.reason
        )
    for post in group.council.select_related("organisation"):
        words = f"{post.holder}任{post.get_role_display()}"
        gone = f"{post.holder}不再任{post.get_role_display()}"
        lines += came_and_went(
            words, gone, post.starts_on, post.left_on, who=post.organisation.display_name
        )
    return latest(lines)


def seat_changes(committee: Committee) -> list[Entry]:
    """Members of the committee who took or left their seat, latest first (委员变动)."""
    lines: list[Entry] = []
    for row in committee.members.select_related("organisation"):
        words = f"{row.name}任{row.get_role_display()}"
        gone = f"{row.name}离任{row.get_role_display()}"
        lines += came_and_went(words, gone, row.starts_on, row.left_on, who=row.unit)
    return latest(lines)


def came_and_went(
    came: str,
    went: str,
    begun: datetime.date | None,
    left: datetime.date | None,
    *,
    who: str = "",
    note: str = "",
) -> list[Entry]:
    """One line for the beginning and, where it is over, one for the end."""
    lines = [Entry(at=begun, what=came, who=who, tone="ok")] if begun else []
    if left is not None:
        lines.append(Entry(at=left, what=went, who=who, note=note, tone="unset"))
    return lines


def latest(lines: Iterable[Entry]) -> list[Entry]:
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_CHANGES]
