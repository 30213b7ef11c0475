"""Filling in a dossier section by section, with its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.dossiers import add_evidence, remove_evidence, save_answers
from silian.casework.reviews.forms.dossiers import EvidenceForm, SectionForm
from silian.casework.reviews.models import Dossier, Evidence
from silian.casework.reviews.permissions.dossiers import dossiers_of_applicant
from silian.casework.reviews.queries.dossier_page import fix_items_of
from silian.casework.reviews.queries.dossiers import completeness_of, open_codes
from silian.casework.reviews.queries.prefill import prefilled
from silian.casework.reviews.rules.dossiers import Section, sections
from silian.casework.reviews.rules.form import visible_fields
from silian.casework.reviews.views.applying import own_dossier
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of

EDITABLE = (DossierState.DRAFT, DossierState.FIXING)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_fill(request: Request, dossier_id: int, place: int) -> HttpResponse:
    """One section: shown, asked anew when an answer leads elsewhere, or saved (填报)."""
    dossier = own_dossier(request, dossier_id)
    section = section_or_404(dossier, place)
    if dossier.state not in EDITABLE:
        return redirect(dossier)
    if request.htmx and "route" in request.GET:
        return render(request, "reviews/_section.html", {"form": routed(request, dossier, section)})
    posted = request.POST if request.method == "POST" else None
    form = section_form(dossier, section, posted, answers=dossier.answers)
    saved = done_or_refused(form, lambda: save(request, dossier, form))
    if saved is not None:
        return redirect(next_step(request, saved, section))
    context = page_context(dossier, section, form)
    return render(request, "reviews/dossier_fill.html", context, status=status_of(form))


def section_or_404(dossier: Dossier, place: int) -> Section:
    found = [row for row in sections(dossier.campaign.content) if row.place == place]
    if not found:
        raise Http404("没有这一节。")
    return found[0]


def section_form(
    dossier: Dossier, section: Section, posted: Any, *, answers: dict[str, Any]
) -> SectionForm:
    """The form of what is asked in a section when the answers are these."""
    content = dossier.campaign.content
    asked = {field.code for field in visible_fields(content, answers)}
    url = reverse("reviews:dossier_fill", args=[dossier.pk, section.place])
    return SectionForm(
        posted,
        asked=[field for field in section.fields if field.code in asked],
        answers=answers,
        known=prefilled(content, dossier.applicant, timezone.localdate()),
        changeable=open_codes(dossier),
        routing={field.show_if.code for field in content.form if field.show_if},
        route_url=f"{url}?route=1",
    )


def routed(request: Request, dossier: Dossier, section: Section) -> SectionForm:
    """The section as the answers typed so far lead on; nothing is kept."""
    answers = {**dossier.answers}
    for _ in section.fields:  # an answer may open a question whose answer opens another
        form = section_form(dossier, section, request.POST, answers=answers)
        form.is_valid()
        grown = {**answers, **form.answers()}
        if grown == answers:
            break
        answers = grown
    return section_form(dossier, section, None, answers=answers)


def save(request: Request, dossier: Dossier, form: SectionForm) -> Dossier:
    return save_answers(dossier_id=dossier.pk, answers=form.answers(), actor=request.actor)


def next_step(request: Request, dossier: Dossier, section: Section) -> str:
    """The same section while it asks more than was shown; else the next, else the check."""
    asked = {field.code for field in visible_fields(dossier.campaign.content, dossier.answers)}
    unseen = [f for f in section.fields if f.code in asked and f.code not in request.POST]
    appeared = [f for f in unseen if f.show_if and f.code not in dossier.answers]
    if appeared:
        messages.info(request, f"已保存。按您的填写，还有 {len(appeared)} 项需要补充。")
        return reverse("reviews:dossier_fill", args=[dossier.pk, section.place])
    messages.success(request, f"“{section.title}”已保存。")
    last = len(sections(dossier.campaign.content))
    if section.place < last:
        return reverse("reviews:dossier_fill", args=[dossier.pk, section.place + 1])
    return reverse("reviews:dossier_submit", args=[dossier.pk])


def page_context(dossier: Dossier, section: Section, form: SectionForm) -> dict[str, Any]:
    files = files_by_evidence(dossier)
    codes = {row.code for row in form.asked}
    changeable = open_codes(dossier)
    is_fix = dossier.state == DossierState.FIXING
    return {
        "dossier": dossier,
        "section": section,
        "sections": sections(dossier.campaign.content),
        "form": form,
        "whole": completeness_of(dossier),
        "evidence": [
            (row, files.get(row.code, []), row.code in changeable)
            for row in section.fields
            if row.evidence and row.code in codes
        ],
        "upload_form": EvidenceForm(),
        "items": fix_items_of(dossier) if is_fix else [],
        "draft_name": f"dossier-{dossier.pk}-{section.place}",
    }


def files_by_evidence(dossier: Dossier) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for row in dossier.evidence.select_related("file").order_by("pk"):
        found.setdefault(row.field, []).append(row)
    return found


@require_POST
def dossier_evidence(request: Request, dossier_id: int, field: str) -> HttpResponse:
    """Put a file to one question (上传佐证材料)."""
    dossier = own_dossier(request, dossier_id)
    asked = dossier.campaign.content.fields_by_code.get(field)
    form = EvidenceForm(request.POST, request.FILES)
    if asked is None or not form.is_valid():
        messages.error(request, "请选择要上传的文件。")
        return redirect(back_to(dossier, field))
    try:
        add_evidence(
            dossier_id=dossier.pk,
            field=field,
            upload=form.cleaned_data["file"],
            actor=request.actor,
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已上传。")
    return redirect(back_to(dossier, field))


def back_to(dossier: Dossier, field: str) -> str:
    """The section in which a question stands."""
    places = [
        section.place
        for section in sections(dossier.campaign.content)
        if field in {row.code for row in section.fields}
    ]
    return reverse("reviews:dossier_fill", args=[dossier.pk, places[0] if places else 1])


@require_POST
def evidence_remove(request: Request, evidence_id: int) -> HttpResponse:
    """Take a file away (移除佐证材料)."""
    rows = Evidence.objects.filter(dossier__in=dossiers_of_applicant(request.actor))
    evidence = get_object_or_404(rows.select_related("dossier__campaign__version"), pk=evidence_id)
    dossier, field = evidence.dossier, evidence.field
    try:
        remove_evidence(evidence_id=evidence.pk, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已移除。")
    return redirect(back_to(dossier, field))
