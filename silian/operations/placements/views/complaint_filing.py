"""Complaining: from the student's own page, or without an account; and what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, form_page, given, refuse
from silian.operations.placements.choices.complaints import (
    ComplaintChannel,
)
from silian.operations.placements.commands.complaint_filing import (
    Filed,
    Filing,
    add_to_complaint,
    appeal_complaint,
    complaint_by_code,
    file_complaint,
    withdraw_complaint,
)
from silian.operations.placements.forms.complaints import (
    AddForm,
    AnonymousComplaintForm,
    CodeForm,
    ComplaintForm,
    WordsForm,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.permissions.complaints import own_complaints
from silian.operations.placements.queries.rights import own_internships
from silian.operations.placements.views.complaints import complaint_context

FORM_METHODS = ["GET", "HEAD", "POST"]


def proofs_of(data: dict[str, Any]) -> list[Any]:
    proof = data.get("proof")
    return [proof] if proof else []


@never_cache
@require_http_methods(FORM_METHODS)
def complaint_new(request: Request, internship_id: int) -> HttpResponse:
    """Complain about one's internship (投诉)."""
    rows = own_internships(request.actor).select_related("school", "organisation")
    internship = get_object_or_404(rows, pk=internship_id)
    form = ComplaintForm(*given(request), initial={"channel": ComplaintChannel.EDUCATION})
    if request.method == "POST" and form.is_valid():
        filing = own_filing(form.cleaned_data, internship)
        answered = filed_page(request, form=form, filing=filing, actor=request.actor)
        if answered is not None:
            return answered
    page = FormPage(
        title="投诉",
        button="提交投诉",
        lead="被投诉的单位和人看不到这件投诉，也看不到是谁投诉的",
        back=reverse("placements:rights"),
        crumbs=[("我的权益", reverse("placements:rights"))],
        help="placements/complaint_new",
    )
    return form_page(request, form=form, page=page)


def own_filing(data: dict[str, Any], internship: Internship) -> Filing:
    ids = {"host": internship.organisation_id, "school": internship.school_id}
    return Filing(
        categories=data["categories"],
        channel=ComplaintChannel(data["channel"]),
        subjects={ids[each] for each in data["about"]},
        division=internship.division_id,
        school_id=internship.school_id,
        text=data["text"],
        wish=data["wish"],
        happened_on=data["happened_on"],
        is_anonymous=data["is_anonymous"],
        is_name_shown=data["is_name_shown"],
        internship_id=internship.pk,
        proofs=proofs_of(data),
    )


def filed_page(
    request: Request, *, form: forms.Form, filing: Filing, actor: Actor
) -> HttpResponse | None:
    """The page with the code, shown once; None when the command refused."""
    try:
        filed: Filed = file_complaint(actor=actor, filing=filing, now=timezone.localtime())
    except NotAllowed:
        raise
    except DomainError as refusal:
        refuse(form, refusal)
        return None
    return render(request, "placements/complaints/filed.html", {"filed": filed})


@login_not_required
@never_cache
@rate_limited("placements.complaint", times=20, seconds=3600, methods="POST")
@require_http_methods(FORM_METHODS)
def complaint_anonymous(request: Request) -> HttpResponse:
    """Complain without an account (匿名投诉)."""
    form = AnonymousComplaintForm(*given(request))
    if request.method == "POST" and form.is_valid():
        answered = filed_page(
            request, form=form, filing=open_filing(form.cleaned_data), actor=Actor()
        )
        if answered is not None:
            return answered
    return render(
        request,
        "placements/complaints/anonymous.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def open_filing(data: dict[str, Any]) -> Filing:
    chosen = {"host": data["host"], "school": data["school"]}
    place = data["host"] or data["school"]
    return Filing(
        categories=data["categories"],
        channel=ComplaintChannel(data["channel"]),
        subjects={chosen[each].pk for each in data["about"] if chosen[each]},
        division=place.division_id,
        school_id=data["school"].pk,
        text=data["text"],
        happened_on=data["happened_on"],
        is_anonymous=True,
        proofs=proofs_of(data),
    )


@login_not_required
@never_cache
@rate_limited("placements.complaint_code", times=20, seconds=600, methods="POST")
@require_http_methods(FORM_METHODS)
def complaint_lookup(request: Request) -> HttpResponse:
    """Follow a complaint by its code; the code is posted and never stands in an address (查询)."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        complaint = complaint_by_code(code)
        if complaint is not None:
            return by_code(request, complaint, code=code)
        form.add_error("code", "没有找到这个查询码对应的投诉，请核对字母和数字。")
    return render(
        request,
        "placements/complaints/lookup.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def by_code(request: Request, complaint: Complaint, *, code: str) -> HttpResponse:
    """The complaint for who holds its code, after the step that was asked for, if any."""
    refusal = ""
    if name := request.POST.get("step", ""):
        refusal = stepped(request, complaint, name=name, code=code)
        complaint.refresh_from_db()
    context = complaint_context(complaint, is_handler=False, is_own=True)
    context |= {"code": code, "refusal": refusal, "typed": request.POST.get("text", "")}
    status = 422 if refusal else 200
    return render(request, "placements/complaints/by_code.html", context, status=status)


def stepped(request: Request, complaint: Complaint, *, name: str, code: str) -> str:
    """Take the step; the refusal's sentence, or nothing."""
    commands: dict[str, Callable[..., Complaint]] = {
        "answer": add_to_complaint,
        "appeal": appeal_complaint,
        "withdraw": withdraw_complaint,
    }
    if name not in commands:
        return "没有这一步。"
    try:
        commands[name](
            complaint_id=complaint.pk,
            actor=Actor(),
            text=request.POST.get("text", "")[:3000],
            now=timezone.localtime(),
            code=code,
        )
    except DomainError as refusal:
        return refusal.sentence
    return ""


OWN_STEPS: dict[str, tuple[str, type[forms.Form], Callable[..., Complaint], str]] = {
    "answer": ("补充说明", AddForm, add_to_complaint, "已补充，办理期限继续计算。"),
    "appeal": ("申请复核", WordsForm, appeal_complaint, "已提交，由上一级主管部门复核。"),
    "withdraw": ("撤回投诉", WordsForm, withdraw_complaint, "已撤回。"),
}


@require_http_methods(FORM_METHODS)
def complaint_own_step(request: Request, complaint_id: int, name: str) -> HttpResponse:
    """Add, appeal or withdraw under one's own account (我的投诉)."""
    complaint = get_object_or_404(own_complaints(request.actor), pk=complaint_id)
    if name not in OWN_STEPS:
        raise Http404("没有这一步。")
    label, shape, command, sentence = OWN_STEPS[name]
    back = reverse("placements:complaint_detail", args=[complaint.pk])

    def send(data: dict[str, Any]) -> str:
        if "proof" in data:
            data["proofs"] = proofs_of(data)
            del data["proof"]
        command(complaint_id=complaint.pk, actor=request.actor, now=timezone.localtime(), **data)
        return back

    page = FormPage(
        title=label,
        button=label,
        lead=complaint.number,
        back=back,
        crumbs=[("我的权益", reverse("placements:rights")), (complaint.number, back)],
    )
    return answer_form(request, form=shape(*given(request)), page=page, send=send, done=sentence)
