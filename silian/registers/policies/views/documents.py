"""A document on the desk: uploaded, read, corrected, issued, ended (政策文件办理)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Entry, Fact
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.histories import entry_of
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.commands import document_upload, issue
from silian.registers.policies.commands.document_facts import DocumentFacts, correct_document
from silian.registers.policies.forms import documents as forms
from silian.registers.policies.gateways.policy_reading import page_image
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.documents import (
    documents_visible_to,
    may_review,
    require_official,
    require_reviewer,
    require_uploader,
)
from silian.registers.policies.queries.documents import original_of, versions_of
from silian.registers.policies.queries.review import Review, issue_facts
from silian.registers.policies.rules.issuing import reason_not_issuable
from silian.registers.policies.views.document_list import tone_of

INVALID = 422
SHOWN_HISTORY = 30
A_DAY = 24 * 3600


def document_of(request: Request, document_id: int) -> PolicyDocument:
    """The document when the official may see it; another department's draft is 404."""
    require_official(request.actor)
    rows = documents_visible_to(request.actor).select_related("division", "owner", "supersedes")
    return get_object_or_404(rows, pk=document_id)


def document_upload_page(request: Request) -> HttpResponse:
    """Bring a document in (上传政策文件)."""
    require_uploader(request.actor)
    home = Division.objects.filter(pk=request.actor.jurisdiction).first()
    form = forms.UploadForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        actor=request.actor,
        initial={"division": home, "replaces": request.GET.get("replaces")},
    )
    document = done_or_refused(form, lambda: uploaded(request, form), boxes={"": "file"})
    if document is not None:
        return redirect("policies:document_desk", document_id=document.pk)
    status = status_of(form)
    return render(request, "policies/document_upload.html", {"form": form}, status=status)


def uploaded(request: Request, form: Any) -> PolicyDocument:
    data = form.cleaned_data
    facts = document_upload.UploadFacts(
        division=data["division"].pk,
        title=data["title"],
        replaces=data["replaces"].pk if data["replaces"] else None,
        accepts_duplicate=data["accepts_duplicate"],
    )
    return document_upload.upload_document(upload=data["file"], facts=facts, actor=request.actor)


def posted(request: Request) -> Any:
    """What was sent, also when it is nothing; None before anything was."""
    return request.POST if request.method == "POST" else None


@require_GET
def document_desk(request: Request, document_id: int) -> HttpResponse:
    """One document: how it stands, what is to be done (文件办理)."""
    document = document_of(request, document_id)
    is_reading = document.state == DocumentState.PARSING
    context: dict[str, Any] = {
        "document": document,
        "tone": tone_of(document),
        "is_reading": is_reading,
        "may_review": may_review(request.actor, document),
        "job": Job.objects.filter(pk=document.job_id or 0).first(),
    }
    if request.htmx:
        return render(request, "policies/_document_reading.html", context)
    context |= {
        "facts": facts_of(document),
        "review": None if is_reading else Review(document),
        "originals": [file] if (file := original_of(document)) else [],
        "versions": visible_versions(request, document),
        "cites": document.citations.select_related("cited"),
        "history": history_entries(document),
    }
    return render(request, "policies/document_desk.html", context)


def visible_versions(request: Request, document: PolicyDocument) -> list[PolicyDocument]:
    """The chain of versions without another department's drafts."""
    chain = versions_of(document)
    keys = {version.pk for version in chain}
    visible = documents_visible_to(request.actor).filter(pk__in=keys)
    seen = set(visible.values_list("pk", flat=True))
    return [version for version in chain if version.pk in seen]


def facts_of(document: PolicyDocument) -> list[Fact]:
    """The elements of the format, in the order of GB/T 9704."""
    return [
        Fact(name="文号", value=document.document_number or "未写明"),
        Fact(name="成文日期", value=str(document.issued_on or "待定")),
        Fact(name="发文机关", value="、".join(document.issuers) or "未写明"),
        Fact(name="适用地区", value=f"{document.division.name}（{document.get_level_display()}）"),
        Fact(name="施行", value=period_words(document)),
        Fact(name="版次", value=version_words(document)),
        Fact(name="录入单位", value=document.owner.name),
        Fact(name="原件形式", value=document.get_medium_display()),
        Fact(name="主送机关", value=document.addressees or "未写明", wide=True),
    ]


def period_words(document: PolicyDocument) -> str:
    if document.effective_from is None:
        return "未设定"
    ending = f"，至 {document.effective_to}（不含）" if document.effective_to else ""
    return f"{document.effective_from} 起{ending}"


def version_words(document: PolicyDocument) -> str:
    ground = f"，依据 {document.amending_number}" if document.amending_number else ""
    return f"第 {document.version} 版{ground}"


def history_entries(document: PolicyDocument) -> list[Entry]:
    return [
        entry_of(act, who=f"{act.actor_name} {act.organisation_name}".strip())
        for act in history_of(document)[:SHOWN_HISTORY]
    ]


@require_GET
def document_page(request: Request, document_id: int, page: int) -> HttpResponse:
    """A page of the original as a picture, for scans (看扫描件)."""
    document = document_of(request, document_id)
    if not document.page_starts:
        raise DomainError("这份原件不是扫描件，没有扫描页。请在文件页下载原件查看。")
    original = original_of(document)
    if original is None:
        raise DomainError("原件不在文件库中，无法显示扫描页。")
    content = page_image(content=read_content(original), page=page)
    kind = original.content_type if original.content_type.startswith("image/") else "image/png"
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = f"private, max-age={A_DAY}"
    return response


def document_facts(request: Request, document_id: int) -> HttpResponse:
    """Put the elements of a document right (更正文件要素)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    form = forms.FactsForm(posted(request), initial=facts_initial(document))

    def correct(data: dict[str, Any]) -> PolicyDocument:
        return correct_document(
            document_id=document.pk, facts=DocumentFacts(**data), actor=request.actor
        )

    return step_page(request, document, form=form, step=correct, page=PAGES["facts"])


def facts_initial(document: PolicyDocument) -> dict[str, Any]:
    return {
        "title": document.title,
        "plan_title": document.plan_title,
        "document_number": document.document_number,
        "issuers": "、".join(document.issuers),
        "issued_on": document.issued_on,
        "effective_from": document.effective_from,
        "level": document.level,
    }


PAGES = {
    "facts": {
        "heading": "更正文件要素",
        "lead": "按原件填写。更正只改登记的要素，不改原文。",
        "button": "保存",
        "done": "文件要素已更正。",
    },
    "repeal": {
        "heading": "废止文件",
        "lead": "废止后文件仍可查阅，标明失效日和依据。",
        "button": "废止",
        "done": "文件已废止。",
    },
    "withdraw": {
        "heading": "撤下文件",
        "lead": "撤下后公众不再看到这份文件，办理记录保留。",
        "button": "撤下",
        "done": "文件已撤下。",
    },
    "amend": {
        "heading": "修订文件",
        "lead": "形成新的版次，沿用现有条款；改动的条款更正并确认后发布。",
        "button": "开始修订",
        "done": "新的版次已建立，请更正改动的条款。",
    },
}


def step_page(
    request: Request,
    document: PolicyDocument,
    *,
    form: Any,
    step: Callable[[dict[str, Any]], PolicyDocument],
    page: dict[str, str],
) -> HttpResponse:
    """One short form that does one step; refusals stand beside what was typed."""
    result = done_or_refused(form, lambda: step(form.cleaned_data))
    if result is not None:
        messages.success(request, page["done"])
        return redirect("policies:document_desk", document_id=result.pk)
    context = {"document": document, "form": form, "page": page}
    status = status_of(form)
    return render(request, "policies/document_step.html", context, status=status)


def document_issue(request: Request, document_id: int) -> HttpResponse:
    """Check what is still missing, and issue (发布)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    day = document.effective_from or document.issued_on or timezone.localdate()
    form = forms.IssueForm(posted(request), initial={"effective_from": day})
    done = done_or_refused(
        form,
        lambda: issue.issue_document(
            document_id=document.pk,
            actor=request.actor,
            effective_from=form.cleaned_data["effective_from"],
        ),
    )
    if done is not None:
        messages.success(request, "文件已发布，任务和指标可以生成。")
        return redirect("policies:document_desk", document_id=document.pk)
    context = {
        "document": document,
        "form": form,
        "review": Review(document),
        "reason": reason_not_issuable(**issue_facts(document)),
    }
    status = status_of(form)
    return render(request, "policies/document_issue.html", context, status=status)


def document_repeal(request: Request, document_id: int) -> HttpResponse:
    """End a document's force (废止)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    form = forms.RepealForm(posted(request), initial={"on": timezone.localdate()})

    def repeal(data: dict[str, Any]) -> PolicyDocument:
        return issue.repeal_document(document_id=document.pk, actor=request.actor, **data)

    return step_page(request, document, form=form, step=repeal, page=PAGES["repeal"])


def document_withdraw(request: Request, document_id: int) -> HttpResponse:
    """Take a document off (撤下)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    form = forms.ReasonForm(posted(request))

    def withdraw(data: dict[str, Any]) -> PolicyDocument:
        return issue.withdraw_document(document_id=document.pk, actor=request.actor, **data)

    return step_page(request, document, form=form, step=withdraw, page=PAGES["withdraw"])


def document_amend(request: Request, document_id: int) -> HttpResponse:
    """Begin the next version (修订)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    form = forms.AmendForm(posted(request))

    def amend(data: dict[str, Any]) -> PolicyDocument:
        return issue.amend_document(document_id=document.pk, actor=request.actor, **data)

    return step_page(request, document, form=form, step=amend, page=PAGES["amend"])


@require_POST
def document_read_again(request: Request, document_id: int) -> HttpResponse:
    """Read the original anew (重新解析)."""
    document = document_of(request, document_id)
    document_upload.read_again(document_id=document.pk, actor=request.actor)
    return redirect("policies:document_desk", document_id=document.pk)


@require_POST
def document_cancel(request: Request, document_id: int) -> HttpResponse:
    """Stop reading (取消解析)."""
    document = document_of(request, document_id)
    document_upload.cancel_reading(document_id=document.pk, actor=request.actor)
    return redirect("policies:document_desk", document_id=document.pk)
