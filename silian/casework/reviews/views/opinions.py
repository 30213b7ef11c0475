"""A department's opinion on a dossier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState
from silian.casework.reviews.commands.opinions import give_opinion
from silian.casework.reviews.forms.opinions import OpinionForm
from silian.casework.reviews.models import Opinion
from silian.casework.reviews.permissions.opinions import opinions_of_department
from silian.casework.reviews.queries.clocks import working_days_left
from silian.casework.reviews.queries.dossier_page import answered_sections, level_labels
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, given, status_of


def asked_opinion(request: Request, opinion_id: int) -> Opinion:
    rows = opinions_of_department(request.actor).select_related(
        "dossier__campaign__version__scheme", "dossier__applicant", "dossier__division"
    )
    return get_object_or_404(rows, pk=opinion_id)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion_give(request: Request, opinion_id: int) -> HttpResponse:
    """Read the material and speak for one's department (提出意见)."""
    opinion = asked_opinion(request, opinion_id)
    dossier = opinion.dossier
    if opinion.state != OpinionState.ASKED or dossier.state != DossierState.OPINIONS:
        return redirect(dossier)
    form = OpinionForm(given(request)[0])
    said = done_or_refused(
        form,
        lambda: give_opinion(
            opinion_id=opinion.pk,
            agrees=form.agrees(),
            text=form.cleaned_data["text"],
            actor=request.actor,
        ),
    )
    if said is not None:
        messages.success(request, "意见已提交，审定成员会看到。")
        return redirect("reviews:inbox")
    context = {
        "opinion": opinion,
        "left": working_days_left(opinion.due_on, on=timezone.localdate()),
        "dossier": dossier,
        "form": form,
        "sections": answered_sections(dossier),
        "level": level_labels(dossier).get(opinion.level, ""),
    }
    return render(request, "reviews/opinion_give.html", context, status=status_of(form))
