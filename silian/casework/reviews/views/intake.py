"""The formal check of a dossier."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.casework.reviews.commands.intake import accept_dossier, ask_fix, refuse_dossier
from silian.casework.reviews.forms.intake import AcceptForm, FixForm, RefusalForm
from silian.casework.reviews.models import Dossier
from silian.casework.reviews.permissions.campaigns import OWNER_ROLES
from silian.casework.reviews.permissions.dossiers import dossiers_judged_by
from silian.casework.reviews.queries.campaigns import trial_result
from silian.casework.reviews.queries.clocks import working_days_left
from silian.casework.reviews.queries.dossier_page import (
    answered_sections,
    changes_of_version,
    fix_items_of,
    shown_results,
)
from silian.casework.reviews.queries.dossiers import completeness_of, fix_of
from silian.casework.reviews.rules.dossiers import official_items
from silian.casework.reviews.rules.form import visible_fields
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of


def checked_dossier(request: Request, dossier_id: int) -> Dossier:
    """A dossier of one's own department's batch; others are not found."""
    rows = dossiers_judged_by(request.actor)
    if not request.actor.has_role(*OWNER_ROLES):
        rows = rows.none()
    own = rows.filter(campaign__owner_id=request.actor.organisation_id or 0)
    related = own.select_related(
        "campaign__version__scheme", "applicant__division", "division", "person"
    )
    return get_object_or_404(related, pk=dossier_id)


@require_safe
def intake_check(request: Request, dossier_id: int) -> HttpResponse:
    """Answers, files and criteria beside the boxes of the check (形式审查)."""
    dossier = checked_dossier(request, dossier_id)
    if dossier.state != "submitted":
        return redirect(dossier)
    return page(request, dossier)


def page(request: Request, dossier: Dossier, **forms: Any) -> HttpResponse:
    """The check with its forms as they stand; 422 when one of them is wrong."""
    content = dossier.campaign.content
    latest = dossier.versions.first()
    context = {
        "dossier": dossier,
        "sections": answered_sections(dossier),
        "whole": completeness_of(dossier),
        "results": shown_results(trial_result(dossier, on=timezone.localdate()).trees),
        "left": working_days_left(dossier.due_on, on=timezone.localdate()),
        "fix": fix_of(dossier),
        "fix_items": fix_items_of(dossier),
        "changes": changes_of_version(dossier, latest) if latest else [],
        "fix_form": FixForm(asked=visible_fields(content, dossier.answers)),
        "accept_form": AcceptForm(items=official_items(content)),
        "refusal_form": RefusalForm(),
        **forms,
    }
    status = max((status_of(form) for form in forms.values()), default=200)
    return render(request, "reviews/intake_check.html", context, status=status)


@require_POST
def intake_accept(request: Request, dossier_id: int) -> HttpResponse:
    """Accept (受理)."""
    dossier = checked_dossier(request, dossier_id)
    form = AcceptForm(request.POST, items=official_items(dossier.campaign.content))
    accepted = done_or_refused(
        form,
        lambda: accept_dossier(dossier_id=dossier.pk, actor=request.actor, checks=form.checks()),
    )
    if accepted is None:
        return page(request, dossier, accept_form=form)
    messages.success(request, f"已受理，转入“{accepted.get_state_display()}”。")
    return redirect("reviews:inbox")


@require_POST
def intake_fix(request: Request, dossier_id: int) -> HttpResponse:
    """Say what to put right (通知补正)."""
    dossier = checked_dossier(request, dossier_id)
    form = FixForm(request.POST, asked=visible_fields(dossier.campaign.content, dossier.answers))
    asked = done_or_refused(
        form,
        lambda: ask_fix(dossier_id=dossier.pk, items=form.items(), actor=request.actor),
    )
    if asked is None:
        return page(request, dossier, fix_form=form)
    messages.success(request, f"已一次性通知补正 {len(asked.items)} 项。")
    return redirect("reviews:inbox")


@require_POST
def intake_refuse(request: Request, dossier_id: int) -> HttpResponse:
    """Refuse the material (不予受理)."""
    dossier = checked_dossier(request, dossier_id)
    form = RefusalForm(request.POST)
    refused = done_or_refused(
        form,
        lambda: refuse_dossier(dossier_id=dossier.pk, actor=request.actor, **form.cleaned_data),
    )
    if refused is None:
        return page(request, dossier, refusal_form=form)
    messages.success(request, "已作出不予受理决定，申报单位会收到理由和申诉途径。")
    return redirect("reviews:inbox")
