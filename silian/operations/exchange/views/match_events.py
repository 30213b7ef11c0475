"""Events for everybody: calendar, one event, calendar file; and for those who take part."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import EventState, EventTheme
from silian.operations.exchange.commands.match_event_outcomes import negotiate_meeting
from silian.operations.exchange.commands.match_event_signups import (
    reason_actor_may_not_sign_up,
    sign_up,
    withdraw_signup,
)
from silian.operations.exchange.forms.match_event import SignupForm
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.permissions.match_events import (
    match_events_run_by,
    match_events_visible_to,
    may_organise,
    may_read_event_effect,
    may_run,
    may_sign_up,
    meetings_visible_to,
)
from silian.operations.exchange.permissions.negotiations import may_read_negotiations, side_of
from silian.operations.exchange.queries.match_event_effect import figures_of
from silian.operations.exchange.queries.match_events import (
    COMING_STATES,
    bringable,
    event_history,
    events_for_list,
    month_of,
    own_events,
    own_meetings,
    own_signup,
    participants_of,
)
from silian.operations.exchange.rules.match_event_calendar_file import (
    CalendarEntry,
    calendar_file,
)
from silian.operations.exchange.views.access import refuse_outsiders
from silian.operations.exchange.views.form_pages import field_of, form_page

PAGE_SIZE = 20
WHEN = {"coming": "即将举办", "past": "已举办"}
PAST_STATES = (EventState.HELD, EventState.FOLLOWED_UP)


@login_not_required
@require_safe
def match_event_list(request: Request) -> HttpResponse:
    """The calendar of events: a month's sheet and the list below it (对接活动)."""
    shown = match_events_visible_to(request.actor).exclude(state=EventState.DRAFT)
    facets = event_facets(request, shown)
    bar = FilterBar(request=request, facets=facets, kept=("month",), placeholder="活动名称")
    rows = events_for_list(chosen_events(request, shown, text=bar.text))
    coming = request.GET.get("when", "coming") == "coming"
    page = keyset_page(
        rows=rows,
        order="starts_at" if coming else "-starts_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "bar": bar,
        "page": page,
        "coming": coming,
        "month": month_of(
            rows=in_themes(request, shown).select_related("organiser"), first=month_asked(request)
        ),
        "organises": may_organise(request.actor),
        "takes_part": may_organise(request.actor) or may_read_negotiations(request.actor),
        "reads_effect": may_read_event_effect(request.actor),
    }
    template = "exchange/_match_events.html" if request.htmx else "exchange/match_events.html"
    return render(request, template, context)


def event_facets(request: Request, rows: QuerySet[MatchEvent]) -> list[Facet]:
    used = rows.order_by().values_list("division_id", flat=True).distinct()
    places = Division.objects.filter(pk__in=used).order_by("code").values_list("pk", "name")
    return [
        facet(request=request, name="when", label="时间", choices=WHEN.items(), single=True),
        facet(request=request, name="theme", label="主题", choices=EventTheme.choices),
        facet(request=request, name="division", label="区域", choices=places),
    ]


def in_themes(request: Request, rows: QuerySet[MatchEvent]) -> QuerySet[MatchEvent]:
    for name, column in (("theme", "theme"), ("division", "division_id")):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{column}__in": chosen})
    return rows


def chosen_events(
    request: Request, rows: QuerySet[MatchEvent], *, text: str
) -> QuerySet[MatchEvent]:
    """The events that the filters leave; those to come unless past ones are asked for."""
    rows = in_themes(request, rows)
    if request.GET.get("when", "coming") == "coming":
        rows = rows.filter(state__in=COMING_STATES, ends_at__gte=timezone.now())
    else:
        rows = rows.filter(state__in=PAST_STATES)
    return rows.filter(title__icontains=text) if text else rows


def month_asked(request: Request) -> datetime.date:
    """The month in the address, or this one."""
    try:
        asked = datetime.date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)
    return asked if 2000 <= asked.year <= 2100 else timezone.localdate().replace(day=1)


@login_not_required
@require_safe
def match_event_detail(request: Request, event_id: int) -> HttpResponse:
    """One event, what it came to, and the step that is the reader's."""
    event = visible_event(request, event_id)
    return event_page(request, event)


def visible_event(request: Request, event_id: int) -> MatchEvent:
    rows = events_for_list(match_events_visible_to(request.actor))
    return get_object_or_404(rows, pk=event_id)


def event_page(
    request: Request, event: MatchEvent, *, refused: DomainError | None = None
) -> HttpResponse:
    actor, now = request.actor, timezone.localtime()
    signup = own_signup(event=event, actor=actor)
    open_now = event.state == EventState.ANNOUNCED and now < event.signup_closes_at
    sentence = reason_actor_may_not_sign_up(event=event, actor=actor, now=now) if open_now else None
    context = {
        "event": event,
        "signup": signup,
        "open_now": open_now,
        "reason": sentence,
        "places_left": max(0, event.capacity - event.signup_count),  # type: ignore[attr-defined]
        "runs": may_run(actor, event),
        "participants": participants_of(event) if actor.is_authenticated else [],
        "meetings": own_meetings(event=event, actor=actor),
        "own_id": side_of(actor),
        "figures": figures_of(event) if event.state in PAST_STATES else None,
        "entries": event_history(event),
        "leaves": signup is not None and may_sign_up(actor) and event.state in COMING_STATES,
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "exchange/match_event.html", context, status=status)


@login_not_required
@require_safe
def match_event_calendar_file(request: Request, event_id: int) -> HttpResponse:
    """The event for one's own calendar (加入日历)."""
    event = visible_event(request, event_id)
    url = request.build_absolute_uri(event.get_absolute_url())
    text = calendar_file(
        CalendarEntry(
            uid=f"match-event-{event.pk}@{request.get_host().split(':')[0]}",
            title=event.title,
            place=f"{event.division.name}{event.venue}",
            description=f"{event.organiser.name}主办。{event.introduction[:300]}",
            url=url,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            stamped_at=event.announced_at or event.created_at,
            sequence=event.version,
            cancelled=event.state == EventState.CANCELLED,
        )
    )
    headers = {"Content-Disposition": f'attachment; filename="event-{event.pk}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def match_event_mine(request: Request) -> HttpResponse:
    """The events that one's organisation takes part in or runs (我的活动)."""
    if not may_organise(request.actor):
        refuse_outsiders(request.actor)
    run = events_for_list(match_events_run_by(request.actor)).order_by("-starts_at", "pk")
    context = {
        "signups": list(own_events(request.actor)[:PAGE_SIZE]),
        "run": list(run[:PAGE_SIZE]),
        "organises": may_organise(request.actor),
    }
    return render(request, "exchange/match_events_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def match_event_sign_up(request: Request, event_id: int) -> HttpResponse:
    """Sign up with the listings that one brings, or change that (报名)."""
    event = visible_event(request, event_id)
    actor, now = request.actor, timezone.localtime()
    if not may_sign_up(actor):
        raise NotAllowed("活动报名由单位管理员或经办人办理，请联系贵单位管理员授权。")
    signup, own = own_signup(event=event, actor=actor), list(bringable(actor))
    form = SignupForm(request.POST or None, own=own, initial=signup_initial(signup, own))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        listing_ids = given.pop("listings")
        try:
            sign_up(event_id=event.pk, listing_ids=listing_ids, actor=actor, now=now, **given)
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已报名。排桌公布后通知您轮次和桌号。")
            return redirect(event)
    context = {"event": event, "signup": signup, "own": own}
    return form_page(request, "exchange/match_event_sign_up.html", form=form, context=context)


def signup_initial(signup: Any, own: list[Any]) -> dict[str, Any]:
    """What was typed before; the newest listings are ticked for a first sign-up."""
    if signup is None:
        return {"listings": [listing.pk for listing in own[:3]]}
    return {
        "attendees": signup.attendees,
        "attendee_count": signup.attendee_count,
        "listings": [listing.pk for listing in signup.listings.all()],
    }


@require_POST
def match_event_withdraw(request: Request, event_id: int) -> HttpResponse:
    """Give one's place back (退出报名)."""
    event = visible_event(request, event_id)
    if own_signup(event=event, actor=request.actor) is None:
        raise NotAllowed("贵单位没有报名这场活动。")
    try:
        withdraw_signup(event_id=event.pk, actor=request.actor, now=timezone.localtime())
    except DomainError as refusal:
        return event_page(request, event, refused=refusal)
    messages.success(request, "已退出报名，名额已让出。")
    return redirect(event)


@require_POST
def meeting_negotiate(request: Request, event_id: int, meeting_id: int) -> HttpResponse:
    """Carry an intent on in a negotiation (转为洽谈)."""
    rows = meetings_visible_to(request.actor).filter(event_id=event_id)
    meeting = get_object_or_404(rows, pk=meeting_id)
    try:
        talk = negotiate_meeting(
            meeting_id=meeting.pk, actor=request.actor, now=timezone.localtime()
        )
    except DomainError as refusal:
        return event_page(request, visible_event(request, event_id), refused=refusal)
    messages.success(request, "已转为洽谈，纪要已写入第一条消息。")
    return redirect("exchange:negotiation_detail", negotiation_id=talk.pk)
