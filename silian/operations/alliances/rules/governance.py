"""The checklist of a school's governance, and who sits in its council."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from silian.operations.alliances.choices.governance import (
    AUTONOMY,
    COMMITTEES,
    OUTSIDE,
    REFORMS,
    GovernanceMatter,
    Organ,
    Progress,
    Side,
)

UNTOLD = "未填报"


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Who sits in an organ (成员构成)."""

    counts: Mapping[Side, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def outside(self) -> int:
        """Members from industry, institutes, social organisations and the community."""
        return sum(self.counts.get(side, 0) for side in OUTSIDE)

    @property
    def missing(self) -> list[Side]:
        """The outside sides that nobody comes from."""
        return [side for side in OUTSIDE if not self.counts.get(side)]

    @property
    def lines(self) -> list[tuple[str, int]]:
        return [(side.label, self.counts.get(side, 0)) for side in Side]


def composition_of(sides: Iterable[str]) -> Composition:
    return Composition(counts=Counter(Side(side) for side in sides))


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the checklist: met, not met, or not told yet (治理清单项)."""

    label: str
    met: bool | None
    words: str
    basis: str = ""

    @property
    def tone(self) -> str:
        if self.met is None:
            return "unset"
        return "ok" if self.met else "watch"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a school told of its governance (治理档案内容).

    ``seats`` gives the sides of those who sit in each organ today, ``met_on`` the last meeting.
    """

    charter_in_force: datetime.date | None
    charter_has_file: bool
    seats: Mapping[Organ, Sequence[str]]
    met_on: Mapping[Organ, datetime.date]
    office: bool | None
    office_name: str
    matters: Mapping[GovernanceMatter, Progress]


def checklist(told: Told, *, on: datetime.date) -> list[Check]:
    """Every line a school answers for; what is missing is a gap and never a violation.

    Basis: 000 二（四）4、三（四）; 001 第14条; 003（十六）; all encouraged or promoted.
    """
    committees = [organ_check(told, organ) for organ in COMMITTEES]
    autonomy = [matter_check(told, matter, basis="扩大办学自主权") for matter in AUTONOMY]
    reforms = [matter_check(told, matter, basis="配套改革") for matter in REFORMS]
    return [
        charter_check(told, on=on),
        council_check(told),
        *committees,
        office_check(told),
        *autonomy,
        *reforms,
    ]


def charter_check(told: Told, *, on: datetime.date) -> Check:
    label = "学校章程"
    if told.charter_in_force is None or told.charter_in_force > on:
        return Check(label=label, met=None, words=UNTOLD)
    if not told.charter_has_file:
        return Check(label=label, met=False, words="已生效，章程文件没有上传")
    return Check(label=label, met=True, words=f"{told.charter_in_force} 起生效")


def council_check(told: Told) -> Check:
    label = Organ.COUNCIL.label
    found = composition_of(told.seats.get(Organ.COUNCIL, ()))
    if not found.total:
        return Check(label=label, met=None, words=UNTOLD)
    share = f"校外 {found.outside} / {found.total} 席"
    if found.missing:
        names = "、".join(side.label for side in found.missing)
        return Check(label=label, met=False, words=f"{share}，还没有{names}代表")
    return Check(label=label, met=True, words=share)


def organ_check(told: Told, organ: Organ) -> Check:
    seats = told.seats.get(organ, ())
    if not seats:
        return Check(label=organ.label, met=None, words=UNTOLD)
    held = told.met_on.get(organ)
    if held is None:
        return Check(label=organ.label, met=False, words=f"{len(seats)} 席，还没有会议记录")
    return Check(label=organ.label, met=True, words=f"{len(seats)} 席，{held} 最近一次会议")


def office_check(told: Told) -> Check:
    label = "产教融合专门机构"
    if told.office is None:
        return Check(label=label, met=None, words=UNTOLD)
    return Check(
        label=label, met=told.office, words=told.office_name if told.office else "没有设立"
    )


def matter_check(told: Told, matter: GovernanceMatter, *, basis: str) -> Check:
    progress = told.matters.get(matter)
    if progress is None:
        return Check(label=matter.label, met=None, words=UNTOLD, basis=basis)
    met = progress == Progress.DONE
    return Check(label=matter.label, met=met, words=progress.label, basis=basis)


def done_count(checks: Iterable[Check]) -> int:
    return sum(check.met is True for check in checks)
