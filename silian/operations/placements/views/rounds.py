"""Rounds of a school: list, preparation, state, steps."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.operations.placements.commands import round_publishing, round_solving, rounds
from silian.operations.placements.forms.rounds import RoundForm, initial_of
from silian.operations.placements.models.rounds import Round, RoundStudent
from silian.operations.placements.permissions.rounds import (
    may_run_rounds,
    require_round_clerk,
    round_posts_visible_to,
    rounds_visible_to,
    watches_rounds,
)
from silian.operations.placements.queries.rounds import (
    latest_done_run,
    open_objections,
    posts_of,
    unscored_count,
    with_counts,
)

BOXES = {"ends_on": "last_day"}
TONES = {
    "draft": "unset",
    "wishing": "info",
    "ranking": "info",
    "solved": "watch",
    "published": "ok",
    "objections": "watch",
    "closed": "ok",
    "cancelled": "unset",
}


def visible_round(request: Request, round_id: int) -> Round:
    return get_object_or_404(
        rounds_visible_to(request.actor).select_related("school", "published_run", "previous"),
        pk=round_id,
    )


@require_safe
def round_list(request: Request) -> HttpResponseBase:
    """The rounds that concern the reader, newest first (志愿安排)."""
    rows = with_counts(rounds_visible_to(request.actor)).order_by("-wishes_open_at", "-pk")
    return render(
        request,
        "placements/rounds/list.html",
        {"rounds": rows, "runs": may_run_rounds(request.actor), "tones": TONES},
    )


@require_http_methods(["GET", "POST"])
def round_new(request: Request) -> HttpResponseBase:
    """Prepare a round (筹备轮次)."""
    require_round_clerk(request.actor)
    form = RoundForm(
        request.POST or None,
        school_id=request.actor.organisation_id or 0,
        initial=first_dates(timezone.localtime()),
    )
    made = done_or_refused(
        form,
        lambda: rounds.create_round(actor=request.actor, plan=form.plan, now=timezone.now()),
        boxes=BOXES,
    )
    if made is not None:
        return redirect("placements:round", made.pk)
    return form_page(request, form, placement_round=None)


def first_dates(now: datetime.datetime) -> dict[str, Any]:
    """A week to wish from tomorrow, three days to score."""
    opens = (now + datetime.timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    return {
        "kind": "post",
        "wishes_open_at": opens,
        "wishes_close_at": opens + datetime.timedelta(days=7),
        "ranking_closes_at": opens + datetime.timedelta(days=10),
    }


@require_http_methods(["GET", "POST"])
def round_edit(request: Request, round_id: int) -> HttpResponseBase:
    """Change a round that is still being prepared (修改轮次)."""
    require_round_clerk(request.actor)
    placement_round = own_round(request, round_id)
    form = RoundForm(
        request.POST or None,
        school_id=placement_round.school_id,
        initial=initial_of(placement_round),
    )
    changed = done_or_refused(
        form,
        lambda: rounds.change_round(round_id=round_id, actor=request.actor, plan=form.plan),
        boxes=BOXES,
    )
    if changed is not None:
        return redirect("placements:round", round_id)
    return form_page(request, form, placement_round=placement_round)


def form_page(request: Request, form: Any, *, placement_round: Round | None) -> HttpResponse:
    context = {"form": form, "round": placement_round}
    return render(request, "placements/rounds/form.html", context, status=status_of(form))


def own_round(request: Request, round_id: int) -> Round:
    """A round of the clerk's own school; others' are not there."""
    placement_round = visible_round(request, round_id)
    if placement_round.school_id != request.actor.organisation_id:
        raise Http404
    return placement_round


@require_safe
def round_detail(request: Request, round_id: int) -> HttpResponseBase:
    """How a round stands and what comes next, for whoever it concerns (轮次)."""
    placement_round = visible_round(request, round_id)
    runs = may_run_rounds(request.actor) and is_own(request.actor, placement_round)
    visible = round_posts_visible_to(request.actor).values("pk")
    posts = posts_of(placement_round).filter(pk__in=visible)
    context = {
        "round": placement_round,
        "tone": TONES[placement_round.state],
        "runs": runs,
        "watches": watches_rounds(request.actor) and is_own(request.actor, placement_round),
        "posts": posts,
        "places": sum(post.places for post in posts),
        "students": placement_round.students.filter(is_eligible=True).count(),
        "wished": placement_round.students.filter(wished_at__isnull=False).count(),
        "unscored": unscored_count(placement_round),
        "own_seat": own_seat(request.actor, placement_round),
        "latest": latest_done_run(placement_round) if runs else None,
        "objections": open_objections(placement_round).count() if runs else 0,
    }
    return render(request, "placements/rounds/detail.html", context)


def own_seat(actor: Actor, placement_round: Round) -> RoundStudent | None:
    """The actor's seat in the round, if there is one."""
    return placement_round.students.filter(person__user_id=actor.user_id or 0).first()


def is_own(actor: Actor, placement_round: Round) -> bool:
    return placement_round.school_id == actor.organisation_id


@require_POST
def round_step(request: Request, round_id: int, step: str) -> HttpResponse:
    """Take one step of a round (办理)."""
    require_round_clerk(request.actor)
    own_round(request, round_id)
    try:
        target = take(request, round_id, step)
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        messages.error(request, refusal.sentence)
        return redirect("placements:round", round_id)
    return redirect(*target)


def take(request: Request, round_id: int, step: str) -> tuple[Any, ...]:
    """Call the command behind a step; returns where to go."""
    actor, now = request.actor, timezone.now()
    if step == "solve":
        round_solving.start_run(round_id=round_id, actor=actor, label="按现行规则")
        return ("placements:round_runs", round_id)
    if step == "next":
        made = round_publishing.open_next_round(round_id=round_id, actor=actor, now=now)
        return ("placements:round", made.pk)
    if step == "cancel":
        rounds.cancel_round(round_id=round_id, actor=actor, reason=request.POST.get("reason", ""))
    elif step == "refill":
        rounds.fill_students(round_id=round_id, actor=actor, on=timezone.localdate(now))
    elif step in CLOCKED:
        CLOCKED[step](round_id=round_id, actor=actor, now=now)
    else:
        raise Http404
    return ("placements:round", round_id)


CLOCKED = {
    "open": rounds.open_wishes,
    "close_wishes": rounds.close_wishes,
    "close": rounds.close_round,
}
