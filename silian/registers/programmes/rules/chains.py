"""Where industry chains and programmes do not meet (产业链与专业对接)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Meeting(StrEnum):
    """How a chain and the programmes of a region meet (对接情况)."""

    NO_PROGRAMME = "no_programme"
    NO_ENTERPRISE = "no_enterprise"
    MET = "met"


MEETINGS = {
    Meeting.NO_PROGRAMME: ("有产业，无专业", "late"),
    Meeting.NO_ENTERPRISE: ("有专业，无企业", "watch"),
    Meeting.MET: ("已对接", "ok"),
}


@dataclass(frozen=True, kw_only=True)
class Chain:
    """One industry chain of a region with who stands on either side (产业链)."""

    name: str
    enterprises: int
    programmes: int
    schools: int
    students: int

    @property
    def pk(self) -> str:
        return self.name

    @property
    def meeting(self) -> Meeting:
        if not self.programmes:
            return Meeting.NO_PROGRAMME
        return Meeting.MET if self.enterprises else Meeting.NO_ENTERPRISE

    @property
    def label(self) -> str:
        return MEETINGS[self.meeting][0]

    @property
    def tone(self) -> str:
        return MEETINGS[self.meeting][1]


def gaps_first(chains: list[Chain]) -> list[Chain]:
    """What needs somebody first, the larger before the smaller (差距在前)."""
    order = list(Meeting)
    return sorted(
        chains,
        key=lambda each: (
            order.index(each.meeting), -each.enterprises, -each.programmes, each.name
        ),
    )  # fmt: skip
