"""Planning an event: write, change, announce, hold, follow up, cancel (筹备和办结)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.commands.match_event_planning import (
    announce_event,
    cancel_event,
    change_event,
    close_signup,
    create_event,
    follow_up_event,
    hold_event,
)
from silian.operations.exchange.forms.match_event import (
    FollowUpForm,
    MatchEventForm,
    MinutesForm,
)
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.permissions.match_events import (
    match_events_run_by,
    require_organiser,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.queries.match_event_effect import figures_of
from silian.operations.exchange.queries.match_events import events_for_list
from silian.operations.exchange.queries.unmet_demands import division_of
from silian.operations.exchange.views.form_pages import field_of, form_page
from silian.operations.exchange.views.match_events import event_page


def run_event(request: Request, event_id: int) -> MatchEvent:
    """An event that the actor's own organisation runs; 404 for every other."""
    require_organiser(request.actor)
    return get_object_or_404(events_for_list(match_events_run_by(request.actor)), pk=event_id)


@require_http_methods(["GET", "HEAD", "POST"])
def match_event_new(request: Request) -> HttpResponse:
    """Start the draft of an event (筹备活动)."""
    require_organiser(request.actor)
    initial = {"division": division_of(organisation_id=side_of(request.actor))}
    form = MatchEventForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            event = create_event(plan=form.plan(), actor=request.actor, now=timezone.localtime())
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已存为筹备中的活动。核对后发布，开始报名。")
            return redirect(event)
    return form_page(request, "exchange/match_event_form.html", form=form, context={})


@require_http_methods(["GET", "HEAD", "POST"])
def match_event_edit(request: Request, event_id: int) -> HttpResponse:
    """Change the plan of an event (修改活动)."""
    event = run_event(request, event_id)
    form = MatchEventForm(request.POST or None, initial=MatchEventForm.initial_from(event))
    if request.method == "POST" and form.is_valid():
        try:
            change_event(
                event_id=event.pk,
                plan=form.plan(),
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已保存。时间或地点有变的，已通知报名单位。")
            return redirect(event)
    context = {"event": event}
    return form_page(request, "exchange/match_event_form.html", form=form, context=context)


@require_POST
def match_event_step(request: Request, event_id: int, name: str) -> HttpResponse:
    """Announce, close the sign-up, or cancel (办理一步)."""
    event = run_event(request, event_id)
    given: dict[str, Any] = {"event_id": event.pk, "actor": request.actor}
    now, reason = timezone.localtime(), request.POST.get("reason", "")
    steps: dict[str, Any] = {
        "announce": (lambda: announce_event(**given, now=now), "已发布，开始报名。"),
        "close": (lambda: close_signup(**given), "已截止报名，可以排桌。"),
        "cancel": (lambda: cancel_event(**given, reason=reason, now=now), "已取消并通知报名单位。"),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    try:
        command()
    except DomainError as refusal:
        return event_page(request, event, refused=refusal)
    messages.success(request, sentence)
    return redirect(event)


@require_http_methods(["GET", "HEAD", "POST"])
def match_event_hold(request: Request, event_id: int) -> HttpResponse:
    """Register that the event was held, with its minutes (登记举办和纪要)."""
    event = run_event(request, event_id)
    form = MinutesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold_event(
                event_id=event.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已登记举办。有意向的双方可以转为洽谈，跟进到成交。")
            return redirect(event)
    context = {"event": event, "figures": figures_of(event), "following": False}
    return form_page(request, "exchange/match_event_close.html", form=form, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def match_event_follow_up(request: Request, event_id: int) -> HttpResponse:
    """Close the follow-up of an event with a summary (办结跟进)."""
    event = run_event(request, event_id)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up_event(
                event_id=event.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已办结跟进。")
            return redirect(event)
    context = {"event": event, "figures": figures_of(event), "following": True}
    return form_page(request, "exchange/match_event_close.html", form=form, context=context)
