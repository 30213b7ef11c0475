"""Student-proposing deferred acceptance, many at once, then one by one (延迟接受算法).

Each student asks the posts in the order of the wishes; a post keeps the best so far by its rules.
The result is stable and the best stable one for every student. Gale and Shapley 1962; with
reserves Hafalir, Yenmez and Yildirim 2013.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from silian_engines.matching.assignment.choosing import Rules, kept_of, left_out, rules_of
from silian_engines.matching.assignment.market import NO_POST, Ints, Market, Queue
from silian_engines.matching.assignment.queueing import queue_of

ONE_BY_ONE = 1000  # below so many askers a loop is faster than arrays


@dataclass(kw_only=True)
class Assignment:
    """Who goes where: ``place[s]`` is the place of the wish that student ``s`` got.

    ``place[s]`` equals the number of wishes when the student got none.
    """

    market: Market
    queue: Queue
    rules: Rules
    place: Ints

    @property
    def post(self) -> Ints:
        """The post of each student, or ``-1``."""
        got = self.place < self.market.places
        at = np.where(got, self.place, 0)[:, None]
        wished = np.take_along_axis(self.market.wishes, at, axis=1)[:, 0]
        return np.where(got, wished, NO_POST).astype(np.int32)

    @property
    def line(self) -> Ints:
        """The places in the queue that are held, sorted."""
        students = np.flatnonzero(self.post != NO_POST)
        return np.sort(self.queue.position[students, self.place[students]])


def assign(market: Market) -> Assignment:
    """The stable assignment that is best for the students."""
    queue, rules = queue_of(market), rules_of(market)
    place = np.zeros(market.students, np.int32)
    asking = np.arange(market.students, dtype=np.int32)
    held, asking = ask_together(asking, place, queue=queue, rules=rules)
    ask_in_turn(asking.tolist(), place, held=held, queue=queue, rules=rules)
    return Assignment(market=market, queue=queue, rules=rules, place=place)


def ask_together(asking: Ints, place: Ints, *, queue: Queue, rules: Rules) -> tuple[Ints, Ints]:
    """Rounds in which all askers ask at once; returns the held line and who still asks."""
    places = queue.position.shape[1]
    held = np.empty(0, np.int32)
    ends = np.append(queue.starts[1:], queue.length).astype(np.int32)
    touched = np.zeros(rules.seats.size, bool)
    while asking.size > ONE_BY_ONE:
        asking = asking[place[asking] < places]
        asked = queue.position[asking, place[asking]]
        made = asked < queue.length
        place[asking[~made]] = places
        asking, asked = asking[made], asked[made]
        heard = asked < ends[queue.post_at[asked]]
        refused, asked = asking[~heard], asked[heard]
        touched[:] = False
        touched[queue.post_at[asked]] = True
        choosing = touched[queue.post_at[held]]
        line = np.sort(np.concatenate((held[choosing], asked)))
        kept = kept_of(line, queue=queue, rules=rules)
        out = queue.student_at[line[~kept]]
        note_last(line[kept], ends=ends, queue=queue, rules=rules)
        held = np.concatenate((held[~choosing], line[kept]))
        asking = np.concatenate((refused, out))
        place[asking] += 1
    return held, asking


def note_last(held: Ints, *, ends: Ints, queue: Queue, rules: Rules) -> None:
    """A full plain post hears nobody behind the last it holds."""
    post = queue.post_at[held]
    count = np.bincount(post, minlength=rules.seats.size)
    full = (count >= rules.seats) & ~rules.special
    last = np.append(post[1:] != post[:-1], True) if post.size else np.empty(0, bool)
    chosen = last & full[post]
    ends[:-1][post[chosen]] = held[chosen]


def ask_in_turn(asking: list[int], place: Ints, *, held: Ints, queue: Queue, rules: Rules) -> None:
    """The rest, one by one: who is put out asks next."""
    lines = Lines(held, queue=queue, rules=rules)
    for student in asking:
        settle(student, place, lines=lines)


def settle(
    student: int,
    place: Ints,
    *,
    lines: Lines,
    barred: Container[int] = (),
    before: dict[int, int] | None = None,
) -> None:
    """Let a student ask from where they stand, and everybody who is put out by it.

    Wishes in ``barred`` are passed over. ``before`` gets the post of each student put out.
    """
    waiting = [student]
    while waiting:
        student = waiting.pop()
        wishes = lines.queue.position[student].tolist()
        place[student], out = ask_on(wishes, int(place[student]), lines=lines, barred=barred)
        if out is not None:
            loser = int(lines.queue.student_at[out])
            place[loser] += 1
            waiting.append(loser)
            if before is not None:
                before.setdefault(loser, int(lines.queue.post_at[out]))


def ask_on(
    wishes: list[int], at: int, *, lines: Lines, barred: Container[int]
) -> tuple[int, int | None]:
    """The place of the first wish that is kept, and the wish that must go for it."""
    for rank in range(at, len(wishes)):
        wish = wishes[rank]
        if wish == lines.queue.length:
            break
        if wish in barred:
            continue
        out = lines.ask(wish)
        if out != wish:
            return rank, out
    return len(wishes), None


class Lines:
    """Whom each post holds, as sorted places; plain posts in one row of flags for speed."""

    def __init__(self, held: Ints, *, queue: Queue, rules: Rules) -> None:
        self.queue, self.rules = queue, rules
        self.flags = bytearray(queue.length)
        np.frombuffer(self.flags, np.uint8)[held] = 1  # type: ignore[index]
        post = queue.post_at[held]
        self.count = np.bincount(post, minlength=rules.seats.size).tolist()
        self.seats = rules.seats.tolist()
        self.starts = queue.starts.tolist()
        self.special = rules.special.tolist()
        self.last = self.starts[1:]
        full = np.flatnonzero(np.bincount(post, minlength=rules.seats.size) >= rules.seats)
        for p in full.tolist():
            self.last[p] = self.flags.rfind(1, self.starts[p], self.starts[p + 1])

    def line(self, post: int) -> list[int]:
        """The places that a post holds, best first."""
        begin, end = self.starts[post], self.starts[post + 1]
        return [begin + at for at, flag in enumerate(self.flags[begin:end]) if flag]

    def ask(self, place: int) -> int | None:
        """Hear one wish: None when there was room, else the place that must go, perhaps itself."""
        post = int(self.queue.post_at[place])
        if self.special[post]:
            return self.ask_special(place, post)
        if self.count[post] < self.seats[post]:
            self.seat(place)
            return None
        last = self.last[post]
        if self.seats[post] == 0 or place > last:
            return place
        self.flags[place], self.flags[last] = 1, 0
        self.last[post] = self.flags.rfind(1, self.starts[post], last)
        return last

    def ask_special(self, place: int, post: int) -> int | None:
        line = self.line(post)
        insort(line, place)
        out = left_out(line, post=post, queue=self.queue, rules=self.rules)
        if not out:
            self.seat(place)
            return None
        gone = out[0]
        self.flags[place] = 1
        self.flags[gone] = 0
        return gone

    def seat(self, place: int) -> None:
        """Give a free seat to a wish."""
        post = int(self.queue.post_at[place])
        self.flags[place] = 1
        self.count[post] += 1
        self.note_last(post)

    def note_last(self, post: int) -> None:
        """Say anew behind whom a full plain post hears nobody."""
        begin, end = self.starts[post], self.starts[post + 1]
        full = self.count[post] >= self.seats[post]
        self.last[post] = self.flags.rfind(1, begin, end) if full else end

    def leave(self, place: int) -> None:
        """Give a seat back."""
        post = int(self.queue.post_at[place])
        self.flags[place] = 0
        self.count[post] -= 1
        self.note_last(post)
