"""The organiser's desk: who signed up, who came, who sits where, what came of it (会务)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.choices import ListingState, MeetingResult, Side
from silian.operations.exchange.commands.match_event_outcomes import note_meeting
from silian.operations.exchange.commands.match_event_signups import check_in
from silian.operations.exchange.commands.match_event_tables import (
    build_tables,
    clear_tables,
    move_meeting,
    place_meeting,
    remove_meeting,
    show_plan,
)
from silian.operations.exchange.forms.match_event import (
    MeetingNoteForm,
    MeetingPlaceForm,
    NewMeetingForm,
)
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.permissions.match_events import meetings_visible_to
from silian.operations.exchange.queries.match_events import (
    COMING_STATES,
    meetings_for_plan,
    participants_of,
    plan_of,
)
from silian.operations.exchange.views.form_pages import field_of, form_page
from silian.operations.exchange.views.match_event_planning import run_event
from silian.operations.exchange.views.match_events import visible_event

EMPTY = "—"


@require_safe
def match_event_desk(request: Request, event_id: int) -> HttpResponse:
    """Check-in list and table plan of one's own event (签到和排桌)."""
    return desk_page(request, run_event(request, event_id))


def desk_page(
    request: Request, event: MatchEvent, *, refused: DomainError | None = None
) -> HttpResponse:
    signups = participants_of(event)
    meetings = list(meetings_for_plan(event.meetings.all()))
    now = timezone.localtime()
    context = {
        "event": event,
        "signups": signups,
        "present": sum(signup.checked_in_at is not None for signup in signups),
        "plan": plan_of(event=event, meetings=meetings),
        "meeting_count": len(meetings),
        "unseated": unseated(signups, meetings),
        "planning": event.state in COMING_STATES,
        "door_open": event.state in COMING_STATES
        and now.date() >= timezone.localdate(event.starts_at),
        "noting": now >= event.starts_at,
        "planned": MeetingResult.PLANNED,
        "refused": refused,
    }
    status = refused.status if refused else 200
    template = (
        "exchange/_match_event_desk.html" if request.htmx else "exchange/match_event_desk.html"
    )
    return render(request, template, context, status=status)


def unseated(signups: list[EventSignup], meetings: list[EventMeeting]) -> list[EventSignup]:
    """Those who take part and sit at no table yet."""
    seated = {m.need_signup_id for m in meetings} | {m.offer_signup_id for m in meetings}
    return [signup for signup in signups if signup.pk not in seated]


def desk_step(
    request: Request, event_id: int, command: Callable[[MatchEvent], Any], sentence: str = ""
) -> HttpResponse:
    """Run one command on one's own event; a refusal shows on the desk."""
    event = run_event(request, event_id)
    try:
        command(event)
    except DomainError as refusal:
        return desk_page(request, event, refused=refusal)
    if request.htmx:
        return desk_page(request, event)
    if sentence:
        messages.success(request, sentence)
    return redirect("exchange:match_event_desk", event_id=event.pk)


@require_POST
def match_event_tables(request: Request, event_id: int, name: str) -> HttpResponse:
    """Build, clear or show the table plan (自动排桌、清空、公布)."""
    actor, now = request.actor, timezone.localtime()
    steps: dict[str, tuple[Callable[[MatchEvent], Any], str]] = {
        "build": (lambda event: build_tables(event_id=event.pk, actor=actor), "已按双方供需排桌。"),
        "clear": (lambda event: clear_tables(event_id=event.pk, actor=actor), "已清空排桌。"),
        "show": (
            lambda event: show_plan(event_id=event.pk, actor=actor, now=now),
            "已公布，报名单位可以看到自己的桌次。",
        ),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    return desk_step(request, event_id, command, sentence)


@require_POST
def match_event_check_in(request: Request, event_id: int, signup_id: int) -> HttpResponse:
    """Note that an organisation came, or take that back (签到)."""
    run = run_event(request, event_id)
    get_object_or_404(EventSignup.objects.filter(event=run), pk=signup_id)
    present = request.POST.get("present", "1") == "1"
    return desk_step(
        request,
        event_id,
        lambda event: check_in(
            event_id=event.pk,
            signup_id=signup_id,
            present=present,
            actor=request.actor,
            now=timezone.localtime(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: Request, event_id: int) -> HttpResponse:
    """Put a need and an offer together by hand (手动安排)."""
    event = run_event(request, event_id)
    needs, offers = brought_choices(event)
    form = NewMeetingForm(request.POST or None, needs=needs, offers=offers)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            place_meeting(
                event_id=event.pk,
                need_id=given["need"],
                offer_id=given["offer"],
                slot=given["slot"],
                table=given["table"],
                actor=request.actor,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            return redirect("exchange:match_event_desk", event_id=event.pk)
    context = {"event": event, "meeting": None}
    return form_page(request, "exchange/meeting_place.html", form=form, context=context)


def brought_choices(event: MatchEvent) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The published needs and offers that participants bring, by name."""
    found: dict[str, list[tuple[int, str]]] = {Side.DEMAND: [], Side.SUPPLY: []}
    for signup in participants_of(event):
        for listing in signup.listings.all():
            if listing.state == ListingState.PUBLISHED:
                label = f"{signup.organisation.display_name} · {listing.title}"
                found[listing.side].append((listing.pk, label))
    return found[Side.DEMAND], found[Side.SUPPLY]


def one_meeting(event: MatchEvent, meeting_id: int) -> EventMeeting:
    return get_object_or_404(meetings_for_plan(event.meetings.all()), pk=meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: Request, event_id: int, meeting_id: int) -> HttpResponse:
    """Give a meeting another slot or table (调整桌次)."""
    event = run_event(request, event_id)
    meeting = one_meeting(event, meeting_id)
    form = (
        MeetingPlaceForm(request.POST) if request.method == "POST" else MeetingPlaceForm.of(meeting)
    )
    if request.method == "POST" and form.is_valid():
        try:
            move_meeting(
                event_id=event.pk, meeting_id=meeting.pk, actor=request.actor, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            return redirect("exchange:match_event_desk", event_id=event.pk)
    context = {"event": event, "meeting": meeting}
    return form_page(request, "exchange/meeting_place.html", form=form, context=context)


@require_POST
def meeting_remove(request: Request, event_id: int, meeting_id: int) -> HttpResponse:
    """Take a meeting off the plan (取消桌次)."""
    one_meeting(run_event(request, event_id), meeting_id)
    return desk_step(
        request,
        event_id,
        lambda event: remove_meeting(event_id=event.pk, meeting_id=meeting_id, actor=request.actor),
        "已取消这一桌。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_note(request: Request, event_id: int, meeting_id: int) -> HttpResponse:
    """Write down what came of a meeting (登记洽谈结果)."""
    event = run_event(request, event_id)
    meeting = one_meeting(event, meeting_id)
    known = {"result": meeting.result, "notes": meeting.notes} if meeting.noted_at else None
    form = MeetingNoteForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            note_meeting(
                event_id=event.pk,
                meeting_id=meeting.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            place = reverse("exchange:match_event_desk", kwargs={"event_id": event.pk})
            return redirect(f"{place}#meeting-{meeting.pk}")
    context = {"event": event, "meeting": meeting}
    return form_page(request, "exchange/meeting_note.html", form=form, context=context)


@require_safe
def match_event_plan(request: Request, event_id: int) -> HttpResponse:
    """The table plan on paper: all tables for the organiser, one's own for others (排桌表)."""
    event = visible_event(request, event_id)
    rows = meetings_for_plan(meetings_visible_to(request.actor).filter(event=event))
    meetings = list(rows)
    if not meetings:
        raise Http404("还没有可以查看的排桌。")
    context = {"event": event, "plan": plan_of(event=event, meetings=meetings)}
    return render(request, "exchange/match_event_plan.html", context)
