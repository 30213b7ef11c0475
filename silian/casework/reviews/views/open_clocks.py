"""Stopping to wait where no limit was set: a fix, a department's opinion."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from silian.casework.reviews.commands.open_clocks import end_fix, end_opinion
from silian.casework.reviews.forms.campaigns import ReasonForm
from silian.casework.reviews.models import Dossier, Opinion
from silian.casework.reviews.permissions.campaigns import require_checker, require_organiser
from silian.casework.reviews.permissions.dossiers import dossiers_judged_by
from silian.casework.reviews.views.intake import checked_dossier
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given


def page_for(dossier: Dossier, *, title: str, lead: str) -> FormPage:
    return FormPage(
        title=title,
        button=title,
        back=dossier.get_absolute_url(),
        lead=lead,
        crumbs=((dossier.subject_name, dossier.get_absolute_url()),),
        help="reviews/open_clock",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fix_end(request: Request, dossier_id: int) -> HttpResponse:
    """Judge the file as it was sent instead of waiting on (停止等待补正)."""
    dossier = checked_dossier(request, dossier_id)
    require_checker(request.actor, dossier.campaign)
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=page_for(
            dossier,
            title="停止等待补正",
            lead="补正期限未设定。停止后按最近一次提交的材料审查，申报单位会收到原因。",
        ),
        send=lambda said: end_fix(
            dossier_id=dossier.pk, reason=said["reason"], actor=request.actor
        ),
        done="已停止等待，材料回到形式审查。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def opinion_end(request: Request, opinion_id: int) -> HttpResponse:
    """Go on without a department's opinion (停止征求)."""
    rows = Opinion.objects.filter(dossier__in=dossiers_judged_by(request.actor))
    own = rows.filter(dossier__campaign__owner_id=request.actor.organisation_id or 0)
    opinion = get_object_or_404(
        own.select_related("dossier__campaign", "organisation"), pk=opinion_id
    )
    dossier = opinion.dossier
    require_organiser(request.actor, dossier.campaign)
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=page_for(
            dossier,
            title="停止征求意见",
            lead=f"{opinion.organisation.name}的答复期限未设定。停止后评审继续，原因写入记录。",
        ),
        send=lambda said: end_opinion(
            opinion_id=opinion.pk, reason=said["reason"], actor=request.actor
        ),
        done="已停止征求，评审继续。",
        then=dossier,
    )
