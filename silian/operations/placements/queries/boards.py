"""Interns of a school, a host or a jurisdiction, with what each lacks, in constant queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils import timezone

from silian.operations.placements.choices.complaints import (
    ComplaintState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
    PRESENT_STATES,
    InternshipKind,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.notes import WeeklyNote
from silian.operations.placements.queries.pay import PayState, states_of
from silian.operations.placements.queries.readiness import missing_of
from silian.operations.placements.rules.board import (
    Cell,
    Problem,
    Standing,
    Tally,
    plain_words,
    standing_of,
    tally_of,
)
from silian.operations.placements.rules.readiness import Missing

OPEN_COMPLAINTS = (ComplaintState.FILED, ComplaintState.ACCEPTED, ComplaintState.APPEALED)
FIELDS = (
    "pk", "state", "starts_on", "ends_on", "kind", "person__name", "school_class_id",
    "school_class__name", "school_id", "school__name", "organisation_id", "organisation__name",
    "post_id", "post__title",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Group:
    """The interns of one entry year in one form of practice (2023 级岗位实习)."""

    year: int
    kind: str
    count: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.kind}"

    @property
    def label(self) -> str:
        return f"{self.year} 级{InternshipKind(self.kind).label}"


@dataclass(frozen=True, kw_only=True)
class Intern:
    """One intern on a board (一名学生)."""

    pk: int
    name: str
    class_id: int
    class_name: str
    school_id: int
    school_name: str
    organisation_id: int
    organisation_name: str
    post_title: str
    starts_on: datetime.date
    ends_on: datetime.date
    standing: Standing
    missing: Sequence[Missing]
    pay: PayState

    @property
    def cell(self) -> Cell:
        return self.standing.cell

    @property
    def words(self) -> str:
        """What is missing, in one line."""
        labels = [item.label for item in self.missing]
        return plain_words(missing=labels, pay_words=self.pay_words if self.pay.is_trouble else "")

    @property
    def pay_words(self) -> str:
        month = self.pay.due_on
        before = f"{month:%-m} 月到期" if month else ""
        return f"{before}{self.pay.words}"

    def has(self, *codes: str) -> bool:
        """Whether none of the codes is missing."""
        return not any(item.code in codes for item in self.missing)

    @property
    def is_signed(self) -> bool:
        return self.has("agreement")

    @property
    def is_agreed(self) -> bool:
        return self.has("student_consent", "guardian_consent")

    @property
    def is_insured(self) -> bool:
        return self.has("liability_insurance", "accident_insurance")

    @property
    def is_trained(self) -> bool:
        return self.has("training")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the board: a class, a post or a school, with a cell for each intern."""

    key: int
    label: str
    interns: Sequence[Intern]

    @cached_property
    def tally(self) -> Tally:
        return tally_of([intern.standing for intern in self.interns])


@dataclass(frozen=True, kw_only=True)
class Board:
    """Interns in lines, with a tally that adds up (看板)."""

    interns: Sequence[Intern]
    lines: Sequence[Line]
    in_post: int
    month: datetime.date

    @cached_property
    def tally(self) -> Tally:
        return tally_of([intern.standing for intern in self.interns])

    @property
    def starts_on(self) -> datetime.date | None:
        return min((intern.starts_on for intern in self.interns), default=None)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which anybody practises."""
        ends = max((intern.ends_on for intern in self.interns), default=None)
        return ends - datetime.timedelta(days=1) if ends else None

    @cached_property
    def to_handle(self) -> list[Intern]:
        """Who needs a hand, the most pressing first (要处理的学生)."""
        order = list(Cell)
        found = [intern for intern in self.interns if intern.standing.problems]
        return sorted(
            found,
            key=lambda intern: (
                order.index(intern.cell), -len(intern.standing.problems), intern.class_name
            ),
        )  # fmt: skip

    def with_problem(self, problem: Problem) -> list[Intern]:
        return [intern for intern in self.interns if problem in intern.standing.problems]


def groups_of(rows: QuerySet[Internship]) -> list[Group]:
    """The year groups with live internships, the largest first."""
    found = (
        rows.filter(state__in=sorted(LIVE_STATES))
        .order_by()
        .values_list("plan__cohort__year", "kind")
        .annotate(count=Count("pk"))
    )
    groups = [Group(year=year, kind=kind, count=count) for year, kind, count in found]
    return sorted(groups, key=lambda group: (-group.count, -group.year))


def interns_of(rows: QuerySet[Internship], *, on: datetime.date) -> list[Intern]:
    """The live interns of ``rows`` with readiness and the pay of the last due month."""
    live = list(
        rows.filter(state__in=sorted(LIVE_STATES))
        .order_by("school_class__name", "person__name", "pk")
        .values(*FIELDS)
    )
    ids = [row["pk"] for row in live]
    missing = missing_of(internship_ids=ids, on=on)
    pays = states_of(internship_ids=ids, month=pay_month(on), on=on)
    return [intern_of(row, missing=missing.get(row["pk"], []), pay=pays[row["pk"]]) for row in live]


def intern_of(row: dict[str, object], *, missing: list[Missing], pay: PayState) -> Intern:
    is_in_post = row["state"] in PRESENT_STATES
    return Intern(
        pk=row["pk"],  # type: ignore[arg-type]
        name=str(row["person__name"]),
        class_id=row["school_class_id"],  # type: ignore[arg-type]
        class_name=str(row["school_class__name"]),
        school_id=row["school_id"],  # type: ignore[arg-type]
        school_name=str(row["school__name"]),
        organisation_id=row["organisation_id"],  # type: ignore[arg-type]
        organisation_name=str(row["organisation__name"]),
        post_title=str(row["post__title"]),
        starts_on=row["starts_on"],  # type: ignore[arg-type]
        ends_on=row["ends_on"],  # type: ignore[arg-type]
        missing=missing,
        pay=pay,
        standing=standing_of(
            missing=[item.code for item in missing],
            is_in_post=is_in_post,
            is_unpaid=is_in_post and pay.is_trouble,
        ),
    )


def pay_month(on: datetime.date) -> datetime.date:
    """The month whose pay should have come by now: the one before (报酬月份)."""
    return (on.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def board_of(rows: QuerySet[Internship], *, by: str, on: datetime.date) -> Board:
    """A board in lines ``by`` class, post, host or school."""
    interns = interns_of(rows, on=on)
    return Board(
        interns=interns,
        lines=lines_of(interns, by=by),
        in_post=sum(intern.standing.is_in_post for intern in interns),
        month=pay_month(on),
    )


def lines_of(interns: Sequence[Intern], *, by: str) -> list[Line]:
    """Interns put into lines, in the order of their labels."""
    lines: dict[tuple[str, int], list[Intern]] = {}
    for intern in interns:
        lines.setdefault(line_key(intern, by=by), []).append(intern)
    return [
        Line(key=key, label=label, interns=found)
        for (label, key), found in sorted(lines.items(), key=lambda pair: pair[0])
    ]


def line_key(intern: Intern, *, by: str) -> tuple[str, int]:
    if by == "school":
        return intern.school_name, intern.school_id
    if by == "host":
        return intern.organisation_name, intern.organisation_id
    return intern.class_name, intern.class_id


@dataclass(frozen=True, kw_only=True)
class OpenComplaints:
    """How many complaints wait for an answer, and the next deadline; never whose (投诉待复)."""

    count: int
    due_at: datetime.datetime | None


def open_complaints(*, handler_id: int) -> OpenComplaints:
    rows = Complaint.objects.filter(handler_id=handler_id, state__in=OPEN_COMPLAINTS)
    clocks = [due or accept for due, accept in rows.values_list("due_at", "accept_due_at")]
    return OpenComplaints(count=len(clocks), due_at=min(clocks, default=None))


def notes_to_tick(rows: QuerySet[Internship]) -> int:
    """Weekly notes of the internships that wait for the mentor's tick (待导师确认)."""
    return WeeklyNote.objects.filter(
        internship__in=rows.values("pk"), state=NoteState.SUBMITTED
    ).count()


def board_time() -> datetime.datetime:
    return timezone.localtime()
