"""Everything that a round is computed from, frozen as plain data (分配快照)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from silian.operations.placements.choices.rounds import (
    ReserveKind,
)
from silian.operations.placements.models.rounds import (
    HostRank,
    Round,
    RoundPost,
    RoundStudent,
    Wish,
)
from silian.operations.placements.queries.capacity import Room, room_of
from silian.operations.placements.queries.round_lawfulness import Pair, closures_of
from silian.operations.placements.queries.rounds import posts_of
from silian.operations.placements.rules.rounds import shared_places

ADULT_AT = 18  # 教职成〔2021〕4号第十六条 speaks of those under 18


def snapshot_of(placement_round: Round, *, on: datetime.date) -> dict[str, Any]:
    """Students, lawful wishes, places within the hosts' room, scores and the lottery's seed."""
    students = list(
        placement_round.students.filter(is_eligible=True, is_absent=False)
        .select_related("person", "school_class__cohort__programme__major")
        .order_by("number", "pk")
    )
    posts = list(posts_of(placement_round))
    wishes = list(
        Wish.objects.filter(student__round=placement_round)
        .select_related("round_post__post__organisation")
        .order_by("student_id", "rank")
    )
    places, cuts = places_within_room(placement_round, posts)
    kept, barred = lawful_wishes(placement_round, students=students, wishes=wishes, on=on)
    return {
        "round": placement_round.pk,
        "seed": placement_round.seed,
        "basis": placement_round.basis,
        "host_weight": placement_round.host_weight,
        "group_order": list(placement_round.group_order),
        "students": [
            student_line(student, placement_round=placement_round, kept=kept, barred=barred)
            for student in students
        ],
        "posts": [post_line(post, places=places[post.pk]) for post in posts],
        "ranks": ranks_of(placement_round),
        "cuts": cuts,
    }


def student_line(
    student: RoundStudent,
    *,
    placement_round: Round,
    kept: Mapping[int, list[int]],
    barred: Mapping[int, list[dict[str, str]]],
) -> dict[str, Any]:
    return {
        "id": student.pk,
        "number": student.number,
        "score": None if student.score is None else str(student.score),
        "belongs": groups_of(student, on=placement_round.starts_on),
        "wishes": kept.get(student.pk, []),
        "barred": barred.get(student.pk, []),
    }


def groups_of(student: RoundStudent, *, on: datetime.date) -> dict[str, str]:
    """The groups that the student belongs to, with the value in each (所属组别)."""
    found = {
        ReserveKind.MAJOR.value: student.school_class.cohort.programme.major.code[:2],
    }
    if student.county_code:
        found[ReserveKind.COUNTY.value] = student.county_code
    if student.needs_lodging:
        found[ReserveKind.LODGING.value] = ""
    born = student.person.born_on
    if born is not None and full_years(born, on=on) < ADULT_AT:
        found[ReserveKind.MINOR.value] = ""
    return found


def full_years(born: datetime.date, *, on: datetime.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def post_line(post: RoundPost, *, places: int) -> dict[str, Any]:
    """A post with its places; reserves never promise more than the places that are left."""
    left, rules = places, []
    for rule in post.reserves.all():
        seats = min(rule.seats, left)
        left -= seats
        rules.append(
            {"kind": rule.kind, "value": rule.value, "seats": seats, "ceiling": rule.ceiling}
        )
    return {
        "id": post.pk,
        "title": f"{post.post.organisation.name} {post.post.title}",
        "places": places,
        "reserves": rules,
    }


def places_within_room(
    placement_round: Round, posts: Sequence[RoundPost]
) -> tuple[dict[int, int], list[str]]:
    """The places of each post within what host and post can take from all schools (IN-11)."""
    by_host: dict[int, list[RoundPost]] = defaultdict(list)
    for post in posts:
        by_host[post.post.organisation_id].append(post)
    places: dict[int, int] = {}
    cuts: list[str] = []
    for organisation_id, offered in sorted(by_host.items()):
        room = room_of(
            organisation_id=organisation_id,
            post_ids=[post.post_id for post in offered],
            starts_on=placement_round.starts_on,
            ends_on=placement_round.ends_on,
        )
        given = places_at(room, offered)
        places |= {post.pk: count for post, count in zip(offered, given, strict=True)}
        cuts += [cut_sentence(post, count) for post, count in zip(offered, given, strict=True)]
    return places, [cut for cut in cuts if cut]


def places_at(room: Room, offered: Sequence[RoundPost]) -> list[int]:
    """What one host can take at each post: free places, then its shares of interns."""
    wanted = [
        most_allowed(
            min(post.places, room.posts[post.post_id].free),
            refused=partial(refuses, room, post.post_id),
        )
        for post in offered
    ]
    total = most_allowed(sum(wanted), refused=partial(refuses_in_all, room))
    return shared_places(wanted=wanted, room=total)


def refuses(room: Room, post_id: int, count: int) -> bool:
    """Whether so many more at the post are forbidden where the host is (IN-11)."""
    return any(finding.blocks for finding in room.findings(wanted={post_id: count}))


def refuses_in_all(room: Room, count: int) -> bool:
    """Whether so many more at the host, at whatever post, are forbidden (IN-11)."""
    fuller = replace(room, interns=room.interns + count)
    return any(finding.blocks for finding in fuller.findings(wanted={}))


def most_allowed(wanted: int, *, refused: Callable[[int], bool]) -> int:
    """The largest number up to ``wanted`` that is not refused; refusals grow with the number."""
    if wanted == 0 or not refused(wanted):
        return wanted
    low, high = 0, wanted
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if refused(middle) else (middle, high)
    return low


def cut_sentence(post: RoundPost, count: int) -> str:
    if count >= post.places:
        return ""
    name = f"{post.post.organisation.name} {post.post.title}"
    return f"{name}：名额由 {post.places} 调为 {count}，因为该单位可接收人数有限（各校合计）。"


def lawful_wishes(
    placement_round: Round,
    *,
    students: Sequence[RoundStudent],
    wishes: Sequence[Wish],
    on: datetime.date,
) -> tuple[dict[int, list[int]], dict[int, list[dict[str, str]]]]:
    """The wishes that the hard rules leave, and those that they close, by student."""
    known = {student.pk: student for student in students}
    asked = [wish for wish in wishes if wish.student_id in known]
    pairs = [Pair(student=known[wish.student_id], round_post=wish.round_post) for wish in asked]
    closures = closures_of(placement_round=placement_round, pairs=pairs, on=on)
    kept: dict[int, list[int]] = defaultdict(list)
    barred: dict[int, list[dict[str, str]]] = defaultdict(list)
    for wish, reasons in zip(asked, closures, strict=True):
        if not reasons:
            kept[wish.student_id].append(wish.round_post_id)
            continue
        post = wish.round_post.post
        barred[wish.student_id].append(
            {"title": f"第 {wish.rank} 志愿 {post.organisation.name}{post.title}",
             "sentence": reasons[0]}
        )  # fmt: skip
    return kept, barred


def ranks_of(placement_round: Round) -> dict[str, str]:
    """The hosts' scores, keyed by post and student."""
    rows = HostRank.objects.filter(round_post__round=placement_round)
    return {
        f"{post}:{student}": str(score)
        for post, student, score in rows.values_list("round_post_id", "student_id", "score")
    }
