"""The two sides of an assignment round as arrays (分配轮次).

Students name posts in the order in which they want them; each post orders the students who named
it. Nothing else decides: the lottery that breaks ties is drawn from a seed that is published.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
NO_POST = -1
NO_GROUP = -1
MOST_POSTS = 1 << 20  # posts, points and lottery numbers share one 64-bit key
MOST_POINTS = 1 << 20
MOST_STUDENTS = 1 << 24
OUT_OF_POINTS = "评分应是 0 到 1,048,575 的整数；小数请先放大，例如 87.5 分写成 8750"


class UnfitMarket(ValueError):
    """The arrays do not describe a round; the message says which and where."""


@dataclass(frozen=True, kw_only=True)
class Market:
    """A round: ``wishes[s, r]`` is the post that student ``s`` wants in place ``r``, or ``-1``.

    ``points[s, r]`` is what that post gives the student, higher first; equal points are ordered by
    ``lottery[s]``, lower first. ``seats[p]`` is how many the post takes. ``group[s]`` is the one
    group of the student that counts for reserves and ceilings, or ``-1``; ``reserved[p, g]`` seats
    go first to group ``g`` and to everybody when the group does not fill them; of group ``g`` at
    most ``ceilings[p, g]`` are taken.
    """

    wishes: Ints
    points: Ints
    seats: Ints
    lottery: Ints
    group: Ints
    reserved: Ints
    ceilings: Ints

    @property
    def students(self) -> int:
        return int(self.wishes.shape[0])

    @property
    def posts(self) -> int:
        return int(self.seats.shape[0])

    @property
    def places(self) -> int:
        """The longest list of wishes."""
        return int(self.wishes.shape[1])


def make_market(
    *,
    wishes: npt.ArrayLike,
    points: npt.ArrayLike,
    seats: npt.ArrayLike,
    seed: int,
    group: npt.ArrayLike | None = None,
    reserved: npt.ArrayLike | None = None,
    ceilings: npt.ArrayLike | None = None,
) -> Market:
    """A checked round. A post named twice by one student counts once, at its first place.

    Raises ``UnfitMarket`` when shapes, numbers or reserves do not fit each other.
    """
    wanted = np.array(wishes, dtype=np.int32, ndmin=2)
    given = np.array(points, dtype=np.int32, ndmin=2)
    places = np.array(seats, dtype=np.int32)
    students, posts = wanted.shape[0], places.shape[0]
    of = np.full(students, NO_GROUP, np.int32) if group is None else np.array(group, np.int32)
    groups = int(of.max(initial=NO_GROUP)) + 1
    held = np.zeros((posts, groups), np.int32) if reserved is None else np.array(reserved, np.int32)
    most = limits(ceilings, seats=places, groups=groups)
    refuse_unfit(wishes=wanted, points=given, seats=places, group=of, reserved=held, ceilings=most)
    return Market(
        wishes=without_repeats(wanted),
        points=given,
        seats=places,
        lottery=np.random.default_rng(seed).permutation(students).astype(np.int32),
        group=of,
        reserved=held,
        ceilings=most,
    )


def limits(ceilings: npt.ArrayLike | None, *, seats: Ints, groups: int) -> Ints:
    """Ceilings as given; without any, a group may take every seat, also those added later."""
    if ceilings is None:
        return np.full((seats.size, groups), np.iinfo(np.int32).max, np.int32)
    return np.array(ceilings, np.int32)


def refuse_unfit(
    *, wishes: Ints, points: Ints, seats: Ints, group: Ints, reserved: Ints, ceilings: Ints
) -> None:
    posts = seats.shape[0]
    faults = (
        (points.shape != wishes.shape, "评分与志愿的行列数不一致"),
        (group.shape != wishes.shape[:1], "组别与学生人数不一致"),
        (wishes.size and (wishes.max() >= posts or wishes.min() < NO_POST), "志愿里有不存在的岗位"),
        (bool((seats < 0).any()), "岗位名额不能是负数"),
        (points.min(initial=0) < 0 or points.max(initial=0) >= MOST_POINTS, OUT_OF_POINTS),
        (
            posts >= MOST_POSTS or wishes.shape[0] >= MOST_STUDENTS,
            "一轮最多 104 万个岗位、1,677 万名学生",
        ),
        (group.size and group.min() < NO_GROUP, "组别编号不能小于 -1"),
    )
    for wrong, sentence in faults:
        if wrong:
            raise UnfitMarket(sentence)
    shape = (posts, int(group.max(initial=NO_GROUP)) + 1)
    if reserved.shape != shape or ceilings.shape != shape:
        raise UnfitMarket("预留名额和上限应是 岗位数 × 组别数 的表")
    if (reserved < 0).any() or (ceilings < 0).any():
        raise UnfitMarket("预留名额和上限不能是负数")
    if (reserved.sum(axis=1) > seats).any():
        place = int(np.flatnonzero(reserved.sum(axis=1) > seats)[0])
        raise UnfitMarket(f"第 {place + 1} 个岗位的预留名额多于名额")


def without_repeats(wishes: Ints) -> Ints:
    """Each post once a student, at its first place; what is left moves up."""
    places = wishes.shape[1]
    if places == 0:
        return wishes
    order = np.argsort(wishes, axis=1, kind="stable")
    sorted_wishes = np.take_along_axis(wishes, order, axis=1)
    repeated = np.zeros_like(wishes, dtype=bool)
    again = np.zeros_like(wishes, dtype=bool)
    again[:, 1:] = sorted_wishes[:, 1:] == sorted_wishes[:, :-1]
    np.put_along_axis(repeated, order, again, axis=1)
    gone = repeated | (wishes == NO_POST)
    if not gone.any():
        return wishes
    kept = np.where(gone, NO_POST, wishes)
    return np.take_along_axis(kept, np.argsort(gone, axis=1, kind="stable"), axis=1)


@dataclass(kw_only=True)
class Queue:
    """All wishes in one line: post after post, within a post the best student first (岗位排序).

    ``position[s, r]`` is the place of a wish in the line; ``post_at``, ``student_at`` and
    ``rank_at`` read back the post, the student, and the place of the wish in the student's list.
    The applicants of post ``p`` stand at ``starts[p] … starts[p + 1] - 1``. A wish that was never
    made stands at ``length``.
    """

    position: Ints
    post_at: Ints
    student_at: Ints
    starts: Ints
    rank_at: Ints
    length: int = field(init=False)

    def __post_init__(self) -> None:
        self.length = int(self.post_at.shape[0])
