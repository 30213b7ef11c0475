"""The cockpit: one page per jurisdiction that a vice-mayor understands in a minute (总览)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.composition.reports.choices import Span
from silian.composition.reports.permissions import (
    may_make_bulletin,
    may_order_supervision,
    require_cockpit,
)
from silian.composition.reports.queries.changes import since_of
from silian.composition.reports.queries.cockpit import Cockpit, cockpit_of
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division

FEWEST_CHANGES, MOST_CHANGES = 5, 9  # beside the targets, as many as these are high


def covered_division(request: Request, code: str) -> Division:
    """The division when it lies in the actor's jurisdiction; hidden otherwise."""
    require_cockpit(request.actor)
    if not request.actor.covers(code):
        raise Http404("没有这个地区的总览。")
    return get_object_or_404(Division.objects.select_related("parent"), pk=code)


def span_of(request: Request) -> Span:
    asked = request.GET.get("span", "")
    return Span(asked) if asked in Span.values else Span.MONTH


def read_cockpit(request: Request, code: str) -> Cockpit:
    division, today = covered_division(request, code), timezone.localdate()
    since = since_of(span_of(request), on=today)
    return cockpit_of(division=division, on=today, since=since, actor=request.actor)


@require_safe
def cockpit_mine(request: Request) -> HttpResponse:
    """The cockpit of the actor's own region."""
    require_cockpit(request.actor)
    return redirect("reports:cockpit", division=request.actor.jurisdiction)


@require_safe
def cockpit(request: Request, division: str) -> HttpResponse:
    """The overall position of a region (总览)."""
    shown = read_cockpit(request, division)
    parent = shown.division.parent
    context = {
        "cockpit": shown,
        "span": span_of(request),
        "spans": Span,
        "changes": shown.changes[: shown_changes(shown)],
        "parent": parent if parent and request.actor.covers(parent.code) else None,
        "orders": may_order_supervision(request.actor),
        "makes_bulletin": may_make_bulletin(request.actor),
        "now": timezone.localtime(),
    }
    return render(request, "reports/cockpit.html", context)


def shown_changes(cockpit: Cockpit) -> int:
    """As many changes as fit beside the longest chain; each takes two lines to a target's one."""
    longest = max(len(group.lines) for group in cockpit.chains)
    return min(max(FEWEST_CHANGES, longest * 4 // 5), MOST_CHANGES)


@require_safe
def change_list(request: Request, division: str) -> HttpResponse:
    """Everything that changed in the span (全部变化)."""
    shown = read_cockpit(request, division)
    context = {"cockpit": shown, "span": span_of(request), "spans": Span}
    return render(request, "reports/changes.html", context)
