"""Changing an agreement in force: amend, renew, suspend, resume, terminate."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.casework.agreements.commands.amending import (
    propose_amendment,
    renew,
    withdraw_change,
)
from silian.casework.agreements.commands.life import resume, suspend, terminate
from silian.casework.agreements.forms.agreements import (
    ChangeForm,
    ReasonForm,
    TerminationForm,
    TurnForm,
)
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import require_party
from silian.casework.agreements.queries.changes import change_preview
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import ENDS_ON
from silian.casework.agreements.views.agreements import visible_agreement
from silian.casework.agreements.views.drafting import page_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given

TEMPLATE = "agreements/change.html"


def changeable(request: Request, agreement_id: int) -> Agreement:
    agreement = visible_agreement(request, agreement_id)
    require_party(request.actor, agreement)
    return agreement


def change_form(request: Request, agreement: Agreement, *, renews: bool) -> ChangeForm:
    return ChangeForm(
        *given(request),
        kind=kind_of(agreement),
        terms=latest_terms(agreement=agreement),
        renews=renews,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_amend(request: Request, agreement_id: int) -> HttpResponse:
    """Propose a change of the terms, with the difference as it is typed (提出修订)."""
    agreement = changeable(request, agreement_id)
    form = change_form(request, agreement, renews=False)

    def send(data: dict[str, Any]) -> Agreement:
        propose_amendment(
            agreement_id=agreement.pk,
            actor=request.actor,
            changes=form.changes(),
            effective_from=data["effective_from"],
            reason=data["reason"],
            now=timezone.localtime(),
        )
        return agreement

    page = change_page(agreement, title="提出修订", renews=False)
    done = "已保存修订。核对差异后送签，签齐前原条款继续有效。"
    return answer_form(request, form=form, page=page, send=send, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_renew(request: Request, agreement_id: int) -> HttpResponse:
    """Propose the renewal from the last day on (续签)."""
    agreement = changeable(request, agreement_id)
    form = change_form(request, agreement, renews=True)

    def send(data: dict[str, Any]) -> Agreement:
        changes = form.changes()
        renew(
            agreement_id=agreement.pk,
            actor=request.actor,
            ends_on=changes.pop(ENDS_ON),
            changes=changes,
            reason=data["reason"],
            now=timezone.localtime(),
        )
        return agreement

    page = change_page(agreement, title="续签", renews=True)
    done = "已保存续签。送签后由各方签署，签齐前原期限不变。"
    return answer_form(request, form=form, page=page, send=send, done=done)


def change_page(agreement: Agreement, *, title: str, renews: bool) -> FormPage:
    lead = "只改需要变的条款，其余保持不动。旁边随时显示改了什么、需要谁重新签字。"
    context = {"agreement": agreement, "renews": renews}
    return page_of(
        agreement,
        title=title,
        button="保存",
        lead=lead,
        template=TEMPLATE,
        context=context,
        help="agreements/change",
    )


@require_POST
def change_difference(request: Request, agreement_id: int) -> HttpResponse:
    """What the typed change would change and whose signature it needs; writes nothing (差异)."""
    agreement = changeable(request, agreement_id)
    form = change_form(request, agreement, renews=False)
    form.is_valid()
    typed = {code: form.cleaned_data[code] for code in form.cleaned_data if code in form.fields}
    preview = change_preview(agreement=agreement, typed=typed)
    return render(request, "agreements/_difference.html", {"preview": preview})


Turn = tuple[str, str, Callable[..., Agreement], str]
TURNS: dict[str, Turn] = {
    "suspend": ("中止协议", "中止", suspend, "已中止。恢复时从恢复日继续履行。"),
    "resume": ("恢复协议", "恢复", resume, "已恢复。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_turn(request: Request, agreement_id: int, name: str) -> HttpResponse:
    """Suspend or resume an agreement (中止、恢复)."""
    agreement = changeable(request, agreement_id)
    if name not in TURNS:
        raise Http404("没有这一步。")
    title, button, command, done = TURNS[name]

    def send(data: dict[str, Any]) -> Agreement:
        now = timezone.localtime()
        return command(agreement_id=agreement.pk, actor=request.actor, now=now, **data)

    form = TurnForm(*given(request), initial={"on": timezone.localdate()})
    page = page_of(agreement, title=title, button=button)
    return answer_form(request, form=form, page=page, send=send, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_terminate(request: Request, agreement_id: int) -> HttpResponse:
    """End an agreement before its last day (解除)."""
    agreement = changeable(request, agreement_id)
    days = kind_of(agreement).notice_days

    def send(data: dict[str, Any]) -> Agreement:
        now = timezone.localtime()
        return terminate(agreement_id=agreement.pk, actor=request.actor, now=now, **data)

    first = timezone.localdate() + datetime.timedelta(days=days)
    form = TerminationForm(*given(request), first_day=first)
    page = page_of(
        agreement,
        title="解除协议",
        button="解除",
        lead=f"提前 {days} 天通知各方；解除日之前协议继续有效，待签的修订作废。",
    )
    return answer_form(
        request, form=form, page=page, send=send, done="已登记解除，各方会收到通知。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_withdraw(request: Request, agreement_id: int) -> HttpResponse:
    """Take back an amendment or renewal that is not signed (撤回修订)."""
    agreement = changeable(request, agreement_id)

    def send(data: dict[str, Any]) -> Agreement:
        now = timezone.localtime()
        withdraw_change(agreement_id=agreement.pk, actor=request.actor, now=now, **data)
        return agreement

    page = page_of(agreement, title="撤回修订", button="撤回", lead="撤回后原条款继续有效。")
    form = ReasonForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已撤回修订。")
