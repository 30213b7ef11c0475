"""What a parsed policy document is made of (政策文件的结构).

Every span is half-open and counts characters of the source text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Repair:
    """Damaged text read with certainty (已修复之处)."""

    kind: str
    printed: str
    reading: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Damaged text left as printed, with its possible readings (存疑之处)."""

    kind: str
    printed: str
    readings: tuple[str, ...]
    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Findings:
    """Repairs and doubts collected while a document is read."""

    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Member:
    """One body in a responsibility tail, with its role (责任单位)."""

    name: str
    printed: str
    role: str
    leads: bool
    function: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The words at the end of a clause that say who must act (责任分工)."""

    raw: str
    mode: str
    members: tuple[Member, ...]
    open_ended_text: str | None
    due: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A body given a duty in running text, outside any tail (正文中的主体)."""

    name: str
    role: str
    function: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: a year, or a stretch of time (时限)."""

    year: str | None
    text: str
    start: int
    end: int
    horizon: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class NumericTarget:
    """A number the document binds someone to (量化指标)."""

    phrase: str
    values: tuple[int | float, ...]
    unit: str
    op: str
    kind: str
    force: str
    deadline: str | None
    start: int
    end: int
    effective_from: str | None = None
    horizon: dict[str, Any] | None = None
    window: dict[str, Any] | None = None
    word_numeral: str | None = None


@dataclass(frozen=True, slots=True)
class DatedGoal:
    """A goal with a date and no number (有期限无数量的目标)."""

    phrase: str
    deadline: str | None
    start: int
    end: int
    horizon: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named by this one (引用文件)."""

    title: str
    number: str | None
    number_raw: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person in an annexed list, with post and role (成员名单)."""

    role: str
    name: str
    posts: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableTask:
    """One row of a table that divides the tasks (任务分工表)."""

    number: str | None
    section: str | None
    title: str
    text: str
    text_start: int
    text_end: int
    members: tuple[Member, ...]
    open_ended_text: str | None
    due: str | None
    deadline: str | None
    start: int
    end: int
    clause: str | None = None


@dataclass(slots=True)
class Clause:
    """A leaf of the clause tree, or an introduction that binds someone (条款)."""

    path: tuple[str, ...]
    number: str | None
    heading: str
    text: str
    line_start: int
    line_end: int
    start: int
    end: int
    tails: tuple[Tail, ...] = ()
    actors: tuple[Actor, ...] = ()
    numeric_targets: tuple[NumericTarget, ...] = ()
    dated_goals: tuple[DatedGoal, ...] = ()
    id: str = ""

    @property
    def responsibility(self) -> str:
        """Where the duty is written: in a tail, inline, or nowhere."""
        if self.tails:
            return "tail"
        return "inline" if self.actors else "none"

    @property
    def departments(self) -> tuple[str, ...]:
        """The bodies of all tails, each once, in printed order."""
        return tuple(dict.fromkeys(m.name for tail in self.tails for m in tail.members))

    @property
    def lead(self) -> tuple[str, ...]:
        """The bodies that a tail itself calls leading; the first-listed is not one."""
        names = (m.name for tail in self.tails for m in tail.members if m.leads)
        return tuple(dict.fromkeys(names))


@dataclass(slots=True)
class Header:
    """The format elements around the body (公文格式要素, GB/T 9704)."""

    title: str | None = None
    title_raw: str | None = None
    plan_title: str | None = None
    doc_kind: str | None = None
    doc_number: str | None = None
    doc_number_raw: str | None = None
    doc_number_status: str = "absent"
    issuers: tuple[str, ...] = ()
    date: str | None = None
    date_raw: str | None = None
    date_candidates: tuple[str, ...] = ()
    print_date: str | None = None
    print_date_raw: str | None = None
    web_published: str | None = None
    level: str | None = None
    region: str | None = None
    addressees: str | None = None
    cc: str | None = None
    copies: int | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class PolicyDocument:
    """A policy document read into its parts (政策文件)."""

    file: str
    text: str
    header: Header
    clauses: tuple[Clause, ...]
    cites: tuple[Citation, ...]
    roster: tuple[RosterEntry, ...]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
    table_tasks: tuple[TableTask, ...] = ()
