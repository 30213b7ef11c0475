"""Appeals: filed by the applicant, settled by somebody new."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.commands.appeals import file_appeal, settle_appeal, take_appeal
from silian.casework.reviews.forms.notices import AppealAnswerForm, AppealForm
from silian.casework.reviews.models import Appeal
from silian.casework.reviews.permissions.dossiers import dossiers_of_applicant
from silian.casework.reviews.permissions.notices import (
    appeals_handled_by,
    appeals_visible_to,
    require_appeal_handler,
)
from silian.casework.reviews.queries.appeals import (
    for_list,
    free_places,
    right_of_appeal,
    stages_open_to,
)
from silian.casework.reviews.queries.decisions import decisions_of
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given


@require_http_methods(["GET", "POST"])
def appeal_file(request: Request, dossier_id: int) -> HttpResponse:
    """File an appeal (提出申诉)."""
    rows = dossiers_of_applicant(request.actor).select_related("campaign__version")
    dossier = get_object_or_404(rows, pk=dossier_id)
    right = right_of_appeal(dossier)
    last = f"最晚 {right.last_on:%Y-%m-%d} 提出。" if right and right.last_on else ""
    form = AppealForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="提出申诉",
            button="提出",
            back=dossier.get_absolute_url(),
            lead=f"{dossier.subject_name}。{last}由没有办理过这份材料的人员复核。",
            help="reviews/appeal",
        ),
        send=lambda facts: reverse(
            "reviews:appeal_detail",
            args=[file_appeal(dossier_id=dossier.pk, actor=request.actor, **facts).pk],
        ),
        done="申诉已提出，复核结论会通知您。",
    )


def appeal_for(request: Request, appeal_id: int) -> Appeal:
    return get_object_or_404(for_list(appeals_visible_to(request.actor)), pk=appeal_id)


@require_safe
def appeal_detail(request: Request, appeal_id: int) -> HttpResponse:
    """One appeal with the decisions before and after (申诉)."""
    appeal = appeal_for(request, appeal_id)
    handles = appeals_handled_by(request.actor).filter(pk=appeal.pk).exists()
    context = {
        "appeal": appeal,
        "dossier": appeal.decision.dossier,
        "decisions": decisions_of(appeal.decision.dossier),
        "handles": handles,
        "is_own": handles and appeal.handler_id == request.actor.user_id,
        "is_open": appeal.state == ObjectionState.RAISED,
        "papers": files_of(appeal),
    }
    return render(request, "reviews/appeal_detail.html", context)


@require_POST
def appeal_take(request: Request, appeal_id: int) -> HttpResponse:
    """Become the one who settles it (由我复核)."""
    appeal = appeal_for(request, appeal_id)
    take_appeal(appeal_id=appeal.pk, actor=request.actor)
    messages.success(request, "这件申诉由您复核。")
    return redirect("reviews:appeal_detail", appeal_id=appeal.pk)


@require_http_methods(["GET", "POST"])
def appeal_settle(request: Request, appeal_id: int) -> HttpResponse:
    """Answer an appeal (答复申诉)."""
    appeal = appeal_for(request, appeal_id)
    require_appeal_handler(request.actor, appeal)
    dossier = appeal.decision.dossier
    free = free_places(dossier.campaign)
    places = "不限名额" if free is None else f"名额余 {free} 个"
    form = AppealAnswerForm(given(request)[0], stages=stages_open_to(dossier))
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="答复申诉",
            button="答复",
            back=reverse("reviews:appeal_detail", args=[appeal.pk]),
            lead=f"{dossier.subject_name}，{places}。成立的须补充公示后才认定。",
            help="reviews/appeal",
        ),
        send=lambda _: settle_appeal(
            appeal_id=appeal.pk, settlement=form.settlement(), actor=request.actor
        ),
        done="已答复申诉。",
        then=reverse("reviews:appeal_detail", args=[appeal.pk]),
    )
