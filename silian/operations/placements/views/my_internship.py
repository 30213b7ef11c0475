"""The student's own page, made for a phone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.operations.placements.permissions.internships import has_own_page
from silian.operations.placements.queries.my_internships import own_page


@require_safe
def my_internship(request: Request) -> HttpResponse:
    """Next step, what is missing, agreement, post, mentor, teacher (我的实习)."""
    if not has_own_page(request.actor):
        raise NotAllowed("“我的实习”由学生和家长使用。单位人员请看“实习台账”。")
    context = own_page(request.actor, on=timezone.localdate())
    return render(request, "placements/internships/mine.html", context)
