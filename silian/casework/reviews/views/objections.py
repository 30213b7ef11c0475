"""Objections: raised and looked up by anybody, handled by officials, heard by the applicant."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.commands.objections import (
    add_finding_file,
    ask_applicant,
    make_statement,
    raise_objection,
    read_contact,
    settle_objection,
    take_objection,
)
from silian.casework.reviews.forms.notices import (
    CodeForm,
    FindingFileForm,
    FindingsForm,
    ObjectionForm,
    QuestionForm,
    StatementForm,
)
from silian.casework.reviews.models import Objection
from silian.casework.reviews.permissions.notices import (
    hearings_of,
    objections_visible_to,
    public_notices,
    require_investigator,
)
from silian.casework.reviews.queries.objections import for_list, objection_by_code, papers_of
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import (
    FormPage,
    answer_form,
    done_or_refused,
    given,
    status_of,
)

HEARD = (
    "question",
    "asked_at",
    "statement",
    "stated_at",
    "state",
    "dossier__subject_name",
    "dossier__campaign__title",
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@rate_limited("reviews.objections", times=10, seconds=3600, methods="POST")
def objection_raise(request: Request, notice_id: int, position: int) -> HttpResponse:
    """Object against one of the proposed, without an account (提出异议).

    The code is shown once, on this answer; nothing ties it to the reader's session.
    """
    notice = get_object_or_404(public_notices().select_related("campaign"), pk=notice_id)
    entry = get_object_or_404(notice.entries, position=position)
    form = ObjectionForm(*given(request))
    code = done_or_refused(
        form,
        lambda: raise_objection(
            entry_id=entry.pk,
            text=form.cleaned_data["text"],
            objector=form.objector(),
            papers=form.cleaned_data["papers"],
        ),
    )
    context = {"notice": notice, "entry": entry, "form": form, "code": code}
    if code:
        return render(request, "reviews/objection_receipt.html", context)
    return render(request, "reviews/objection_raise.html", context, status=status_of(form))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@rate_limited("reviews.objection_codes", times=30, seconds=3600, methods="POST")
def objection_lookup(request: Request) -> HttpResponse:
    """Read the answer by code (查询异议答复)."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        found = objection_by_code(form.cleaned_data["code"])
        if found is None:
            form.add_error("code", "没有这个查询码。请对照回执核对，共 12 位。")
    context = {"form": form, "objection": found}
    return render(request, "reviews/objection_lookup.html", context, status=status_of(form))


def objection_for(request: Request, objection_id: int) -> Objection:
    rows = for_list(objections_visible_to(request.actor)).select_related("notice")
    return get_object_or_404(rows, pk=objection_id)


def own_objection(request: Request, objection_id: int) -> Objection:
    objection = objection_for(request, objection_id)
    require_investigator(request.actor, objection)
    return objection


@require_safe
def objection_detail(request: Request, objection_id: int) -> HttpResponse:
    """One objection for those who handle it (异议)."""
    return show(request, objection_for(request, objection_id))


def show(request: Request, objection: Objection, *, contact: object = None) -> HttpResponse:
    context = {
        "objection": objection,
        "dossier": objection.dossier,
        "is_open": objection.state == ObjectionState.RAISED,
        "is_own": objection.investigator_id == request.actor.user_id,
        "named": bool(objection.name_cipher or objection.contact_cipher),
        "contact": contact,
        "papers": papers_of(objection),
    }
    return render(request, "reviews/objection_detail.html", context)


@require_POST
def objection_take(request: Request, objection_id: int) -> HttpResponse:
    """Become the investigator (由我核查)."""
    objection = objection_for(request, objection_id)
    take_objection(objection_id=objection.pk, actor=request.actor)
    messages.success(request, "这件异议由您核查。")
    return redirect("reviews:objection_detail", objection_id=objection.pk)


@never_cache
@require_POST
def objection_contact(request: Request, objection_id: int) -> HttpResponse:
    """Show name and contact once, on the record (查看联系方式)."""
    objection = objection_for(request, objection_id)
    found = read_contact(objection_id=objection.pk, actor=request.actor)
    return show(request, objection, contact=found)


@require_http_methods(["GET", "POST"])
def objection_ask(request: Request, objection_id: int) -> HttpResponse:
    """Put a question to the applicant (请申报单位说明)."""
    objection = own_objection(request, objection_id)
    form = QuestionForm(given(request)[0])
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="请申报单位说明",
            button="发出",
            back=reverse("reviews:objection_detail", args=[objection.pk]),
            help="reviews/objection",
        ),
        send=lambda facts: ask_applicant(objection_id=objection.pk, actor=request.actor, **facts),
        done="已请申报单位说明。",
        then=reverse("reviews:objection_detail", args=[objection.pk]),
    )


@require_http_methods(["GET", "POST"])
def objection_file(request: Request, objection_id: int) -> HttpResponse:
    """Put a paper to the findings (上传核查材料)."""
    objection = own_objection(request, objection_id)
    form = FindingFileForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="上传核查材料",
            button="上传",
            back=reverse("reviews:objection_detail", args=[objection.pk]),
        ),
        send=lambda facts: add_finding_file(
            objection_id=objection.pk, upload=facts["file"], actor=request.actor
        ),
        done="已上传。",
        then=reverse("reviews:objection_detail", args=[objection.pk]),
    )


@require_http_methods(["GET", "POST"])
def objection_settle(request: Request, objection_id: int) -> HttpResponse:
    """Uphold or dismiss (答复异议)."""
    objection = own_objection(request, objection_id)
    form = FindingsForm(given(request)[0])
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="答复异议",
            button="答复",
            back=reverse("reviews:objection_detail", args=[objection.pk]),
            lead="答复后不能更改。成立的，原决定由新的决定取代，申报单位可以申诉。",
            help="reviews/objection",
        ),
        send=lambda _: settle_objection(
            objection_id=objection.pk, found=form.found(), actor=request.actor
        ),
        done="已答复。",
        then=reverse("reviews:objection_detail", args=[objection.pk]),
    )


@require_http_methods(["GET", "POST"])
def hearing(request: Request, objection_id: int) -> HttpResponse:
    """The applicant reads the question and explains (核查说明); never the objection itself."""
    rows = hearings_of(request.actor).select_related("dossier__campaign")
    objection = get_object_or_404(rows.only(*HEARD), pk=objection_id)
    form = StatementForm(given(request)[0])
    made = done_or_refused(
        form,
        lambda: make_statement(objection_id=objection.pk, actor=request.actor, **form.cleaned_data),
    )
    if made:
        messages.success(request, "说明已提交。")
        return redirect("reviews:hearing", objection_id=objection.pk)
    context = {
        "objection": objection,
        "dossier": objection.dossier,
        "form": form,
        "is_open": objection.state == ObjectionState.RAISED and not objection.stated_at,
    }
    return render(request, "reviews/hearing.html", context, status=status_of(form))
