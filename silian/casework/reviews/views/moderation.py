"""Moderation: the scores side by side where they differ, once all are in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from silian.casework.reviews.commands.moderation import call_third_expert, settle_moderation
from silian.casework.reviews.forms.judging import ModerationForm, ReasonForm
from silian.casework.reviews.models import Dossier, Moderation
from silian.casework.reviews.permissions.judging import may_moderate, moderations_visible_to
from silian.casework.reviews.queries.judging import all_are_in, comparison, expert_items
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, done_or_refused, given, status_of


def visible_moderation(request: Request, dossier_id: int) -> Moderation:
    rows = moderations_visible_to(request.actor).select_related(
        "dossier__campaign__version__scheme", "dossier__applicant", "moderated_by"
    )
    return get_object_or_404(rows, dossier_id=dossier_id)


@require_http_methods(["GET", "HEAD", "POST"])
def moderation_detail(request: Request, dossier_id: int) -> HttpResponse:
    """What the experts gave, where they differ, and the points that settle it (分差复核)."""
    moderation = visible_moderation(request, dossier_id)
    dossier = moderation.dossier
    tasks, lines = comparison(request.actor, dossier)
    form = ModerationForm(given(request)[0], lines=lines)
    settled = done_or_refused(
        form,
        lambda: settle_moderation(
            dossier_id=dossier.pk,
            points=form.points(),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
        ),
        boxes=form.refused_boxes,
    )
    if settled is not None:
        messages.success(request, "复核已完成，材料进入下一环节。")
        return redirect("reviews:moderation_detail", dossier_id=dossier.pk)
    context = {
        "moderation": moderation,
        "dossier": dossier,
        "tasks": tasks,
        "lines": lines,
        "settled": settled_lines(moderation),
        "form": form,
        "acts": may_moderate(request.actor, dossier) and all_are_in(dossier),
        "waits": not moderation.moderated_at and not all_are_in(dossier),
    }
    return render(request, "reviews/moderation_detail.html", context, status=status_of(form))


def settled_lines(moderation: Moderation) -> dict[str, str]:
    """What stands for each criterion after the moderation."""
    labels = {item.code: item.label for item in expert_items(moderation.dossier.campaign)}
    return {labels.get(code, code): value for code, value in moderation.by_criterion.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def moderation_third(request: Request, dossier_id: int) -> HttpResponse:
    """Have one more expert drawn (增派第三位专家)."""
    dossier: Dossier = visible_moderation(request, dossier_id).dossier
    page = FormPage(
        title="增派第三位专家",
        button="增派",
        back=dossier.get_absolute_url(),
        lead=f"{dossier.subject_name}：按原种子接着抽取一位，独立评分后再复核。",
        crumbs=((str(dossier), dossier.get_absolute_url()),),
    )
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=page,
        send=lambda said: call_third_expert(
            dossier_id=dossier.pk, reason=said["reason"], actor=request.actor
        ),
        done="已增派，评分到齐后继续复核。",
        then=dossier,
    )
