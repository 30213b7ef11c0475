"""Weekly notes: the student writes, the mentor ticks, the teacher reads."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel import files
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.commands.notes import (
    read_notes,
    return_note,
    submit_note,
    tick_notes,
)
from silian.operations.placements.forms.notes import NoteForm, chosen_comments
from silian.operations.placements.models import Internship, WeeklyNote
from silian.operations.placements.permissions.internships import internships_visible_to, is_official
from silian.operations.placements.permissions.notes import (
    internships_guided,
    notes_to_read,
    notes_to_tick,
    notes_visible_to,
    require_note_reader,
    require_ticker,
)
from silian.operations.placements.permissions.sides import is_student_of, stands_for_school
from silian.operations.placements.permissions.training import own_internships
from silian.operations.placements.queries.notes import (
    diversity,
    last_due_week,
    missing_notes,
    notes_for_list,
    rest_words,
    tasks_of,
    waiting_for_tick,
    weeks,
)
from silian.operations.placements.rules.notes import DAY, WEEK, hours_hint
from silian.operations.placements.views.student_columns import student_column

A_PAGE = 20  # notes that a mentor ticks at once; ten interns write two weeks' worth
PARTS = [("unread", "未批阅"), ("late", "迟交"), ("similar", "内容相似"), ("returned", "待补充")]


def with_stay(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    return rows.select_related(
        "person", "organisation", "post", "plan", "teacher", "mentor", "school_class"
    )


@require_safe
def note_weeks(request: Request, internship_id: int) -> HttpResponse:
    """The weeks of one internship, each with its note (实习周记)."""
    rows = with_stay(internships_visible_to(request.actor))
    internship = get_object_or_404(rows, pk=internship_id)
    if is_official(request.actor):
        raise Http404("没有这一页。")
    now = timezone.localtime()
    context = {
        "internship": internship,
        "weeks": weeks(internship, now=now) if internship.started_on else [],
        "rest": rest_words(internship, on=now.date()),
        "is_student": is_student_of(request.actor, internship),
        "diversity": diversity(internship),
        "is_school": stands_for_school(request.actor, internship),
    }
    return render(request, "placements/notes/weeks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_write(request: Request, internship_id: int, week: str) -> HttpResponse:
    """Write the note of a week on a phone (写周记)."""
    rows = with_stay(own_internships(request.actor))
    internship = get_object_or_404(rows, pk=internship_id)
    week_on = day_of(week)
    note = internship.weekly_notes.filter(week_on=week_on).first()
    form = NoteForm(
        *given(request), tasks=tasks_of(internship), initial=NoteForm.initial_from(note)
    )
    page = writing_page(internship, note=note, week_on=week_on)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda data: submit_note(
            actor=request.actor,
            internship_id=internship.pk,
            week_on=week_on,
            text=form.text(),
            photo=data["photo"],
            now=timezone.now(),
        ),
        done="已提交，等导师确认。",
        then=page.back,
    )


def writing_page(
    internship: Internship, *, note: WeeklyNote | None, week_on: datetime.date
) -> FormPage:
    """The words around the form; what the mentor asked for stands on top."""
    back = reverse("placements:note_weeks", args=[internship.pk])
    last = week_on + WEEK - DAY
    returned = note is not None and note.state == NoteState.RETURNED
    return FormPage(
        title=f"{week_on:%-m月%-d日}至{last:%-m月%-d日}",
        lead=note.mentor_comment if note and returned else "写完约 3 分钟",
        button="提交周记",
        back=back,
        crumbs=[("实习周记", back)],
        template="placements/notes/write.html",
        context={"note": note, "internship": internship},
    )


def day_of(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404("没有这一周。") from None


@require_safe
def note_detail(request: Request, note_id: int) -> HttpResponse:
    """One note with what mentor and teacher said (周记)."""
    note = get_object_or_404(notes_for_list(notes_visible_to(request.actor)), pk=note_id)
    internship = with_stay(Internship.objects.all()).get(pk=note.internship_id)
    post, is_school = internship.post, stands_for_school(request.actor, internship)
    context = {
        "note": note,
        "internship": internship,
        "last_day": note.week_on + WEEK - DAY,
        "evidence": files.files_of(note),
        "is_school": is_school,
        "hours_hint": hours_hint(hours=note.hours, daily=post.daily_hours, days=post.weekly_days),
    }
    return render(request, "placements/notes/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_ticking(request: Request) -> HttpResponse:
    """All notes that wait for the mentor on one page; many ticked at once (导师确认周记)."""
    require_ticker(request.actor)
    if request.method == "POST":
        try:
            done = ticked(request)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, done)
        return redirect("placements:note_ticking")
    rows = waiting_for_tick(notes_to_tick(request.actor))
    context = {"notes": rows[:A_PAGE], "count": rows.count(), "a_page": A_PAGE}
    return render(request, "placements/notes/ticking.html", context)


def ticked(request: Request) -> str:
    """Send one note back, or tick the chosen ones; returns what was done."""
    now = timezone.now()
    if request.POST.get("return", "").isdigit():
        pk = int(request.POST["return"])
        comment = request.POST.get(f"comment-{pk}", "")
        return_note(actor=request.actor, note_id=pk, comment=comment, now=now)
        return "已请学生补充。"
    comments = chosen_comments(request.POST)
    if not comments:
        raise DomainError("请先勾选要确认的周记。")
    return f"已确认 {len(tick_notes(actor=request.actor, comments=comments, now=now))} 篇。"


COLUMNS = [
    Column("week_on", "周", sort="week_on", template="placements/notes/_cell_week.html"),
    Column("host", "实习单位", value="internship__organisation__name"),
    Column("school_class", "班级", value="internship__school_class__name", optional=True),
    Column("hours", "工时", numeric=True, sort="hours"),
    Column("learned", "学到了什么", template="placements/notes/_cell_learned.html"),
    Column("hints", "提示", template="placements/notes/_cell_hints.html"),
    Column("state", "状态", template="placements/notes/_cell_state.html", sort="state"),
]


@require_http_methods(["GET", "HEAD", "POST"])
def note_reading(request: Request) -> HttpResponseBase:
    """The notes of one's students, several marked as read at once (教师批阅周记)."""
    require_note_reader(request.actor)
    if request.method == "POST":
        return read_chosen(request)
    bar = FilterBar(
        request=request,
        placeholder="学生、实习单位",
        facets=[facet(request=request, name="part", label="看哪些", choices=PARTS)],
    )
    rows = notes_to_read(request.actor)
    table = Table(
        request=request,
        name="note_reading",
        rows=notes_for_list(chosen(request, rows, text=bar.text)),
        columns=[student_column(request.actor, of=lambda row: row.internship), *COLUMNS],
        caption="实习周记",
        order="-week_on",
        row_url=lambda row: reverse("placements:note_detail", args=[row.pk]),
        bulk_actions=[BulkAction(label="批阅所选", url=reverse("placements:note_reading"))],
        empty={"missing": "没有周记", "why": "学生提交后列在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_reading" if request.htmx else "reading"
    return render(
        request, f"placements/notes/{name}.html", {"table": table, "bar": bar, **missing(request)}
    )


def read_chosen(request: Request) -> HttpResponse:
    """Mark the chosen notes as read and go back to where the reader was."""
    comments = chosen_comments(request.POST)
    done = read_notes(actor=request.actor, comments=comments, now=timezone.now())
    messages.success(request, f"已批阅 {len(done)} 篇。")
    return redirect(own_page(request.POST.get("next", "")))


def own_page(wanted: str) -> str:
    """Where the reader came from, if it is a page of this module."""
    home = reverse("placements:note_reading")
    return wanted if wanted.startswith(home.removesuffix("notes/reading/")) else home


def missing(request: Request) -> dict[str, Any]:
    """Who wrote nothing for the latest week that is due."""
    week = last_due_week(now=timezone.localtime())
    rows = missing_notes(internships_guided(request.actor), week=week)
    return {
        "week": week,
        "missing": rows.select_related("person", "school_class")[:30],
        "missing_count": rows.count(),
        "unread": notes_to_read(request.actor).filter(read_at__isnull=True).count(),
    }


def chosen(request: Request, rows: QuerySet[WeeklyNote], *, text: str) -> QuerySet[WeeklyNote]:
    """The notes that the filters leave; several parts narrow together."""
    wanted = {
        "unread": Q(read_at__isnull=True),
        "late": Q(is_late=True),
        "similar": Q(similarity__isnull=False),
        "returned": Q(state=NoteState.RETURNED),
    }
    for part in request.GET.getlist("part"):
        rows = rows.filter(wanted.get(part, Q()))
    if text:
        rows = rows.filter(
            Q(internship__person__name__icontains=text)
            | Q(internship__organisation__name__icontains=text)
        )
    return rows
