"""Terms of councils, the share of small members, and what a group lacks before it may run."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from silian.operations.alliances.choices.groups import SCHOOL_KINDS, GroupKind, MemberKind

WARNING = datetime.timedelta(days=60)  # time enough to call a council and vote
SMALL_SIZES = frozenset({"medium", "small", "micro"})  # 中小微企业

NEEDED: dict[str, tuple[tuple[frozenset[str], str], ...]] = {
    GroupKind.EDUCATION_GROUP: (
        (frozenset({MemberKind.ENTERPRISE}), "企业"),
        (SCHOOL_KINDS, "职业院校"),
    ),
    GroupKind.ALLIANCE: (
        (frozenset({MemberKind.ENTERPRISE}), "企业"),
        (SCHOOL_KINDS | {MemberKind.UNIVERSITY}, "院校"),
    ),
    GroupKind.INDUSTRY_COMMUNITY: (
        (frozenset({MemberKind.ENTERPRISE}), "龙头企业"),
        (frozenset({MemberKind.UNIVERSITY}), "普通高校"),
        (SCHOOL_KINDS, "职业院校"),
    ),
    GroupKind.CITY_CONSORTIUM: (
        (frozenset({MemberKind.PARK, MemberKind.GOVERNMENT}), "产业园区或政府部门"),
        (frozenset({MemberKind.ENTERPRISE}), "企业"),
        (frozenset({MemberKind.SECONDARY}), "中等职业学校"),
        (frozenset({MemberKind.COLLEGE}), "高等职业学校"),
        (frozenset({MemberKind.UNIVERSITY}), "普通高校"),
    ),
}


def missing_members(*, kind: str, present: Collection[str]) -> list[str]:
    """The kinds of member that a group of this kind must have and has not (缺少的成员).

    Basis: 教职成厅函〔2023〕15号 for consortia; 行业产教融合共同体 led by firm, university, school.
    """
    return [name for kinds, name in NEEDED[kind] if not kinds & set(present)]


@dataclass(frozen=True, kw_only=True)
class SmallShare:
    """How many of the member enterprises are small or medium (中小微企业占比)."""

    small: int
    enterprises: int

    @property
    def percent(self) -> float | None:
        return 100 * self.small / self.enterprises if self.enterprises else None


def small_share(sizes: Collection[str]) -> SmallShare:
    """The share among member enterprises, by their size; an unknown size counts as not small."""
    return SmallShare(small=sum(size in SMALL_SIZES for size in sizes), enterprises=len(sizes))


def term_words(*, ends_on: datetime.date, on: datetime.date) -> tuple[str, str]:
    """How a term stands, in words and as a light (任期情况)."""
    if ends_on <= on:
        return "任期届满", "late"
    if ends_on - on <= WARNING:
        return f"{(ends_on - on).days} 天后届满", "watch"
    return f"至 {ends_on:%Y-%m-%d}", "ok"
