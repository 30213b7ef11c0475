"""A frozen snapshot of a round, as a market of the engine and back (分配计算).

The snapshot is plain data, so that its digest proves what a result was computed from, and anybody
may compute it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from silian_engines.matching.assignment.checking import blocking_pairs, faults
from silian_engines.matching.assignment.explaining import explain
from silian_engines.matching.assignment.market import (
    NO_GROUP,
    NO_POST,
    Market,
    UnfitMarket,
    make_market,
)
from silian_engines.matching.assignment.resolving import Adjustable
from silian_engines.matching.assignment.solving import Assignment, assign

from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.rules.rounds import group_of, points_of

Snapshot = Mapping[str, Any]
NO_CEILING = np.iinfo(np.int32).max


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run gives one student: a post of the round or none, and the sentences why."""

    student: int
    post: int | None
    rank: int | None
    sentence: str
    missed: tuple[str, ...]
    is_reserved: bool = False


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A solved round: results, figures, and what the independent checker found."""

    outcomes: tuple[Outcome, ...]
    figures: dict[str, Any]
    blocking_pairs: int
    faults: tuple[str, ...]


def digest_of(snapshot: Snapshot) -> str:
    """SHA-256 of the snapshot in one fixed spelling (快照摘要)."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def groups_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The groups for which some post has a rule, in a fixed order."""
    found = {
        (rule["kind"], rule["value"]) for post in snapshot["posts"] for rule in post["reserves"]
    }
    return sorted(found)


def changed(snapshot: Snapshot, *, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot with a what-if applied: places, reserves, and the weight of the hosts.

    Students who withdraw keep their line, without wishes, so that the lottery stays as drawn.
    """
    places = {int(key): value for key, value in changes.get("places", {}).items()}
    reserves = {int(key): value for key, value in changes.get("reserves", {}).items()}
    withdrawn = set(changes.get("withdrawn", ()))
    refused = {tuple(pair) for pair in changes.get("refused", ())}
    posts = [
        {
            **post,
            "places": places.get(post["id"], post["places"]),
            "reserves": []
            if changes.get("without_reserves")
            else reserves.get(post["id"], post["reserves"]),
        }
        for post in snapshot["posts"]
    ]
    students = [
        {
            **student,
            "wishes": []
            if student["id"] in withdrawn
            else [wish for wish in student["wishes"] if (student["id"], wish) not in refused],
        }
        for student in snapshot["students"]
    ]
    weight = changes.get("host_weight", snapshot["host_weight"])
    return {**snapshot, "posts": posts, "students": students, "host_weight": weight}


def market_of(snapshot: Snapshot) -> Market:
    """The arrays of a snapshot; refuses one whose numbers do not fit with a sentence."""
    row_of = {post["id"]: row for row, post in enumerate(snapshot["posts"])}
    students = snapshot["students"]
    width = max((len(student["wishes"]) for student in students), default=0) or 1
    wishes = np.full((len(students), width), NO_POST, np.int32)
    points = np.zeros((len(students), width), np.int32)
    for row, student in enumerate(students):
        for rank, post in enumerate(student["wishes"]):
            wishes[row, rank] = row_of[post]
            points[row, rank] = points_at(snapshot, student, post)
    groups = student_groups(snapshot)
    used = sorted({group for group in groups if group is not None})
    number = {group: place for place, group in enumerate(used)}
    reserved, ceilings = reserve_tables(snapshot, number=number)
    try:
        return make_market(
            wishes=wishes,
            points=points,
            seats=[post["places"] for post in snapshot["posts"]],
            seed=snapshot["seed"],
            group=[NO_GROUP if group is None else number[group] for group in groups],
            reserved=reserved,
            ceilings=ceilings,
        )
    except UnfitMarket as unfit:
        raise DomainError(f"{unfit}。请先改名额或预留。") from None


def points_at(snapshot: Snapshot, student: Mapping[str, Any], post: int) -> int:
    host_score = snapshot["ranks"].get(f"{post}:{student['id']}")
    return points_of(
        score=None if student["score"] is None else Decimal(student["score"]),
        host_score=None if host_score is None else Decimal(host_score),
        host_weight=snapshot["host_weight"],
        basis=snapshot["basis"],
    )


def student_groups(snapshot: Snapshot) -> list[tuple[str, str] | None]:
    """The group of each student that counts, by the published order; None for no group."""
    groups = groups_of(snapshot)
    return [
        group_of(order=snapshot["group_order"], belongs=student["belongs"], groups=groups)
        for student in snapshot["students"]
    ]


def reserve_tables(snapshot: Snapshot, *, number: Mapping[tuple[str, str], int]) -> tuple[Any, Any]:
    """Reserved seats and ceilings, posts × groups; a group without students needs no column."""
    shape = (len(snapshot["posts"]), len(number))
    reserved, ceilings = np.zeros(shape, np.int32), np.full(shape, NO_CEILING, np.int32)
    for row, post in enumerate(snapshot["posts"]):
        for rule in post["reserves"]:
            column = number.get((rule["kind"], rule["value"]))
            if column is None:
                continue
            reserved[row, column] = rule["seats"]
            if rule["ceiling"] is not None:
                ceilings[row, column] = rule["ceiling"]
    return reserved, ceilings


def solve(snapshot: Snapshot) -> Solved:
    """The stable assignment of a snapshot, checked by the independent checker (计算)."""
    assignment = assign(market_of(snapshot))
    return told(snapshot, assignment, posts=assignment.post.tolist())


def resolve(snapshot: Snapshot, *, changes: Mapping[str, Any]) -> Solved:
    """The assignment after one late change; nobody moves who does not have to (单项变动)."""
    adjustable = Adjustable(assign(market_of(snapshot)))
    row_of = {student["id"]: row for row, student in enumerate(snapshot["students"])}
    post_of = {post["id"]: row for row, post in enumerate(snapshot["posts"])}
    for student in changes.get("withdrawn", ()):
        adjustable.withdraw(row_of[student])
    for student, post in changes.get("refused", ()):
        adjustable.refuse(row_of[student], post_of[post])
    for post, places in changes.get("places", {}).items():
        row = post_of[int(post)]
        step = places - int(adjustable.market.seats[row])
        for _ in range(abs(step)):
            adjustable.add_seat(row) if step > 0 else adjustable.remove_seat(row)
    after = changed(snapshot, changes=changes)
    market = market_of(after)
    posts = adjustable.posts.tolist()
    return told(after, placed(market, posts=posts), posts=posts)


def placed(market: Market, *, posts: Sequence[int]) -> Assignment:
    """An assignment that somebody else computed, in the engine's words for explaining it."""
    assignment = assign(market)
    ranks = [
        market.wishes[row].tolist().index(post) if post != NO_POST else market.places
        for row, post in enumerate(posts)
    ]
    return replace(assignment, place=np.array(ranks, np.int32))


def told(snapshot: Snapshot, assignment: Assignment, *, posts: Sequence[int]) -> Solved:
    market = assignment.market
    outcomes = tuple(
        outcome_of(snapshot, assignment, row=row) for row in range(len(snapshot["students"]))
    )
    return Solved(
        outcomes=outcomes,
        figures=figures_of(snapshot, outcomes),
        blocking_pairs=len(blocking_pairs(market, post=list(posts))),
        faults=tuple(faults(market, post=list(posts))),
    )


def outcome_of(snapshot: Snapshot, assignment: Assignment, *, row: int) -> Outcome:
    student = snapshot["students"][row]
    said = explain(assignment, student=row)
    barred = tuple(f"{item['title']}：{item['sentence']}" for item in student.get("barred", ()))
    missed = tuple(item.sentence for item in said.missed) + barred
    if not student["wishes"]:
        sentence = (
            "所填志愿都不符合安排条件，本轮未分配到岗位。"
            if barred
            else "您没有提交志愿，本轮未分配到岗位，可参加下一轮。"
        )
        return Outcome(
            student=student["id"], post=None, rank=None, sentence=sentence, missed=barred
        )
    if said.post == NO_POST:
        return Outcome(
            student=student["id"], post=None, rank=None, sentence=said.sentence, missed=missed
        )
    post = snapshot["posts"][said.post]
    return Outcome(
        student=student["id"],
        post=post["id"],
        rank=said.rank,
        sentence=said.sentence,
        missed=missed,
        is_reserved=in_reserve(snapshot, student=student, post=post),
    )


def in_reserve(snapshot: Snapshot, *, student: Mapping[str, Any], post: Mapping[str, Any]) -> bool:
    """Whether the post keeps places for the student's group."""
    group = group_of(
        order=snapshot["group_order"], belongs=student["belongs"], groups=groups_of(snapshot)
    )
    return group is not None and any(
        (rule["kind"], rule["value"]) == group and rule["seats"] for rule in post["reserves"]
    )


def figures_of(snapshot: Snapshot, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The numbers by which runs are compared (结果数字)."""
    ranks = [outcome.rank for outcome in outcomes if outcome.rank]
    wished = sum(bool(student["wishes"]) for student in snapshot["students"])
    reserved = sum(rule["seats"] for post in snapshot["posts"] for rule in post["reserves"])
    return {
        "students": len(outcomes),
        "wished": wished,
        "silent": len(outcomes) - wished,
        "placed": len(ranks),
        "first": ranks.count(1),
        "top_three": sum(rank <= 3 for rank in ranks),
        "unplaced": wished - len(ranks),
        "places": sum(post["places"] for post in snapshot["posts"]),
        "reserved": reserved,
        "reserved_filled": sum(min(*pair) for pair in reserve_use(snapshot, outcomes)),
    }


def reserve_use(snapshot: Snapshot, outcomes: Sequence[Outcome]) -> list[tuple[int, int]]:
    """For each rule of each post: the seats it keeps, and how many of its group sit there."""
    groups = dict(
        zip(
            (student["id"] for student in snapshot["students"]),
            student_groups(snapshot),
            strict=True,
        )
    )
    sitting: dict[tuple[int, tuple[str, str]], int] = {}
    for outcome in outcomes:
        group = groups[outcome.student]
        if outcome.post is not None and group is not None:
            sitting[outcome.post, group] = sitting.get((outcome.post, group), 0) + 1
    return [
        (rule["seats"], sitting.get((post["id"], (rule["kind"], rule["value"])), 0))
        for post in snapshot["posts"]
        for rule in post["reserves"]
    ]
