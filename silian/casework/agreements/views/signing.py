"""The signing page in the account: read, sign, refuse, ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.casework.agreements.commands import questions, signing
from silian.casework.agreements.forms.signing import AnswerForm, AskForm, RefuseForm, SignForm
from silian.casework.agreements.models import Signature
from silian.casework.agreements.permissions.signing import (
    is_signatory,
    questions_answered_by,
    signatures_visible_to,
    stand_in_choices,
)
from silian.casework.agreements.queries.signing_page import period_of, signing_page
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of

RELATED = (
    "party__organisation",
    "party__person__guardian",
    "version__agreement__organiser",
    "version__replaces",
)


def visible_signature(request: Request, signature_id: int) -> Signature:
    rows = signatures_visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=signature_id)


@require_http_methods(["GET", "POST"])
def sign(request: Request, signature_id: int) -> HttpResponse:
    """Read the text and sign it."""
    row = visible_signature(request, signature_id)
    form = SignForm(request.POST if request.method == "POST" else None)
    signed = done_or_refused(
        form,
        lambda: signing.sign(
            signature_id=row.pk,
            actor=request.actor,
            now=timezone.now(),
            agreed_sha256=form.cleaned_data["sha256"],
            on_behalf=form.cleaned_data["on_behalf"],
        ),
    )
    if signed is not None:
        messages.success(request, "已签好。各方签齐后，正本会出现在这一页。")
        return redirect("agreements:sign", signature_id=row.pk)
    return page(request, row, sign_form=form)


@require_POST
def refuse(request: Request, signature_id: int) -> HttpResponse:
    """Refuse with a reason."""
    row = visible_signature(request, signature_id)
    form = RefuseForm(request.POST)
    refused = done_or_refused(
        form,
        lambda: signing.refuse(
            signature_id=row.pk,
            actor=request.actor,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            on_behalf=request.POST.get("on_behalf", ""),
        ),
        boxes={"": "reason"},
    )
    if refused is not None:
        messages.success(request, "已记录您不同意，各方会收到通知。")
        return redirect("agreements:sign", signature_id=row.pk)
    return page(request, row, refuse_form=form)


@require_POST
def ask(request: Request, signature_id: int) -> HttpResponse:
    """Ask the organiser before signing."""
    row = visible_signature(request, signature_id)
    form = AskForm(request.POST)
    asked = done_or_refused(
        form,
        lambda: questions.ask(
            signature_id=row.pk,
            actor=request.actor,
            text=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        boxes={"": "text"},
    )
    if asked is not None:
        messages.success(request, "已送达发起单位，2 个工作日内答复。")
        return redirect("agreements:sign", signature_id=row.pk)
    return page(request, row, ask_form=form)


@require_http_methods(["GET", "POST"])
def answer(request: Request, question_id: int) -> HttpResponse:
    """Answer what somebody asked."""
    rows = questions_answered_by(request.actor).select_related(
        "signature__party", "signature__version__agreement"
    )
    question = get_object_or_404(rows, pk=question_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    answered = done_or_refused(
        form,
        lambda: questions.answer(
            question_id=question.pk,
            actor=request.actor,
            text=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        boxes={"": "text"},
    )
    if answered is not None:
        messages.success(request, "已答复，提问人会在签署页看到。")
        return redirect("agreements:waiting")
    context = {"question": question, "form": form}
    return render(request, "agreements/answer.html", context, status=status_of(form))


def page(request: Request, row: Signature, **shown: forms.Form) -> HttpResponse:
    """The signing page with the forms as they stand; 422 when one of them is wrong."""
    given = page_context(request, row)
    context = {**given, **shown}
    status = max((status_of(form) for form in shown.values()), default=200)
    return render(request, "agreements/sign.html", context, status=status)


def page_context(request: Request, row: Signature) -> dict[str, Any]:
    content = signing_page(signature=row)
    role = content.kind.roles_by_code.get(row.party.role)
    today = timezone.localdate()
    return {
        "page": content,
        "period": period_of(content),
        "sign_form": SignForm(),
        "refuse_form": RefuseForm(),
        "ask_form": AskForm(),
        "stand_ins": stand_in_choices(request.actor, row.party, role=role, on=today),
        "is_signatory": is_signatory(request.actor, row.party, role=role, on=today),
        "is_large": request.GET.get("text") == "large",
        "sign_url": reverse("agreements:sign", args=[row.pk]),
        "refuse_url": reverse("agreements:sign_refuse", args=[row.pk]),
        "ask_url": reverse("agreements:sign_ask", args=[row.pk]),
        "back_url": reverse("agreements:inbox"),
        "document_url": document_url(row),
    }


def document_url(row: Signature) -> str:
    """Where the party takes its own copy, once it is made."""
    file_id = row.version.document_id
    return reverse("kernel:file_download", args=[file_id]) if file_id else ""
