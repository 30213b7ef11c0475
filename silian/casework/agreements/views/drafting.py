"""Drafting an agreement in the browser, sending and withdrawing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.agreements.commands.drafting import (
    draft_agreement,
    reopen,
    revise_draft,
    withdraw,
)
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.forms.agreements import DraftForm, ReasonForm, initial_draft
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import (
    may_draft,
    require_drafter,
    require_editor,
)
from silian.casework.agreements.queries.kinds import (
    kind_for_drafting,
    kind_of,
    kinds_on_offer,
)
from silian.casework.agreements.queries.register import shown_title
from silian.casework.agreements.views.agreements import visible_agreement
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.organisations.models import Organisation


def crumbs(agreement: Agreement | None = None) -> list[tuple[str, str]]:
    """The way to a page of the register or of one agreement."""
    way = [("协议", reverse("agreements:list"))]
    if agreement is not None:
        way.append((agreement.number, agreement.get_absolute_url()))
    return way


@require_safe
def choose_kind(request: Request) -> HttpResponse:
    """Choose the kind of a new agreement (选择协议类别)."""
    if not may_draft(request.actor):
        raise NotAllowed("起草协议由单位管理员或经办人办理。请联系贵单位的管理员。")
    unit = own_organisation(request)
    return render(
        request, "agreements/choose_kind.html", {"kinds": kinds_on_offer(organisation=unit)}
    )


def own_organisation(request: Request) -> Organisation:
    return get_object_or_404(Organisation, pk=request.actor.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: Request, kind: str) -> HttpResponse:
    """Draft an agreement of a kind (起草协议)."""
    declared, _ = kind_for_drafting(kind)
    unit = own_organisation(request)
    require_drafter(request.actor, declared, organiser_id=unit.pk)
    form = DraftForm(
        *given(request), kind=declared, actor=request.actor, initial=own_seat(declared, unit)
    )

    def send(data: dict[str, Any]) -> Agreement:
        return draft_agreement(
            actor=request.actor, kind=kind, division_id=unit.division_id, **form.content()
        )

    page = FormPage(
        title=f"起草{declared.label}",
        lead=declared.purpose,
        button="保存草稿",
        back=reverse("agreements:choose_kind"),
        crumbs=[*crumbs(), ("选择类别", reverse("agreements:choose_kind"))],
        help="agreements/draft",
    )
    return answer_form(
        request, form=form, page=page, send=send, done="已保存草稿。核对全文后送签。"
    )


def own_seat(kind: Any, unit: Organisation) -> dict[str, int]:
    """The role that the drafter's own unit fits first."""
    for role in kind.roles:
        if not role.is_person and unit.kind in role.organisation_kinds:
            return {f"party_{role.code}": unit.pk}
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
def draft_edit(request: Request, agreement_id: int) -> HttpResponse:
    """Change a draft (修改草稿)."""
    agreement = visible_agreement(request, agreement_id)
    kind = kind_of(agreement)
    require_editor(request.actor, agreement, kind)
    form = DraftForm(
        *given(request), kind=kind, actor=request.actor, initial=initial_draft(agreement, kind)
    )

    def send(data: dict[str, Any]) -> Agreement:
        return revise_draft(agreement_id=agreement.pk, actor=request.actor, **form.content())

    page = page_of(agreement, title="修改草稿", button="保存", help="agreements/draft")
    return answer_form(request, form=form, page=page, send=send, done="已保存。")


def page_of(agreement: Agreement, *, title: str, button: str, **words: Any) -> FormPage:
    """The frame of a form about one agreement."""
    return FormPage(
        title=title,
        button=button,
        back=agreement.get_absolute_url(),
        crumbs=crumbs(agreement),
        **{"lead": shown_title(agreement), **words},
    )


class EmptyForm(ReasonForm):
    """Nothing to type: one button after reading."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def draft_send(request: Request, agreement_id: int) -> HttpResponse:
    """Send the draft, or the drafted change, for signature (送签)."""
    agreement = visible_agreement(request, agreement_id)

    def send(data: dict[str, Any]) -> Agreement:
        send_for_signature(agreement_id=agreement.pk, actor=request.actor, now=timezone.localtime())
        return agreement

    kind = kind_of(agreement)
    page = page_of(
        agreement,
        title="送签",
        button="送签",
        lead=f"送签后文本封存，不能再改。各方有 {kind.signing_working_days} 个工作日签署。",
    )
    form = EmptyForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已送签，各方会收到通知。")


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_withdraw(request: Request, agreement_id: int) -> HttpResponse:
    """Take back an agreement that is not in force (撤回)."""
    agreement = visible_agreement(request, agreement_id)

    def send(data: dict[str, Any]) -> Agreement:
        now = timezone.localtime()
        return withdraw(agreement_id=agreement.pk, actor=request.actor, now=now, **data)

    page = page_of(
        agreement, title="撤回协议", button="撤回", lead="撤回后各方不能再签，编号保留。"
    )
    form = ReasonForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已撤回。")


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_reopen(request: Request, agreement_id: int) -> HttpResponse:
    """Draft a refused or lapsed agreement anew (重新起草)."""
    agreement = visible_agreement(request, agreement_id)

    def send(data: dict[str, Any]) -> Agreement:
        return reopen(agreement_id=agreement.pk, actor=request.actor)

    page = page_of(
        agreement,
        title="重新起草",
        button="重新起草",
        lead="沿用上一版的条款生成草稿，修改后再送签。上一版和拒签理由保留在版本里。",
    )
    form = EmptyForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已生成新的草稿。")
