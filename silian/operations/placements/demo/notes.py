"""Builds the notes of a term of everybody in post; some late, some missing, a few alike."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.periods import Period
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.models import Internship, WeeklyNote
from silian.operations.placements.queries.notes import due_of
from silian.operations.placements.rules.notes import WEEK, monday_of, weeks_of

WEEKS = 12  # from the beginning of the term
BATCH = 2_000
LATE, MISSING, HARD = 6, 4, 12  # percent
DEMO_STUDENT = "demo-student"
WORKED = frozenset({InternshipState.IN_POST, InternshipState.FINISHED, InternshipState.ENDED_EARLY})
DONE = (
    "这周跟着导师做{task}，先看他做两遍，再自己做一遍，最后对照标准找差在哪里。",
    "{task}的步骤记熟了，独立做了{count}件，有{bad}件要返工，原因是没有先复核尺寸。",
    "导师教我看工艺单，明白了{task}为什么要按这个顺序，跳步会影响后面的工序。",
    "第一次独立完成{task}，用时比上周少了{count}分钟，动作顺了，检查也没有漏项。",
    "参加班组的质量分析会，听老师傅讲{task}常见的三种问题，回来对照自己做的逐个看。",
    "{task}时学会用记录表写数据，连续{count}组都在范围内，知道了波动大的时候先停下来。",
    "换到新的工位做{task}，和前一道工序的同事对接，学会了交接时说清数量和状态。",
)
DIFFICULTIES = ("看图样里的符号还不熟，要多练。", "站的时间长，腿有点酸，导师让我每小时活动一次。")
COMMENTS = ("做得稳，下周练速度。", "记得先复核再下刀。", "", "", "")


@dataclass
class NoteMaker:
    """Writes what interns told of their weeks."""

    rng: random.Random
    now: datetime.datetime

    def write(self, rows: Sequence[Internship]) -> int:
        """Notes of the last weeks for all who are or were at work; returns how many."""
        self.calendar = site_calendar()
        at_work = [row for row in rows if row.started_on and row.state in WORKED]
        made = WeeklyNote.objects.bulk_create(
            [note for row in at_work for note in self.notes_of(row)], batch_size=BATCH
        )
        self.make_alike(made)
        return len(made)

    def notes_of(self, row: Internship) -> Iterator[WeeklyNote]:
        today = self.now.date()
        stay = Period(row.started_on or row.starts_on, row.ends_on)
        begun = list(weeks_of(stay=stay, until=today - WEEK))
        is_visitor = row.person.user is not None and row.person.user.username == DEMO_STUDENT
        for week in begun[-WEEKS:]:
            is_last = week == monday_of(today) - WEEK
            if is_visitor and is_last:
                continue  # the visitor has one to write
            if not is_visitor and self.rng.randrange(100) < MISSING:
                continue
            yield self.note(row, week, is_last=is_last)

    def note(self, row: Internship, week: datetime.date, *, is_last: bool) -> WeeklyNote:
        tasks = list(dict.fromkeys([*row.post.tasks, *row.plan.tasks])) or ["岗位工作"]
        chosen = self.rng.sample(tasks, min(len(tasks), self.rng.randint(1, 2)))
        due = due_of(week, calendar=self.calendar)
        late = self.rng.randrange(100) < LATE and not is_last
        submitted = due + datetime.timedelta(hours=30 if late else -self.rng.randint(20, 70))
        note = WeeklyNote(
            internship=row,
            week_on=week,
            tasks=chosen,
            hours=Decimal(self.rng.choice((38, 40, 40, 40, 39.5))),
            learned=self.words(chosen[0]),
            difficulty=self.rng.choice(DIFFICULTIES) if self.rng.randrange(100) < HARD else "",
            due_at=due,
            submitted_at=min(submitted, self.now - datetime.timedelta(hours=1)),
            is_late=late,
        )
        if not is_last:
            self.look_after(note, row)
        return note

    def words(self, task: str) -> str:
        first, second = self.rng.sample(DONE, 2)
        facts = {"task": task, "count": self.rng.randint(3, 24), "bad": self.rng.randint(1, 2)}
        return first.format(**facts) + second.format(**facts)

    def look_after(self, note: WeeklyNote, row: Internship) -> None:
        """Mentor and teacher have seen what is older than a week."""
        seen = note.submitted_at + datetime.timedelta(days=2)
        note.state, note.ticked_at = NoteState.TICKED, seen
        note.ticked_by_id = row.mentor.user_id if row.mentor else None
        note.mentor_comment = self.rng.choice(COMMENTS)
        if self.rng.randrange(10) < 8:
            note.read_at = seen + datetime.timedelta(days=1)
            note.read_by_id = row.teacher.user_id if row.teacher else None

    def make_alike(self, made: Sequence[WeeklyNote]) -> None:
        """A handful of notes of the latest week repeat another's words."""
        latest = [note for note in made if note.state == NoteState.SUBMITTED]
        pairs = list(zip(latest[5:200:40], latest[6:201:40], strict=False))
        for first, second in pairs:
            second.learned, second.similar_to, second.similarity = first.learned, first, 100
        WeeklyNote.objects.bulk_update(
            [second for _, second in pairs], ["learned", "similar_to", "similarity"]
        )
