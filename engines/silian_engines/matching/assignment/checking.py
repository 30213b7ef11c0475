"""An independent look at an assignment, pair by pair (稳定性核对).

Written against the definition alone; it shares no step with the solver.
"""

from __future__ import annotations

from dataclasses import dataclass

from silian_engines.matching.assignment.market import NO_GROUP, NO_POST, Market


@dataclass(frozen=True)
class BlockingPair:
    """A student and a post that would both rather have each other (破坏稳定的一对)."""

    student: int
    post: int


def blocking_pairs(market: Market, *, post: list[int]) -> list[BlockingPair]:
    """Every pair that would leave the assignment for each other; empty when it is stable."""
    holders: dict[int, list[int]] = {p: [] for p in range(market.posts)}
    for student, p in enumerate(post):
        if p != NO_POST:
            holders[p].append(student)
    found = []
    for student in range(market.students):
        for wished in market.wishes[student].tolist():
            if wished in (NO_POST, post[student]):
                break
            if would_take(market, wished, student, holders[wished]):
                found.append(BlockingPair(student, wished))
    return found


def faults(market: Market, *, post: list[int]) -> list[str]:
    """Why the assignment is not even allowed; empty when it is."""
    said = []
    for p in range(market.posts):
        holders = [s for s, got in enumerate(post) if got == p]
        if len(holders) > market.seats[p]:
            said.append(f"岗位 {p} 超过名额")
        for group in range(market.reserved.shape[1]):
            if sum(market.group[s] == group for s in holders) > market.ceilings[p, group]:
                said.append(f"岗位 {p} 超过组别 {group} 的上限")
    for student, got in enumerate(post):
        if got != NO_POST and got not in market.wishes[student].tolist():
            said.append(f"学生 {student} 没有报岗位 {got}")
    return said


def would_take(market: Market, post: int, student: int, holders: list[int]) -> bool:
    """Whether the post, asked by the student, would keep them among those it holds."""
    return student in choice(market, post, [*holders, student])


def choice(market: Market, post: int, applicants: list[int]) -> set[int]:
    """Whom the post takes of the applicants, by the words of the rules."""

    def standing(student: int) -> tuple[int, int]:
        rank = market.wishes[student].tolist().index(post)
        return (-int(market.points[student, rank]), int(market.lottery[student]))

    ranked = sorted(applicants, key=standing)
    allowed: list[int] = []
    for student in ranked:
        group = int(market.group[student])
        same = sum(int(market.group[other]) == group for other in allowed)
        if group == NO_GROUP or same < int(market.ceilings[post, group]):
            allowed.append(student)
    taken: list[int] = []
    for student in allowed:
        group = int(market.group[student])
        same = sum(int(market.group[other]) == group for other in taken)
        if group != NO_GROUP and same < int(market.reserved[post, group]):
            taken.append(student)
    for student in allowed:
        if student not in taken and len(taken) < int(market.seats[post]):
            taken.append(student)
    return set(taken)
