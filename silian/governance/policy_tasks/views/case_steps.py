"""Writing, handing in, reviewing and withdrawing a case (案例办理)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.governance.policy_tasks.commands.cases import (
    change_case,
    publish_case,
    recall_case,
    return_case,
    submit_case,
    withdraw_case,
    write_case,
)
from silian.governance.policy_tasks.forms.cases import CaseForm, ConsentForm, ReasonForm
from silian.governance.policy_tasks.models.cases import ExperienceCase
from silian.governance.policy_tasks.permissions.cases import (
    require_case_owner,
    require_case_reviewer,
    require_case_writer,
)
from silian.governance.policy_tasks.views.cases import case_page, visible_case


def page_about(case: ExperienceCase, *, title: str, button: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        lead=lead or case.title,
        button=button,
        back=case.get_absolute_url(),
        crumbs=[
            ("经验案例", reverse("policy_tasks:case_list")),
            (case.title, case.get_absolute_url()),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Write a case for one's own unit (起草案例)."""
    require_case_writer(request.actor)
    form = CaseForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        return write_case(text=form.text(), files=data["proofs"], actor=request.actor)

    home = reverse("policy_tasks:case_list")
    page = FormPage(
        title="起草案例",
        lead="写清问题、做法、成效和推广条件，别处才能照着做",
        button="存为草稿",
        back=home,
        crumbs=[("经验案例", home)],
        help="policy_tasks/case_form",
    )
    return answer_form(request, form=form, page=page, send=send, done="已存为草稿，核对后报送。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: Request, case_id: int) -> HttpResponse:
    """Change a draft or a returned case (修改案例)."""
    case = visible_case(request, case_id)
    require_case_owner(request.actor, case)
    form = CaseForm(*given(request), initial=CaseForm.initial_from(case))

    def send(data: dict[str, Any]) -> ExperienceCase:
        proofs = data["proofs"]
        return change_case(case_id=case.pk, text=form.text(), files=proofs, actor=request.actor)

    page = page_about(case, title="修改案例", button="保存")
    return answer_form(request, form=form, page=page, send=send, done="已保存。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_submit(request: Request, case_id: int) -> HttpResponse:
    """Hand a case in, with consent to its publication (报送案例)."""
    case = visible_case(request, case_id)
    require_case_owner(request.actor, case)
    form = ConsentForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        now = timezone.localtime()
        return submit_case(case_id=case.pk, actor=request.actor, now=now, **data)

    page = page_about(case, title="报送案例", button="报送", lead="审核通过后对公众可见")
    return answer_form(request, form=form, page=page, send=send, done="已报送，等待审核。")


@require_POST
def case_step(request: Request, case_id: int, name: str) -> HttpResponse:
    """Recall or publish a case (办理一步)."""
    case = visible_case(request, case_id)
    key: dict[str, Any] = {"case_id": case.pk, "actor": request.actor}
    steps: dict[str, Any] = {
        "recall": (lambda: recall_case(**key), "已收回，可以修改。"),
        "publish": (lambda: publish_case(**key, now=timezone.localtime()), "已发布到案例库。"),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    try:
        command()
    except DomainError as refusal:
        return case_page(request, case, refused=refusal)
    messages.success(request, sentence)
    return redirect(case)


@require_http_methods(["GET", "HEAD", "POST"])
def case_return(request: Request, case_id: int) -> HttpResponse:
    """Send a case back (退回修改)."""
    case = visible_case(request, case_id)
    require_case_reviewer(request.actor, case)
    form = ReasonForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        now = timezone.localtime()
        return return_case(case_id=case.pk, actor=request.actor, now=now, **data)

    page = page_about(case, title="退回修改", button="退回")
    return answer_form(
        request, form=form, page=page, send=send, done="已退回，报送单位已收到意见。"
    )


@require_POST
def case_withdraw(request: Request, case_id: int) -> HttpResponse:
    """Take a case out of the library (撤下案例)."""
    case = visible_case(request, case_id)
    reason = request.POST.get("reason", "")
    try:
        withdraw_case(case_id=case.pk, reason=reason, actor=request.actor)
    except DomainError as refusal:
        return case_page(request, case, refused=refusal)
    messages.success(request, "已从案例库撤下。")
    return redirect("policy_tasks:case_list")
