"""What everybody may know: sums of the training fund, no firm named, and award lists shown."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.metrics.registry import SMALL_NUMBER
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.operations.learning.choices import AwardListState
from silian.operations.learning.commands.objections import object_to_list
from silian.operations.learning.forms.competitions import ObjectionForm
from silian.operations.learning.queries.awards import public_awards, public_lists
from silian.operations.learning.queries.calls import public_rows

PUBLIC_ROWS = 50  # older lists are found through the archive of publications


@login_not_required
@require_safe
def public_figures(request: Request) -> HttpResponse:
    """Sums by year; years with few settled returns are withheld (公开汇总)."""
    context = {"rows": public_rows(fewest=SMALL_NUMBER), "fewest": SMALL_NUMBER}
    return render(request, "learning/public.html", context)


@login_not_required
@require_safe
def public_award_lists(request: Request) -> HttpResponse:
    """Award lists that are or were shown (奖补名单公示)."""
    context = {"rows": public_lists()[:PUBLIC_ROWS]}
    return render(request, "learning/public_awards.html", context)


@login_not_required
@require_safe
def public_award_list(request: Request, list_id: int) -> HttpResponse:
    """One list with masked names (公示名单)."""
    row = get_object_or_404(public_lists(), pk=list_id)
    today = timezone.localdate()
    open_for = row.state == AwardListState.NOTICED and row.notice_until is not None
    context = {
        "row": row,
        "awards": public_awards(row),
        "objects": open_for and row.notice_until is not None and today <= row.notice_until,
    }
    return render(request, "learning/public_award_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award_list_object(request: Request, list_id: int) -> HttpResponse:
    """Object to a list while it is shown (对名单提出异议)."""
    row = get_object_or_404(public_lists(), pk=list_id)
    page = reverse("learning:public_award_list", args=[row.pk])
    form = ObjectionForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "对名单提出异议",
            "提交异议",
            back=page,
            lead=row.title,
            register=("奖补名单公示", "learning:public_award_lists"),
        ),
        send=lambda said: object_to_list(
            list_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="异议已提交，答复后会通知您。",
        then=page,
    )
