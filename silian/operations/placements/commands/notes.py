"""Weekly notes are written by the student, ticked by the mentor, read by the teacher."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel import file_checks, files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.periods import Period
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.commands.training import locked_internship
from silian.operations.placements.events.learning import WeeklyNoteReturned, WeeklyNoteSubmitted
from silian.operations.placements.models import Internship, WeeklyNote
from silian.operations.placements.permissions.notes import notes_to_read, notes_to_tick
from silian.operations.placements.permissions.sides import require_student
from silian.operations.placements.queries.notes import texts_to_compare
from silian.operations.placements.rules.notes import (
    DAY,
    NOTE_DAYS,
    WEEK,
    most_similar,
    reason_not_telling,
    reason_not_writable,
)
from silian.operations.placements.workflow.notes import note as note_steps

WRITING_STATES = frozenset(
    {
        InternshipState.IN_POST,
        InternshipState.INTERRUPTED,
        InternshipState.FINISHED,
        InternshipState.ENDED_EARLY,
    }
)


@dataclass(frozen=True, kw_only=True)
class NoteText:
    """What a student tells of a week (周记内容)."""

    tasks: tuple[str, ...]
    hours: Decimal
    learned: str
    other_work: str = ""
    difficulty: str = ""


@transaction.atomic
def submit_note(
    *,
    actor: Actor,
    internship_id: int,
    week_on: datetime.date,
    text: NoteText,
    now: datetime.datetime,
    photo: UploadedFile[bytes] | None = None,
) -> WeeklyNote:
    """Hand in the note of a week, or hand it in again before the mentor ticked it (提交周记)."""
    internship = locked_internship(internship_id)
    require_student(actor, internship)
    refuse_unfit(internship, week_on=week_on, text=text, now=now)
    note = internship.weekly_notes.filter(week_on=week_on).first()
    if note is None:
        note = WeeklyNote(internship=internship, week_on=week_on, submitted_at=now)
        note.due_at = due_at_of(week_on)
        note.is_late = now >= note.due_at
    note.state = note_steps.target("submit", state=NoteState(note.state))
    note.tasks, note.other_work = list(text.tasks), text.other_work.strip()
    note.hours, note.learned = text.hours, text.learned.strip()
    note.difficulty = text.difficulty.strip()
    note.read_at = note.read_by = None
    hint_at_similar(note)
    note.save()
    if photo is not None:
        files.store_upload(upload=photo, subject=note, actor=actor, kinds=file_checks.IMAGES)
    record(actor, "placements.note.submitted", note)
    publish(WeeklyNoteSubmitted(note_id=note.pk, internship_id=internship.pk))
    return note


def refuse_unfit(
    internship: Internship, *, week_on: datetime.date, text: NoteText, now: datetime.datetime
) -> None:
    if internship.state not in WRITING_STATES:
        raise DomainError("到岗后才写周记；已考核的实习不再补写。")
    sentence = reason_not_writable(
        week=week_on,
        stay=Period(internship.starts_on, internship.ends_on),
        today=timezone.localdate(now),
    )
    if sentence:
        raise DomainError(sentence)
    sentence = reason_not_telling(tasks=text.tasks, other=text.other_work, learned=text.learned)
    if sentence:
        raise DomainError(sentence, field="learned" if text.tasks else "tasks")


def due_at_of(week_on: datetime.date) -> datetime.datetime:
    """When the note of a week is late: two working days after its Sunday."""
    sunday = datetime.datetime.combine(week_on + WEEK - DAY, datetime.time())
    return site_deadline(timezone.make_aware(sunday), working_days=NOTE_DAYS).due_at


def hint_at_similar(note: WeeklyNote) -> None:
    """Keep which other note this one resembles, for the teacher alone."""
    found = most_similar(note.learned, texts_to_compare(note))
    note.similar_to_id, note.similarity = found or (None, None)


@transaction.atomic
def tick_notes(
    *, actor: Actor, comments: Mapping[int, str], now: datetime.datetime
) -> list[WeeklyNote]:
    """Tick the notes of one's interns, several at once, each with its comment (导师确认)."""
    notes = locked_notes(actor, comments)
    for note in notes:
        note.state = note_steps.target("tick", state=NoteState(note.state))
        note.mentor_comment = comments[note.pk].strip()[:300]
        note.ticked_by_id, note.ticked_at = actor.user_id, now
    WeeklyNote.objects.bulk_update(notes, ["state", "mentor_comment", "ticked_by", "ticked_at"])
    for note in notes:
        record(actor, "placements.note.ticked", note)
    return notes


@transaction.atomic
def return_note(*, actor: Actor, note_id: int, comment: str, now: datetime.datetime) -> WeeklyNote:
    """Ask the student to add to a note (请学生补充)."""
    note = locked_notes(actor, [note_id])[0]
    note.state = note_steps.target("return", state=NoteState(note.state))
    if not comment.strip():
        raise DomainError("请写明要补充什么。", field="comment")
    note.mentor_comment = comment.strip()[:300]
    note.save(update_fields=["state", "mentor_comment"])
    record(actor, "placements.note.returned", note, reason=comment)
    publish(WeeklyNoteReturned(note_id=note.pk, internship_id=note.internship_id))
    return note


def locked_notes(actor: Actor, note_ids: Mapping[int, str] | list[int]) -> list[WeeklyNote]:
    own = notes_to_tick(actor).filter(pk__in=list(note_ids)).values_list("pk", flat=True)
    if len(own) != len(note_ids):
        raise NotAllowed("只能确认自己带教学生的周记，请刷新名单后再试。")
    rows = WeeklyNote.objects.select_for_update(of=("self",)).filter(pk__in=list(own))
    return list(rows.order_by("pk"))


@transaction.atomic
def read_notes(
    *, actor: Actor, comments: Mapping[int, str], now: datetime.datetime
) -> list[WeeklyNote]:
    """Mark notes as read by the guiding teacher, with a remark if one is due (教师批阅)."""
    own = notes_to_read(actor).filter(pk__in=list(comments)).values_list("pk", flat=True)
    if len(own) != len(comments):
        raise NotAllowed("只能批阅自己指导学生的周记，请刷新名单后再试。")
    rows = WeeklyNote.objects.select_for_update(of=("self",)).filter(pk__in=list(own))
    notes = list(rows.order_by("pk"))
    for note in notes:
        note.read_by_id, note.read_at = actor.user_id, now
        note.teacher_comment = comments[note.pk].strip()[:300] or note.teacher_comment
    WeeklyNote.objects.bulk_update(notes, ["read_by", "read_at", "teacher_comment"])
    for note in notes:
        record(actor, "placements.note.read", note)
    return notes
