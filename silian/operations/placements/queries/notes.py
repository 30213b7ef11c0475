"""Weekly notes as a student, a mentor and a teacher look at them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.periods import Period
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import WorkingCalendar, deadline
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.models import Internship, Interruption, WeeklyNote
from silian.operations.placements.rules.notes import (
    DAY,
    NOTE_DAYS,
    WEEK,
    Diversity,
    diversity_of,
    monday_of,
    needs_note,
    weeks_of,
)

COMPARED = 60  # notes of the same host and week, and the student's own: where copies come from
OWN_WEEKS = 8


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week of an internship and its note, if it needs one (周)."""

    starts_on: datetime.date
    number: int
    is_needed: bool
    due_at: datetime.datetime
    note: WeeklyNote | None
    is_late: bool
    is_current: bool

    @property
    def last_day(self) -> datetime.date:
        return self.starts_on + WEEK - DAY

    @property
    def words(self) -> str:
        if self.note is not None:
            return self.note.get_state_display() + ("（迟交）" if self.note.is_late else "")
        if not self.is_needed:
            return "不用写"
        return "未交，已过期限" if self.is_late else "待写"

    @property
    def tone(self) -> str:
        if self.note is not None:
            tones = {NoteState.TICKED: "ok", NoteState.RETURNED: "watch"}
            return tones.get(NoteState(self.note.state), "info")
        if not self.is_needed:
            return "unset"
        return "late" if self.is_late else "open"


def breaks_of(internship_ids: Collection[int]) -> dict[int, list[Period]]:
    """The days on which the students did not work, by internship."""
    found: dict[int, list[Period]] = defaultdict(list)
    rows = Interruption.objects.filter(internship_id__in=internship_ids)
    for pk, starts, ends in rows.values_list("internship_id", "starts_on", "ends_on"):
        if ends is None or ends > starts:
            found[pk].append(Period(starts, ends))
    return found


def stay_of(internship: Internship) -> Period:
    """The days at the host: from the first to the last day really worked, as far as known."""
    starts = internship.started_on or internship.starts_on
    ends = min(internship.ends_on, internship.ended_on or internship.ends_on)
    return Period(starts, max(ends, starts + DAY))


def weeks(internship: Internship, *, now: datetime.datetime) -> list[Week]:
    """The weeks of an internship up to now, the latest first (周记清单)."""
    calendar = site_calendar()
    notes = {note.week_on: note for note in internship.weekly_notes.all()}
    pauses = breaks_of([internship.pk])[internship.pk]
    stay, today = stay_of(internship), timezone.localdate(now)
    listed = [
        Week(
            starts_on=week,
            number=number,
            is_needed=needs_note(week, stay=stay, breaks=pauses, is_working=calendar.is_working),
            due_at=(due := due_of(week, calendar=calendar)),
            note=notes.get(week),
            is_late=now >= due,
            is_current=week == monday_of(today),
        )
        for number, week in enumerate(weeks_of(stay=stay, until=today), start=1)
    ]
    return listed[::-1]


def due_of(week: datetime.date, *, calendar: WorkingCalendar) -> datetime.datetime:
    sunday = datetime.datetime.combine(
        week + WEEK - DAY, datetime.time(), tzinfo=timezone.get_current_timezone()
    )
    return deadline(sunday, calendar=calendar, working_days=NOTE_DAYS).due_at


def rest_words(internship: Internship, *, on: datetime.date) -> str:
    """Why nothing needs to be written today, or nothing (今天不用写)."""
    calendar = site_calendar()
    if any(on in pause for pause in breaks_of([internship.pk])[internship.pk]):
        return "实习中断期间，今天不用写。"
    return "" if calendar.is_working(on) else "今天是休息日或节假日，不用写。"


def texts_to_compare(note: WeeklyNote) -> Iterator[tuple[int, str]]:
    """Notes of colleagues at the same host and week, and the student's own of late."""
    internship = note.internship
    near = Q(internship__organisation_id=internship.organisation_id, week_on=note.week_on)
    own = Q(internship_id=internship.pk, week_on__gte=note.week_on - OWN_WEEKS * WEEK)
    rows = WeeklyNote.objects.filter(near | own).exclude(
        internship_id=internship.pk, week_on=note.week_on
    )
    yield from rows.order_by("-week_on", "-pk").values_list("pk", "learned")[:COMPARED]


def notes_for_list(rows: QuerySet[WeeklyNote]) -> QuerySet[WeeklyNote]:
    return rows.select_related(
        "internship__person",
        "internship__school_class",
        "internship__organisation",
        "internship__post",
        "similar_to__internship__person",
    )


def waiting_for_tick(rows: QuerySet[WeeklyNote]) -> QuerySet[WeeklyNote]:
    return notes_for_list(rows.filter(state=NoteState.SUBMITTED)).order_by("week_on", "pk")


def missing_notes(rows: QuerySet[Internship], *, week: datetime.date) -> QuerySet[Internship]:
    """The interns in post all week who handed in no note for it (未交周记)."""
    written = WeeklyNote.objects.filter(internship=OuterRef("pk"), week_on=week)
    paused = Interruption.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=week),
        internship=OuterRef("pk"),
        starts_on__lt=week + WEEK,
    )
    return rows.filter(
        ~Exists(written),
        ~Exists(paused),
        state__in=sorted(PRESENT_STATES),
        started_on__lte=week,
        ends_on__gt=week,
    )


def last_due_week(*, now: datetime.datetime) -> datetime.date:
    """The latest week whose note is due by now (最近应交的一周)."""
    calendar, week = site_calendar(), monday_of(timezone.localdate(now)) - WEEK
    while due_of(week, calendar=calendar) > now:
        week -= WEEK
    return week


def diversity(internship: Internship) -> Diversity:
    """Which typical tasks of plan and post the notes speak of (任务覆盖)."""
    told = list(internship.weekly_notes.values_list("tasks", flat=True))
    return diversity_of(planned=tasks_of(internship), notes=told)


def tasks_of(internship: Internship) -> list[str]:
    """The typical tasks to choose from: those of the post, then of the plan."""
    return list(dict.fromkeys([*internship.post.tasks, *internship.plan.tasks]))


@dataclass(frozen=True, kw_only=True)
class NoteCount:
    """How many weeks of an internship needed a note and how many have one (周记份数)."""

    needed: int
    written: int
    on_time: int


def note_counts(
    internships: Collection[Internship], *, now: datetime.datetime
) -> dict[int, NoteCount]:
    """Needed, written and punctual notes of each internship, in three queries."""
    ids = [row.pk for row in internships]
    calendar, pauses = site_calendar(), breaks_of(ids)
    written: dict[int, list[bool]] = defaultdict(list)
    rows = WeeklyNote.objects.filter(internship_id__in=ids)
    for pk, late in rows.values_list("internship_id", "is_late"):
        written[pk].append(late)
    today = timezone.localdate(now)
    return {
        row.pk: NoteCount(
            needed=sum(
                needs_note(
                    week,
                    stay=stay_of(row),
                    breaks=pauses[row.pk],
                    is_working=calendar.is_working,
                )
                and due_of(week, calendar=calendar) <= now
                for week in weeks_of(stay=stay_of(row), until=today)
            )
            if row.started_on
            else 0,
            written=len(written[row.pk]),
            on_time=sum(not late for late in written[row.pk]),
        )
        for row in internships
    }
