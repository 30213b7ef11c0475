"""A yearly re-check: computed by the platform, confirmed by an official."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState, RecheckState
from silian.casework.reviews.commands.rechecks import confirm_recheck, make_recheck
from silian.casework.reviews.forms.recognitions import RecheckForm
from silian.casework.reviews.permissions.recognitions import is_keeper, rechecks_visible_to
from silian.casework.reviews.queries.recognitions import recognition_for_page
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of

RELATED = ("recognition__scheme", "recognition__holder", "recognition__dossier__campaign")


@require_http_methods(["GET", "HEAD", "POST"])
def recheck_detail(request: Request, recheck_id: int) -> HttpResponse:
    """What changed since the recognition, and the official's word (年度复核)."""
    recheck = get_object_or_404(
        rechecks_visible_to(request.actor).select_related(*RELATED, "confirmed_by"), pk=recheck_id
    )
    decides = recheck.state == RecheckState.OPEN and is_keeper(request.actor, recheck.recognition)
    if request.method == "POST" and not decides:
        raise Http404("这次复核不能办理。")
    form: Any = RecheckForm(request.POST or None)

    def confirm() -> Any:
        said = form.cleaned_data
        return confirm_recheck(
            recheck_id=recheck.pk, passes=form.passes, note=said["note"], actor=request.actor
        )

    if request.method == "POST" and done_or_refused(form, confirm):
        messages.success(request, "已确认复核结果。")
        return redirect(recheck.recognition)
    context = {
        "recheck": recheck,
        "recognition": recheck.recognition,
        "form": form if decides else None,
    }
    return render(request, "reviews/recheck_detail.html", context, status=status_of(form))


@require_POST
def recheck_make(request: Request, recognition_id: int) -> HttpResponse:
    """Compute this year's re-check now (现在复核)."""
    row = get_object_or_404(recognition_for_page(request.actor), pk=recognition_id)
    if not is_keeper(request.actor, row):
        raise Http404("由牵头部门复核。")
    today = timezone.localdate()
    duty = (
        row.duties.filter(kind=DutyKind.RECHECK, state=DutyState.DUE, recheck__isnull=True)
        .order_by("due_on")
        .first()
    )
    year = duty.year if duty and duty.year else today.year
    made = make_recheck(recognition=row, year=year, on=today, duty=duty, actor=request.actor)
    return redirect(made or row.rechecks.get(year=year))
