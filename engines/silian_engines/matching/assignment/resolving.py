"""One change after the round: who moves because of it (单项变动后的调整).

A change never starts the round anew. A seat that is lost sends its student on to the next wish; a
seat that is won goes to the best student who would rather have it, whose own seat goes on the same
way. The result is stable again; nobody moves who does not have to.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from silian_engines.matching.assignment.choosing import left_out, rules_of
from silian_engines.matching.assignment.market import NO_POST, Ints
from silian_engines.matching.assignment.solving import Assignment, Lines, settle


@dataclass(frozen=True)
class Move:
    """A student who goes elsewhere because of the change; ``-1`` is no post."""

    student: int
    before: int
    after: int


class Adjustable:
    """An assignment that takes changes one at a time."""

    def __init__(self, assignment: Assignment) -> None:
        market = assignment.market
        self.market = replace(market, seats=market.seats.copy())
        self.queue = assignment.queue
        self.rules = rules_of(self.market)
        self.place = assignment.place.copy()
        self.gone: set[int] = set()
        self.struck: set[int] = set()
        self.lines = Lines(assignment.line, queue=self.queue, rules=self.rules)

    def post_of(self, student: int) -> int:
        """The post that a student holds now, or ``-1``."""
        at = int(self.place[student])
        return int(self.market.wishes[student, at]) if at < self.market.places else NO_POST

    @property
    def posts(self) -> Ints:
        """The post of each student, or ``-1``."""
        at = np.where(self.place < self.market.places, self.place, 0)[:, None]
        wished = np.take_along_axis(self.market.wishes, at, axis=1)[:, 0]
        return np.where(self.place < self.market.places, wished, NO_POST).astype(np.int32)

    def withdraw(self, student: int) -> list[Move]:
        """A student leaves the round (退出)."""
        before = self.post_of(student)
        self.gone.add(student)
        held = self.held_place(student)
        self.place[student] = self.market.places
        if held is None:
            return []
        self.lines.leave(held)
        return net([Move(student, before, NO_POST), *self.fill(before)])

    def add_seat(self, post: int) -> list[Move]:
        """A post takes one more (增加名额)."""
        self.change_seats(post, by=1)
        return net(self.fill(post))

    def remove_seat(self, post: int) -> list[Move]:
        """A post takes one less; a reserve larger than what is left counts as what is left."""
        if self.market.seats[post] == 0:
            return []
        self.change_seats(post, by=-1)
        line = self.lines.line(post)
        out = left_out(line, post=post, queue=self.queue, rules=self.rules)
        return net([move for place in out for move in self.put_out(place)])

    def refuse(self, student: int, post: int) -> list[Move]:
        """A post may not take a student any more, for instance after a check (不再符合条件)."""
        rank = self.market.wishes[student].tolist().index(post)
        place = int(self.queue.position[student, rank])
        self.struck.add(place)
        if not self.lines.flags[place]:
            return []
        self.lines.leave(place)
        self.place[student] = rank + 1
        self.gone.add(student)  # the seat goes to those who waited for it, then the student asks on
        moves = self.fill(post)
        self.gone.discard(student)
        return net([*moves, *self.ask_on(student, before=post)])

    def change_seats(self, post: int, *, by: int) -> None:
        self.market.seats[post] += by
        self.lines.seats[post] += by
        if (self.market.ceilings[post] < self.market.seats[post]).any():
            self.lines.special[post] = self.rules.special[post] = True
        self.lines.note_last(post)

    def held_place(self, student: int) -> int | None:
        at = int(self.place[student])
        return int(self.queue.position[student, at]) if at < self.market.places else None

    def put_out(self, place: int) -> list[Move]:
        """Send a student on from a seat that is lost."""
        student = int(self.queue.student_at[place])
        self.lines.leave(place)
        self.place[student] += 1
        return self.ask_on(student, before=int(self.queue.post_at[place]))

    def ask_on(self, student: int, *, before: int) -> list[Move]:
        """Let a student without a seat ask on from where they stand."""
        moved = {student: before}
        settle(student, self.place, lines=self.lines, barred=self.struck, before=moved)
        return [Move(s, was, self.post_of(s)) for s, was in moved.items()]

    def fill(self, post: int) -> list[Move]:
        """Give free seats to those who would rather have them, until nobody would."""
        free, before = deque([post]), dict[int, int]()
        while free:
            post = free.popleft()
            place = self.best_waiting(post)
            if place is None:
                continue
            student = int(self.queue.student_at[place])
            before.setdefault(student, self.post_of(student))
            held = self.held_place(student)
            if held is not None:
                self.lines.leave(held)
                free.append(int(self.queue.post_at[held]))
            self.lines.seat(place)
            self.place[student] = self.queue.rank_at[place]
            free.append(post)
        return [Move(s, was, self.post_of(s)) for s, was in before.items()]

    def best_waiting(self, post: int) -> int | None:
        """The best applicant who prefers the post to what they hold and whom it would keep."""
        begin, end = self.lines.starts[post], self.lines.starts[post + 1]
        if self.lines.count[post] >= self.lines.seats[post]:
            return None
        waiting = (
            place
            for place in range(begin, end)
            if not self.lines.flags[place] and place not in self.struck and self.would_go(place)
        )
        if not self.lines.special[post]:
            return next(waiting, None)
        candidates = list(waiting)
        together = sorted([*self.lines.line(post), *candidates])
        out = left_out(together, post=post, queue=self.queue, rules=self.rules)
        return next((place for place in candidates if place not in set(out)), None)

    def would_go(self, place: int) -> bool:
        student = int(self.queue.student_at[place])
        rather = self.queue.rank_at[place] < self.place[student]
        return bool(rather) and student not in self.gone


def net(moves: list[Move]) -> list[Move]:
    """Each student once, from before to now; who ends where they began is left out."""
    found: dict[int, Move] = {}
    for move in moves:
        first = found.get(move.student, move)
        found[move.student] = Move(move.student, first.before, move.after)
    return [move for move in found.values() if move.before != move.after]
