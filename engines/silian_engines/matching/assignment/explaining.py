"""A sentence for each student: what they got, and why not what they wanted more (分配说明)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from silian_engines.matching.assignment.market import NO_GROUP, NO_POST
from silian_engines.matching.assignment.solving import Assignment


class Reason(StrEnum):
    """Why a wish was not met."""

    POINTS = "points"
    LOTTERY = "lottery"
    RESERVED = "reserved"
    CEILING = "ceiling"
    NO_SEATS = "no_seats"


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A wish that the student did not get: how they stood, and what decided."""

    post: int
    rank: int
    applicants: int
    standing: int
    seats: int
    points: int
    last_points: int | None
    reason: Reason

    @property
    def sentence(self) -> str:
        head = f"第 {self.rank} 志愿：名额 {self.seats} 个，{self.applicants} 人报名"
        return f"{head}，您排第 {self.standing}；{self.because}"

    @property
    def because(self) -> str:
        if self.reason is Reason.NO_SEATS:
            return "岗位本轮没有名额。"
        if self.reason is Reason.CEILING:
            return "您所在组别的录取已达上限。"
        if self.reason is Reason.RESERVED:
            return "其余名额预留给指定组别，已由该组别录满。"
        if self.reason is Reason.LOTTERY:
            return f"与末位录取者同为 {self.points} 分，按公布的抽签顺序在后。"
        return f"您 {self.points} 分，末位录取者 {self.last_points} 分。"


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What a student got, and every wish above it (本轮结果说明)."""

    post: int
    rank: int
    missed: tuple[Missed, ...]

    @property
    def sentence(self) -> str:
        if self.post == NO_POST:
            return f"本轮未分配到岗位，{len(self.missed)} 个志愿都已录满，可参加下一轮。"
        return f"分配到您的第 {self.rank} 志愿。"


def explain(assignment: Assignment, *, student: int) -> Explanation:
    """Why the student is where they are; it follows from the published rules alone."""
    market = assignment.market
    place = int(assignment.place[student])
    wishes = market.wishes[student].tolist()
    made = [wish for wish in wishes if wish != NO_POST]
    got = made[place] if place < len(made) else NO_POST
    missed = tuple(missed_wish(assignment, student, rank) for rank in range(min(place, len(made))))
    return Explanation(post=got, rank=place + 1 if got != NO_POST else 0, missed=missed)


def missed_wish(assignment: Assignment, student: int, rank: int) -> Missed:
    market, queue = assignment.market, assignment.queue
    post = int(market.wishes[student, rank])
    begin, end = int(queue.starts[post]), int(queue.starts[post + 1])
    place = int(queue.position[student, rank])
    holders = [
        at
        for at in range(begin, end)
        if assignment.place[queue.student_at[at]] == queue.rank_at[at]
    ]
    points = [points_at(assignment, at) for at in holders]
    own = int(market.points[student, rank])
    return Missed(
        post=post,
        rank=rank + 1,
        applicants=end - begin,
        standing=place - begin + 1,
        seats=int(market.seats[post]),
        points=own,
        last_points=points[-1] if points else None,
        reason=reason_of(assignment, student, post, own=own, holders=holders),
    )


def points_at(assignment: Assignment, place: int) -> int:
    queue = assignment.queue
    return int(assignment.market.points[queue.student_at[place], queue.rank_at[place]])


def reason_of(
    assignment: Assignment, student: int, post: int, *, own: int, holders: list[int]
) -> Reason:
    market = assignment.market
    if market.seats[post] == 0:
        return Reason.NO_SEATS
    group = int(market.group[student])
    groups = [int(market.group[assignment.queue.student_at[place]]) for place in holders]
    if group != NO_GROUP and groups.count(group) >= market.ceilings[post, group]:
        return Reason.CEILING
    last = points_at(assignment, holders[-1])
    if own > last:
        return Reason.RESERVED
    return Reason.LOTTERY if own == last else Reason.POINTS
