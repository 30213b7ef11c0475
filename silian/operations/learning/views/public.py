"""What everybody may know of the training fund: sums of a year, no firm named."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from silian.casework.metrics.registry import SMALL_NUMBER
from silian.foundation.kernel.requests import Request
from silian.operations.learning.queries.calls import public_rows


@login_not_required
@require_safe
def public_figures(request: Request) -> HttpResponse:
    """Sums by year; years with few settled returns are withheld (公开汇总)."""
    context = {"rows": public_rows(fewest=SMALL_NUMBER), "fewest": SMALL_NUMBER}
    return render(request, "learning/public.html", context)
