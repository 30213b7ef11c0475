"""Weekly notes: writing, lateness, ticking ten at once, reading, hints."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.commands.notes import (
    read_notes,
    return_note,
    submit_note,
    tick_notes,
)
from silian.operations.placements.models import Interruption, WeeklyNote
from silian.operations.placements.queries.notes import rest_words, weeks
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import NOW, in_post
from tests.world import World

WEEK = datetime.timedelta(days=7)


def mentor(world: World) -> object:
    return world.people["mentor"].actor


def test_a_note_of_last_week_is_on_time_and_one_of_the_week_before_late(world: World) -> None:
    internship = stage.own_internship(world)
    note = stage.note(world, internship=internship)
    assert (note.state, note.is_late) == (NoteState.SUBMITTED, True)  # due Tuesday at midnight
    this = stage.note(world, internship=internship, week_on=stage.MONDAY + WEEK)
    assert not this.is_late


def test_a_student_before_the_start_writes_nothing(world: World) -> None:
    internship = stage.planned(world)
    with pytest.raises(DomainError, match="到岗后"):
        stage.note(world, internship=internship)


def test_nobody_writes_for_a_student(world: World) -> None:
    internship = stage.own_internship(world)
    with pytest.raises(NotAllowed, match="本人"):
        submit_note(
            actor=world.teacher.actor,
            internship_id=internship.pk,
            week_on=stage.MONDAY,
            text=stage.note_text(),
            now=NOW,
        )


def test_a_note_without_a_task_or_a_thought_is_refused(world: World) -> None:
    internship = stage.own_internship(world)
    with pytest.raises(DomainError, match="典型工作任务"):
        stage.note(world, internship=internship, tasks=())
    with pytest.raises(DomainError, match="10 个字"):
        stage.note(world, internship=internship, learned="很好")


def test_a_mentor_ticks_ten_students_on_one_page(world: World) -> None:
    first = stage.own_internship(world)
    notes = [stage.note(world, internship=first)]
    for _ in range(9):
        other = in_post(world)
        notes.append(
            WeeklyNote.objects.create(
                internship=other,
                week_on=stage.MONDAY,
                tasks=["零件检测"],
                hours=40,
                learned="学会了三坐标测量的基本步骤。",
                due_at=NOW,
                submitted_at=NOW,
            )
        )
    client = world.people["mentor"].client
    url = reverse("placements:note_ticking")
    page = client.get(url).content.decode()
    assert page.count('name="chosen"') == 10
    data = {"chosen": [note.pk for note in notes], f"comment-{notes[0].pk}": "找正做得稳"}
    assert client.post(url, data).status_code == 302
    assert WeeklyNote.objects.filter(state=NoteState.TICKED).count() == 10
    assert WeeklyNote.objects.get(pk=notes[0].pk).mentor_comment == "找正做得稳"


def test_a_mentor_of_another_host_ticks_nothing(world: World) -> None:
    note = stage.note(world)
    with pytest.raises(NotAllowed, match="自己带教"):
        tick_notes(actor=world.rival.actor, comments={note.pk: ""}, now=NOW)


def test_a_returned_note_is_written_again_and_a_ticked_one_is_not(world: World) -> None:
    note = stage.note(world)
    with pytest.raises(DomainError, match="补充什么"):
        return_note(actor=mentor(world), note_id=note.pk, comment=" ", now=NOW)
    return_note(actor=mentor(world), note_id=note.pk, comment="写清转速", now=NOW)
    again = stage.note(world, learned="转速从 800 调到 1200，表面粗糙度变好。")
    assert (again.pk, again.state) == (note.pk, NoteState.SUBMITTED)
    tick_notes(actor=mentor(world), comments={note.pk: ""}, now=NOW)
    with pytest.raises(DomainError, match="不能提交周记"):
        stage.note(world)


def test_a_copied_note_is_a_hint_to_the_teacher_alone(world: World) -> None:
    other = in_post(world)
    told = stage.note_text().learned
    WeeklyNote.objects.create(
        internship=other,
        week_on=stage.MONDAY,
        tasks=["零件检测"],
        hours=40,
        learned=told,
        due_at=NOW,
        submitted_at=NOW,
    )
    note = stage.note(world, internship=stage.own_internship(world))
    assert note.similarity == 100
    url = reverse("placements:note_detail", args=[note.pk])
    words = "100% 相同"
    assert words in world.teacher.client.get(url).content.decode()
    assert words not in world.student.client.get(url).content.decode()
    assert words not in world.people["mentor"].client.get(url).content.decode()


def test_a_teacher_reads_several_at_once(world: World) -> None:
    note = stage.note(world)
    done = read_notes(actor=world.teacher.actor, comments={note.pk: "继续练测量"}, now=NOW)
    assert done[0].read_at == NOW
    with pytest.raises(NotAllowed):
        read_notes(actor=world.rival.actor, comments={note.pk: ""}, now=NOW)


def test_a_week_of_interruption_needs_no_note(world: World) -> None:
    internship = stage.own_internship(world, state=InternshipState.INTERRUPTED)
    Interruption.objects.create(
        internship=internship, starts_on=stage.MONDAY, ends_on=None, reason="生病"
    )
    listed = {week.starts_on: week for week in weeks(internship, now=NOW)}
    assert not listed[stage.MONDAY].is_needed
    assert listed[stage.MONDAY - WEEK].is_needed
    assert "中断" in rest_words(internship, on=NOW.date())


def test_on_a_rest_day_nothing_needs_to_be_written(world: World) -> None:
    internship = stage.own_internship(world)
    assert "不用写" in rest_words(internship, on=datetime.date(2026, 3, 15))
    assert rest_words(internship, on=datetime.date(2026, 3, 18)) == ""


def test_a_student_writes_a_week_in_the_pages(world: World) -> None:
    internship = stage.own_internship(world)
    url = reverse("placements:note_write", args=[internship.pk, "2026-03-16"])
    assert "不记录位置" in world.student.client.get(url).content.decode()
    data = {"tasks": ["零件检测"], "hours": "24", "learned": "学会看懂三坐标检测报告。"}
    assert world.student.client.post(url, {**data, "learned": ""}).status_code == 422
    assert world.student.client.post(url, data).status_code == 302
    assert WeeklyNote.objects.get().tasks == ["零件检测"]
