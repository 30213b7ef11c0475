"""Weekly notes: which weeks need one, when it is late, what looks copied or one-sided."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.periods import Period

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
NOTE_DAYS = 2  # working days after Sunday: time to write, near enough to remember
GRAM = 3  # characters; shorter ones also repeat in honest notes
SIMILAR_FROM = 70  # percent of shared grams from which a teacher should read both
NOTES_FOR_DIVERSITY = 4  # fewer notes say nothing about a post
MENTIONED = Decimal("0.5")


def monday_of(day: datetime.date) -> datetime.date:
    return day - day.weekday() * DAY


def weeks_of(*, stay: Period, until: datetime.date) -> Iterator[datetime.date]:
    """The Mondays of the weeks that the stay touches and that began by ``until`` (实习周)."""
    week = monday_of(stay.starts)
    while week <= until and (stay.ends is None or week < stay.ends):
        yield week
        week += WEEK


def needs_note(
    week: datetime.date,
    *,
    stay: Period,
    breaks: Sequence[Period],
    is_working: Callable[[datetime.date], bool],
) -> bool:
    """Whether the week has a working day on which the student was at work (是否要写周记)."""
    days = (week + place * DAY for place in range(7))
    return any(
        day in stay and is_working(day) and not any(day in pause for pause in breaks)
        for day in days
    )


def reason_not_writable(*, week: datetime.date, stay: Period, today: datetime.date) -> str | None:
    """Why no note can be written for the week, or None."""
    if week != monday_of(week):
        return "周记按自然周写，请从周记列表进入。"
    if week > today:
        return "这一周还没有开始，开始后再写。"
    if week + WEEK <= stay.starts or (stay.ends is not None and week >= stay.ends):
        return "这一周不在实习期内，不用写周记。"
    return None


def reason_not_telling(*, tasks: Collection[str], other: str, learned: str) -> str | None:
    """Why a note tells too little, or None."""
    if not tasks and not other.strip():
        return "请至少选一项做过的典型工作任务，或在“其他工作”里写明。"
    if len(learned.strip()) < 10:
        return "“学到了什么”请至少写 10 个字，写清一件具体的事。"
    return None


def grams(text: str) -> frozenset[str]:
    kept = "".join(sign for sign in text if sign.isalnum())
    return frozenset(kept[place : place + GRAM] for place in range(len(kept) - GRAM + 1))


def similarity(first: str, second: str) -> int:
    """How much of the shorter text stands in the other, in percent (相似度).

    >>> similarity("今天学会了给主轴换刀", "今天学会了给主轴换刀")
    100
    """
    one, two = grams(first), grams(second)
    shorter = min(len(one), len(two))
    return len(one & two) * 100 // shorter if shorter else 0


def most_similar(text: str, others: Iterable[tuple[int, str]]) -> tuple[int, int] | None:
    """The id of the most similar other text and the percent, when it is worth a look."""
    scored = ((similarity(text, other), pk) for pk, other in others)
    best = max(scored, default=(0, 0))
    return (best[1], best[0]) if best[0] >= SIMILAR_FROM else None


@dataclass(frozen=True, kw_only=True)
class Diversity:
    """Which of the plan's typical tasks the notes speak of (任务覆盖)."""

    planned: tuple[str, ...]
    done: tuple[str, ...]
    notes: int

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(task for task in self.planned if task not in self.done)

    @property
    def hint(self) -> str | None:
        """What to look at, or None. Basis: IN-08, not only simple repetitive labour."""
        if self.notes < NOTES_FOR_DIVERSITY or not self.planned:
            return None
        if len(self.done) >= len(self.planned) * MENTIONED:
            return None
        return (
            f"{self.notes} 篇周记只写到 {len(self.planned)} 项典型工作任务中的"
            f" {len(self.done)} 项，"
            "建议与实习单位商量轮换（教职成〔2021〕4号第九条、第十一条）。"
        )


def diversity_of(*, planned: Sequence[str], notes: Sequence[Collection[str]]) -> Diversity:
    told = {task for note in notes for task in note}
    return Diversity(
        planned=tuple(planned),
        done=tuple(task for task in planned if task in told),
        notes=len(notes),
    )


def hours_hint(*, hours: Decimal, daily: Decimal, days: int) -> str | None:
    """What to say when a week was longer than the post says, or None (工时提示)."""
    agreed = daily * days
    if hours <= agreed:
        return None
    return f"本周 {hours} 小时，比岗位约定的 {agreed} 小时多，请与企业核对是否加班。"
