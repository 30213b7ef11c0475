"""The notice and its answer: in one's account, or by a single-use link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import (
    FormPage,
    answer_form,
    done_or_refused,
    given,
    refuse,
    status_of,
)
from silian.operations.placements.choices.internships import (
    ConsentState,
)
from silian.operations.placements.commands.consent_links import (
    answer_by_link,
    confirmed_link,
    make_consent_link,
)
from silian.operations.placements.commands.consents import answer_consent
from silian.operations.placements.commands.paper_consents import record_paper_consent
from silian.operations.placements.forms.internships import (
    ConsentForm,
    IdentityForm,
    PaperConsentForm,
)
from silian.operations.placements.models import ConsentLink, InternshipConsent
from silian.operations.placements.permissions.internships import (
    consents_visible_to,
    require_school_clerk,
)
from silian.operations.placements.queries.consents import open_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def lines_of(row: InternshipConsent) -> list[str]:
    """The sentences of the notice without their numbers."""
    return [line.split(". ", 1)[-1] for line in row.text.splitlines()]


def context_of(row: InternshipConsent, form: ConsentForm, **more: Any) -> dict[str, Any]:
    return {"row": row, "lines": lines_of(row), "form": form, **more}


@GET_OR_POST
def consent(request: Request, consent_id: int) -> HttpResponse:
    """Read the notice and answer it (实习知情同意书)."""
    rows = consents_visible_to(request.actor).select_related("person", "internship", "self_choice")
    row = get_object_or_404(rows, pk=consent_id)
    form = ConsentForm(request.POST or None)
    answered = done_or_refused(
        form,
        lambda: answer_consent(
            consent_id=row.pk, actor=request.actor, now=timezone.now(), **form.given_answer
        ),
    )
    if answered is not None:
        messages.success(request, "答复已留存，学校会看到。")
        return redirect("placements:my_internship")
    mine = row.person is not None and row.person.user_id == request.actor.user_id
    context = context_of(row, form, may_answer=mine and row.state == ConsentState.WAITING)
    return render(request, "placements/consents/consent.html", context, status=status_of(form))


@GET_OR_POST
def consent_paper(request: Request, consent_id: int) -> HttpResponse:
    """Record what was answered on paper, with its scan (登记线下答复)."""
    require_school_clerk(request.actor)
    rows = consents_visible_to(request.actor).select_related("person")
    row = get_object_or_404(rows.select_related("internship__person"), pk=consent_id)
    back = row.internship.get_absolute_url() if row.internship else reverse("placements:board")
    form = PaperConsentForm(
        *given(request), initial={"name": row.person.name if row.person else ""}
    )
    page = paper_page(row, back=back)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: record_paper_consent(
            consent_id=row.pk,
            actor=request.actor,
            agrees=said["answer"] == "agree",
            paper=form.paper(),
            reason=said["reason"],
            now=timezone.now(),
        ),
        done="已登记线下答复。",
        then=back,
    )


def paper_page(row: InternshipConsent, *, back: str) -> FormPage:
    return FormPage(
        title=f"登记线下答复：{row.get_giver_display()}",
        lead="家长或学生在打印的知情同意书上签了字的，上传扫描件登记。不作为电子签名。",
        button="登记",
        back=back,
        help="agreements/paper",
        crumbs=(("实习", back),),
    )


@require_POST
def consent_link_make(request: Request, consent_id: int) -> HttpResponse:
    """Make a guardian's link and show it once (生成同意书链接)."""
    row = get_object_or_404(consents_visible_to(request.actor), pk=consent_id)
    token = make_consent_link(consent_id=row.pk, actor=request.actor, now=timezone.now())
    path = reverse("placements:consent_link", kwargs={"token": token})
    context = {"row": row, "address": request.build_absolute_uri(path)}
    return render(request, "placements/consents/link_made.html", context)


@login_not_required
@never_cache
@rate_limited("placements.consent_link", times=60, seconds=60)
@GET_OR_POST
def consent_link(request: Request, token: str) -> HttpResponse:
    """A guardian without an account reads and answers (链接答复)."""
    link = open_link(token=token, now=timezone.now())
    if link is None:
        return render(request, "placements/consents/link_closed.html", status=410)
    identity = IdentityForm(request.POST or None)
    if not identity.is_bound or not identity.is_valid():
        return identity_page(request, link, identity)
    answering = "answer" in request.POST
    form = ConsentForm(request.POST if answering else None)
    try:
        confirmed_link(token=token, now=timezone.now(), **identity.cleaned_data)
        if answering and form.is_valid():
            answer_with(request, form=form, identity=identity, token=token)
            return redirect("placements:consent_link_done")
    except DomainError as refusal:
        refuse(identity, refusal)
        return identity_page(request, link, identity)
    context = context_of(link.consent, form, identity=identity.cleaned_data, may_answer=True)
    status = 422 if answering else 200
    return render(request, "placements/consents/by_link.html", context, status=status)


def identity_page(request: Request, link: ConsentLink, form: IdentityForm) -> HttpResponse:
    """Name and phone come first; nothing of the student is shown before."""
    context = {"form": form, "link": link}
    return render(
        request, "placements/consents/link_identity.html", context, status=status_of(form)
    )


def answer_with(
    request: Request, *, form: ConsentForm, identity: IdentityForm, token: str
) -> InternshipConsent:
    return answer_by_link(
        token=token,
        **identity.cleaned_data,
        **form.given_answer,
        address=request.META.get("REMOTE_ADDR", ""),
        now=timezone.now(),
    )


@login_not_required
def consent_link_done(request: Request) -> HttpResponse:
    """What follows after a guardian answered."""
    return render(request, "placements/consents/link_done.html")
