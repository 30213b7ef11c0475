"""What waits for the reader in reviews."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.queries.inbox import inbox_of
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Everything that waits, the nearest day first (评审待办)."""
    rows = inbox_of(request.actor)
    today = timezone.localdate()
    calendar = site_calendar()
    lines = [(row, calendar.between(today, row.due_on) if row.due_on else None) for row in rows]
    late = sum(row.due_on is not None and row.due_on < today for row in rows)
    return render(request, "reviews/inbox.html", {"lines": lines, "late": late})
