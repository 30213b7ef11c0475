"""What the applicant does: find a call, start, check, submit, withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.commands.dossiers import (
    start_dossier,
    submit_dossier,
    withdraw_dossier,
)
from silian.casework.reviews.commands.intake import answer_fix
from silian.casework.reviews.forms.dossiers import SubjectForm
from silian.casework.reviews.models import Campaign, Dossier
from silian.casework.reviews.permissions.dossiers import dossiers_of_applicant
from silian.casework.reviews.queries.campaigns import (
    chances_of,
    expected_result,
    open_calls,
    reason_against,
    trial_result,
)
from silian.casework.reviews.queries.dossier_page import fix_items_of, shown_results
from silian.casework.reviews.queries.dossiers import completeness_of
from silian.casework.reviews.rules.dossiers import sections
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.models import Organisation


def own_organisation(request: Request) -> Organisation:
    """For whom one files; who files for nobody is told so."""
    actor = request.actor
    if actor.organisation_id is None or not actor.has_role(*WRITING_ROLES):
        raise NotAllowed("申报由单位管理员或经办人办理。请联系贵单位的管理员。")
    return Organisation.objects.select_related("division").get(pk=actor.organisation_id)


def own_dossier(request: Request, dossier_id: int) -> Dossier:
    rows = dossiers_of_applicant(request.actor).select_related(
        "campaign__version__scheme", "applicant__division", "person"
    )
    return get_object_or_404(rows, pk=dossier_id)


@require_safe
def dossier_open(request: Request) -> HttpResponse:
    """The calls in which one's organisation could apply, and what it has applied for (可申报)."""
    organisation = own_organisation(request)
    mine = dossiers_of_applicant(request.actor).select_related("campaign__version__scheme")
    chances = chances_of(organisation, on=timezone.localdate())
    context = {
        "organisation": organisation,
        "chances": chances,
        "fitting": sum(not chance.reason and not chance.mine for chance in chances),
        "mine": mine.order_by("-pk"),
    }
    return render(request, "reviews/dossier_open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_start(request: Request, campaign_id: int) -> HttpResponse:
    """What is met and missing before starting; then start (开始填报)."""
    organisation, today = own_organisation(request), timezone.localdate()
    campaign = get_object_or_404(open_calls(on=today), pk=campaign_id)
    content = campaign.content
    form = SubjectForm(given(request)[0], definition=content, actor=request.actor)
    made = done_or_refused(form, lambda: start(request, campaign, form))
    if made is not None:
        messages.success(request, "已建立申报材料，平台已知的内容已经填好，请核对。")
        return redirect("reviews:dossier_fill", dossier_id=made.pk, place=1)
    expected = expected_result(campaign, organisation, on=today)
    mine = dossiers_of_applicant(request.actor).filter(campaign=campaign)
    mine = mine.exclude(state=DossierState.WITHDRAWN)
    context = {
        "campaign": campaign,
        "taken": content.subject == SubjectKind.ORGANISATION and bool(mine),
        "form": form,
        "reason": reason_against(campaign, organisation, on=today) or "",
        "results": shown_results(expected.trees),
        "mine": mine,
    }
    return render(request, "reviews/dossier_start.html", context, status=status_of(form))


def start(request: Request, campaign: Campaign, form: SubjectForm) -> Dossier:
    return start_dossier(campaign=campaign, actor=request.actor, **form.facts())


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_submit(request: Request, dossier_id: int) -> HttpResponse:
    """Check oneself, then send: the first time or as the answer to a fix (自查并提交)."""
    dossier = own_dossier(request, dossier_id)
    if dossier.state not in (DossierState.DRAFT, DossierState.FIXING):
        return redirect(dossier)
    status = 200
    if request.method == "POST":
        try:
            send(request, dossier)
        except NotAllowed:
            raise
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
            status = 422
        else:
            return redirect(dossier)
    return render(request, "reviews/dossier_submit.html", submit_context(dossier), status=status)


def send(request: Request, dossier: Dossier) -> None:
    if dossier.state == DossierState.FIXING:
        answer_fix(dossier_id=dossier.pk, actor=request.actor)
        messages.success(request, "补正已提交，组织单位会重新审查。")
        return
    sent = submit_dossier(dossier_id=dossier.pk, actor=request.actor)
    messages.success(request, f"已提交，申报编号 {sent.number}。")


def submit_context(dossier: Dossier) -> dict[str, Any]:
    whole = completeness_of(dossier)
    places = {
        field.code: section.place
        for section in sections(dossier.campaign.content)
        for field in section.fields
    }
    return {
        "dossier": dossier,
        "whole": whole,
        "missing": [(field, places[field.code]) for field in whole.missing],
        "without_files": [(field, places[field.code]) for field in whole.without_files],
        "results": shown_results(trial_result(dossier, on=timezone.localdate()).trees),
        "items": fix_items_of(dossier) if dossier.state == DossierState.FIXING else [],
        "is_fix": dossier.state == DossierState.FIXING,
    }


@require_POST
def dossier_withdraw(request: Request, dossier_id: int) -> HttpResponse:
    """Take the application back (撤回)."""
    dossier = own_dossier(request, dossier_id)
    try:
        withdraw_dossier(
            dossier_id=dossier.pk, actor=request.actor, reason=request.POST.get("reason", "")
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已撤回。申报期内可以重新申报。")
    return redirect(dossier)
