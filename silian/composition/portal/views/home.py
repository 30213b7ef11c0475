"""The public site's first page and the workbench's first page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from silian.composition.portal.queries import home as queries
from silian.composition.reports.permissions import lands_on_cockpit
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.permissions.listings import may_write_listings
from silian.operations.exchange.permissions.recommendations import has_recommendations
from silian.operations.exchange.queries.match_events import coming_events
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendations import matches_of

SHOWN_TODOS = 8


@login_not_required
def home(request: Request) -> HttpResponse:
    """Where the city stands, and where each kind of visitor begins (首页)."""
    now = timezone.now()
    context = {
        "stops": queries.public_stops(now=now),
        "latest": [
            (listing, listing_kinds().get(listing.kind))
            for listing in queries.latest_listings(request.actor)
        ],
        "listing_count": queries.open_listing_count(request.actor),
        "may_publish": may_write_listings(request.actor),
        "demands": queries.open_demands(request.actor),
        "events": coming_events(now=now),
        "charts": [build(as_of=now) for build in queries.CHARTS.values()],
        "kinds": listing_kinds().values(),
        "now": now,
    }
    return render(request, "portal/home.html", context)


def shows_matches(actor: Actor) -> bool:
    """Whether matches concern the actor, and nobody has switched them off."""
    return has_recommendations(actor) and recommendation_off(actor) is None


def today(request: Request) -> HttpResponse:
    """What to do first today; a leader's first page is the cockpit (今日)."""
    if lands_on_cockpit(request.actor):
        return redirect("reports:cockpit_mine")
    now = timezone.now()
    todos = queries.todos_of(request.actor, now=now)
    context = {
        "todos": todos[:SHOWN_TODOS],
        "todo_count": len(todos),
        "overdue": queries.overdue(todos, now=now),
        "due_soon": queries.due_soon(todos, now=now),
        "figures": queries.figures_of(request.actor, now=now),
        "matches": matches_of(request.actor) if shows_matches(request.actor) else None,
        "may_publish": may_write_listings(request.actor),
        "now": now,
    }
    return render(request, "portal/today.html", context)


def todo_list(request: Request) -> HttpResponse:
    """Everything that waits, with its clocks (待办)."""
    now = timezone.now()
    todos = queries.todos_of(request.actor, now=now)
    context = {"todos": todos, "overdue": queries.overdue(todos, now=now)}
    return render(request, "portal/todos.html", context)


@login_not_required
def help_index(request: Request) -> HttpResponse:
    """Every help text in one place, by subject (帮助)."""
    return render(request, "portal/help.html", {"topics": queries.help_topics()})
