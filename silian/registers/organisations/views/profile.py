"""The organisation's own pages: card, papers, history, change of name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry, EvidenceFile, Fact
from silian.registers.organisations.choices import (
    REQUIRED_DOCUMENTS,
    DocumentKind,
    OrganisationKind,
    OrganisationState,
    RenamingState,
)
from silian.registers.organisations.commands.documents import add_document, remove_document
from silian.registers.organisations.commands.profile import (
    UNVERIFIED,
    change_profile,
    change_service_profile,
)
from silian.registers.organisations.commands.registration import submit_organisation
from silian.registers.organisations.commands.renaming import request_rename
from silian.registers.organisations.forms.registration import (
    DocumentForm,
    IdentityForm,
    ProfileForm,
    RenameForm,
    ServiceForm,
)
from silian.registers.organisations.models.document import OrganisationDocument
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import (
    documents_visible_to,
    may_manage,
    organisations_visible_to,
    require_manager,
)
from silian.registers.organisations.queries.register import (
    due_moment,
    history_of,
    working_days_left,
)
from silian.registers.organisations.tones import tone_of
from silian.registers.organisations.views.directory import name_entries, public_facts
from silian.registers.organisations.views.registration import step_lines
from silian.registers.organisations.views.words import words_of

RENAMING_TONES = {
    RenamingState.PENDING: "info",
    RenamingState.CONFIRMED: "ok",
    RenamingState.REFUSED: "late",
}


def own_organisation(actor: Actor) -> Organisation:
    """The organisation the actor acts for; a page of one's own is 404 without one."""
    if actor.organisation_id is None:
        raise Http404("您还没有加入单位。")
    rows = organisations_visible_to(actor).select_related("division", "industry")
    return get_object_or_404(rows, pk=actor.organisation_id)


def managed_organisation(actor: Actor) -> Organisation:
    organisation = own_organisation(actor)
    require_manager(actor, organisation)
    return organisation


@require_safe
def profile(request: Request) -> HttpResponse:
    """The card of one's own organisation, its state and what to do next (单位资料)."""
    actor = request.actor
    organisation = own_organisation(actor)
    renamings = list(organisation.renamings.order_by("-pk")[:5])
    context = {
        "organisation": organisation,
        "facts": [*public_facts(organisation), *contact_facts(organisation)],
        "names": name_entries(organisation),
        "renamings": [(row, RENAMING_TONES[RenamingState(row.state)]) for row in renamings],
        "service": getattr(organisation, "service_profile", None),
        "is_service": organisation.kind == OrganisationKind.SERVICE,
        "may_manage": may_manage(actor, organisation),
        "due_at": due_moment(organisation.verification_due_on),
        "days_left": days_left(organisation),
        "tone": tone_of(organisation.state),
        "unverified": organisation.state in UNVERIFIED,
    }
    return render(request, "organisations/profile.html", context)


def days_left(organisation: Organisation) -> int | None:
    return working_days_left(organisation.verification_due_on, today=timezone.localdate())


def contact_facts(organisation: Organisation) -> list[Fact]:
    rows = [("联系人", organisation.contact_name), ("联系电话", organisation.contact_phone)]
    return [Fact(name=name, value=value) for name, value in rows if value]


def answered(request: Request, form: Any, page: dict[str, Any]) -> HttpResponse:
    """The one-form page, with 422 when something is to be corrected."""
    status = 422 if form.errors else 200
    return render(request, "organisations/form_page.html", {"form": form, **page}, status=status)


def refuse_on(form: Any, refusal: DomainError) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def profile_edit(request: Request) -> HttpResponse:
    """Change the card (修改单位资料)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    initial = {name: getattr(organisation, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(organisation_id=organisation.pk, changes=form.changes(), actor=actor)
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "单位资料已保存，改动记入办理经过。")
            return redirect("organisations:profile")
    return answered(request, form, page("修改单位资料", "保存", draft="organisation-profile"))


def page(title: str, submit: str, *, lead: str = "", **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "submit": submit,
        "lead": lead,
        "back_url": reverse("organisations:profile"),
        "back_label": "单位资料",
        **more,
    }


def identity_edit(request: Request) -> HttpResponse:
    """Correct what will be verified, before it is (更正证照信息)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    initial = {name: getattr(organisation, name) for name in IdentityForm.fieldsets[0][1]}
    form = IdentityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(organisation_id=organisation.pk, changes=form.changes(), actor=actor)
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "证照信息已更正。")
            return redirect("organisations:documents")
    lead = "核验通过后名称和代码不能直接修改，请与证照逐字核对。"
    return answered(request, form, page("更正证照信息", "保存", lead=lead))


def service_edit(request: Request) -> HttpResponse:
    """What a service organisation offers (服务组织名片)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    held = getattr(organisation, "service_profile", None)
    form = ServiceForm(request.POST or None, initial=service_initial(held))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "services": form.cleaned_data["services"].splitlines()}
        try:
            change_service_profile(organisation_id=organisation.pk, actor=actor, **data)
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "服务名片已保存，在单位主页公开。")
            return redirect("organisations:profile")
    return answered(request, form, page("服务组织名片", "保存", draft="organisation-service"))


def service_initial(held: Any) -> dict[str, Any]:
    if held is None:
        return {}
    fields = ("mode", "qualification", "price", "clients")
    return {**{name: getattr(held, name) for name in fields}, "services": "\n".join(held.services)}


@require_safe
def documents(request: Request) -> HttpResponse:
    """Papers for verification and the button that submits them (核验材料)."""
    actor = request.actor
    return render(
        request, "organisations/documents.html", documents_context(actor, form=DocumentForm())
    )


def documents_context(actor: Actor, *, form: DocumentForm) -> dict[str, Any]:
    organisation = own_organisation(actor)
    rows = documents_visible_to(actor).filter(
        organisation=organisation, removed_at__isnull=True, renaming__isnull=True
    )
    papers = list(rows)
    present = {paper.kind for paper in papers}
    return {
        "organisation": organisation,
        "papers": [(paper, evidence_of(paper)) for paper in papers],
        "required": [(DocumentKind(kind).label, kind in present) for kind in REQUIRED_DOCUMENTS],
        "ready": set(REQUIRED_DOCUMENTS) <= present,
        "form": form,
        "may_manage": may_manage(actor, organisation),
        "open": organisation.state in UNVERIFIED,
        "lines": step_lines(4 if set(REQUIRED_DOCUMENTS) <= present else 3),
        "due_at": due_moment(organisation.verification_due_on),
        "days_left": days_left(organisation),
        "tone": tone_of(organisation.state),
        "rejected": organisation.state == OrganisationState.REJECTED,
    }


def evidence_of(paper: OrganisationDocument) -> list[EvidenceFile]:
    """The files of one paper as the evidence viewer shows them."""
    return [
        EvidenceFile(
            name=file.name,
            url=reverse("kernel:file_download", args=[file.pk]),
            preview_url=reverse("kernel:file_view", args=[file.pk]),
            content_type=file.content_type,
            size=file.size,
            added_at=file.uploaded_at,
            added_by=file.uploaded_by_name,
            checksum=file.sha256,
        )
        for file in files_of(paper)
    ]


@require_POST
def document_add(request: Request) -> HttpResponse:
    """Hand in one paper."""
    actor = request.actor
    organisation = managed_organisation(actor)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            add_document(
                organisation_id=organisation.pk,
                kind=data["kind"],
                upload=data["upload"],
                actor=actor,
            )
        except DomainError as refusal:
            form.add_error("upload", refusal.sentence)
        else:
            messages.success(request, f"{DocumentKind(data['kind']).label}已上传。")
            return redirect("organisations:documents")
    context = documents_context(actor, form=form)
    return render(request, "organisations/documents.html", context, status=422)


@require_POST
def document_remove(request: Request, document_id: int) -> HttpResponse:
    """Take back one paper."""
    actor = request.actor
    document = get_object_or_404(documents_visible_to(actor), pk=document_id)
    remove_document(document_id=document.pk, actor=actor)
    messages.success(request, "材料已移除。")
    return redirect("organisations:documents")


@require_POST
def submit(request: Request) -> HttpResponse:
    """Hand the registration in (提交核验)."""
    actor = request.actor
    organisation = submit_organisation(
        organisation_id=managed_organisation(actor).pk, actor=actor, today=timezone.localdate()
    )
    messages.success(
        request, f"已提交，主管部门将在 {organisation.verification_due_on} 前核验，结果会通知您。"
    )
    return redirect("organisations:profile")


def rename(request: Request) -> HttpResponse:
    """Ask for a new name (申请更名)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    form = RenameForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_rename(
                organisation_id=organisation.pk,
                actor=actor,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "更名申请已提交，核验前继续使用原名称。")
            return redirect("organisations:profile")
    lead = f"现名称：{organisation.name}。核验通过后原名称保留在名称沿革中。"
    return answered(request, form, page("申请更名", "提交申请", lead=lead, has_files=True))


@require_safe
def history(request: Request) -> HttpResponse:
    """What was done to the organisation, by whom (办理经过)."""
    organisation = own_organisation(request.actor)
    entries = [
        Entry(
            at=row.happened_at,
            what=words_of(row),
            who=" · ".join(filter(None, [row.actor_name, row.organisation_name])),
            note=row.reason,
        )
        for row in history_of(organisation)
    ]
    return render(
        request, "organisations/history.html", {"organisation": organisation, "entries": entries}
    )
