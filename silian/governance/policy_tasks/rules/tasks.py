"""What may be done with a task, and how it stands on a day."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from silian.governance.policy_tasks.choices import OPEN_STATES, TaskLight, TaskState, Weather
from silian.registers.policies.choices import SOFT_FORCES

DUE_SOON_DAYS = 30  # a month: the time in which a unit can still turn a task round
SILENT_WORKING_DAYS = 22  # one report a working month keeps the ledger alive
REMINDED_DAYS = (7, 1)  # a week ahead to act, a day ahead not to forget
TO_COORDINATOR = 3  # working days overdue until the coordinating unit is told
TO_LEADERS = 10  # working days overdue until supervisors and leaders are told
MOST_FILES = 10
UNPRINTED = re.compile(r"[\s\u3000]+|[，,。．.；;：:、（）()“”\"'《》〈〉·—\-]")


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """What is known of a task when its light is asked for."""

    state: str
    force: str
    due_on: datetime.date | None
    heard_on: datetime.date | None
    weather: str
    weather_by_supervisor: str

    @property
    def spoken_weather(self) -> str:
        """The supervisor's word before the unit's own."""
        return self.weather_by_supervisor or self.weather


SETTLED = {
    TaskState.DRAFT: TaskLight.DRAFT,
    TaskState.DONE: TaskLight.DONE,
    TaskState.CANCELLED: TaskLight.CANCELLED,
}


def task_light(facts: TaskFacts, *, on: datetime.date, silent_before: datetime.date) -> TaskLight:
    """The light of a task (任务灯号): the gravest thing that is true of it.

    A task that the text only encourages has a gap and is never late. ``silent_before`` is the
    day before which the last report, or the assignment, makes the task silent.
    """
    if facts.state not in OPEN_STATES:
        return SETTLED[TaskState(facts.state)]
    if facts.due_on is not None and facts.due_on < on:
        return TaskLight.GAP if facts.force in SOFT_FORCES else TaskLight.OVERDUE
    if facts.spoken_weather == Weather.BLOCKED:
        return TaskLight.BLOCKED
    if facts.heard_on is not None and facts.heard_on < silent_before:
        return TaskLight.SILENT
    if facts.spoken_weather == Weather.BEHIND:
        return TaskLight.BEHIND
    if facts.due_on is not None and (facts.due_on - on).days <= DUE_SOON_DAYS:
        return TaskLight.DUE_SOON
    return TaskLight.NORMAL


def reason_not_assignable(*, has_lead: bool) -> str | None:
    """Why a draft may not be assigned: the text names no lead and nobody has yet."""
    if has_lead:
        return None
    return "原文未写明牵头单位，请先指定牵头单位再下达；列在首位的单位不当然是牵头单位。"


def reason_not_reportable(*, weather: str, difficulty: str, percent: int) -> str | None:
    """Why a report cannot be taken."""
    if weather == Weather.BLOCKED and not difficulty.strip():
        return "推进情况为“受阻”时，请写明困难与需协调事项。"
    if not 0 <= percent <= 100:
        return "进度请填 0 至 100 之间的整数。"
    return None


def reason_not_claimable(*, evidence: int, open_parts: int) -> str | None:
    """Why a task may not be claimed as done; a percentage alone finishes nothing."""
    if not evidence:
        return "申请办结须附佐证材料，进度百分比不能代替材料。请上传至少 1 份文件。"
    if open_parts:
        return f"还有 {open_parts} 个子任务未办结，请先办结子任务再申请。"
    return None


def reason_not_confirmable(*, claimed_by: int | None, confirmed_by: int | None) -> str | None:
    """Nobody confirms what they claimed themselves."""
    if claimed_by is not None and claimed_by == confirmed_by:
        return "办结申请由您本人报送，请由本单位其他统筹人员确认。"
    return None


def task_number(*, reference: str, index: int) -> str:
    """The number of a task in its document: 青政办发〔2025〕18号-07."""
    return f"{reference[:25]}-{index:02d}"


def same_words(one: str, other: str) -> bool:
    """Whether two clauses say the same, whatever the blanks and marks between the words."""
    return UNPRINTED.sub("", one) == UNPRINTED.sub("", other)


def title_of(*, heading: str, text: str) -> str:
    """The title of a task: the heading of its clause, else the first sentence."""
    words = heading.strip() or re.split(r"[。；;]", text.strip())[0]
    return words.strip(" 。；;，,")[:200] or "未写标题的条款"
