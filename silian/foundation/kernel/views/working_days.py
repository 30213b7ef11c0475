"""The working-day calendar, for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel import site_calendar
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.forms import WorkingDayForm
from silian.foundation.kernel.models import WorkingDayOverride
from silian.foundation.kernel.permissions import require_platform
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.working_days import warning_for

NEAREST_YEAR, FARTHEST_YEAR = 2000, 2100


def chosen_year(request: Request) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if NEAREST_YEAR <= year <= FARTHEST_YEAR else timezone.localdate().year


@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: Request) -> HttpResponse:
    require_platform(request.actor)
    form = WorkingDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            override = site_calendar.set_working_day(**form.cleaned_data, actor=request.actor)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"已登记：{override}。")
            return redirect(f"{reverse('kernel:working_days')}?year={override.date.year}")
    year = chosen_year(request)
    context = {
        "form": form,
        "year": year,
        "overrides": site_calendar.overrides_of(year),
        "warning": warning_for(year),
        "months": site_calendar.year_sheet(year),
    }
    status = 422 if form.is_bound else 200
    return render(request, "kernel/working_days.html", context, status=status)


@require_POST
def working_day_unset(request: Request, override_id: int) -> HttpResponse:
    require_platform(request.actor)
    override: WorkingDayOverride = get_object_or_404(WorkingDayOverride, pk=override_id)
    site_calendar.unset_working_day(override_id=override.pk, actor=request.actor)
    messages.success(request, f"{override.date:%Y-%m-%d} 已恢复默认。")
    return redirect(f"{reverse('kernel:working_days')}?year={override.date.year}")
