"""The steps within a round: fill, start, check, visit, close, cancel (督查办理)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.governance.policy_tasks.commands.supervision_rounds import (
    cancel_round,
    check_item,
    close_round,
    fill_checklist,
    record_visit,
    remove_check_item,
    start_round,
)
from silian.governance.policy_tasks.forms.supervision import (
    CheckForm,
    ChecklistForm,
    SummaryForm,
    VisitForm,
)
from silian.governance.policy_tasks.models.supervision import CheckItem, SupervisionRound
from silian.governance.policy_tasks.permissions.supervision import bodies_within
from silian.governance.policy_tasks.queries.supervision import schools_within
from silian.governance.policy_tasks.queries.supervision_checks import documents_in_scope
from silian.governance.policy_tasks.views.supervision_rounds import (
    round_crumbs,
    round_page,
    run_round,
)


def page_in(round_: SupervisionRound, *, title: str, button: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        lead=lead,
        button=button,
        back=round_.get_absolute_url(),
        crumbs=[*round_crumbs(), (round_.title, round_.get_absolute_url())],
    )


@require_POST
def supervision_round_fill(request: Request, round_id: int) -> HttpResponse:
    """Put tasks and targets on the checklist (列入督查清单)."""
    round_ = run_round(request, round_id)
    form = ChecklistForm(
        request.POST,
        documents=documents_in_scope(round_),
        bodies=bodies_within(request.actor),
    )
    try:
        if not form.is_valid():
            raise DomainError("请检查列入条件：文件或单位已不在范围内。")
        count = fill_checklist(
            round_id=round_.pk,
            choice=form.choice(),
            actor=request.actor,
            now=timezone.localtime(),
        )
    except DomainError as refusal:
        return round_page(request, round_, refused=refusal)
    messages.success(request, f"已列入 {count} 项，并记下当前情况。")
    return redirect(round_)


@require_POST
def supervision_round_step(request: Request, round_id: int, name: str) -> HttpResponse:
    """Start or cancel a round (办理一步)."""
    round_ = run_round(request, round_id)
    key: dict[str, Any] = {"round_id": round_.pk, "actor": request.actor}
    steps: dict[str, Any] = {
        "start": (lambda: start_round(**key), "督查已开始，请逐项核查。"),
        "cancel": (
            lambda: cancel_round(**key, reason=request.POST.get("reason", "")),
            "已取消。签发的督办单仍然有效。",
        ),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    try:
        command()
    except DomainError as refusal:
        return round_page(request, round_, refused=refusal)
    messages.success(request, sentence)
    return redirect(round_)


def item_of(round_: SupervisionRound, item_id: int) -> CheckItem:
    rows = round_.items.select_related("task", "target", "round")
    return get_object_or_404(rows, pk=item_id)


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_check(request: Request, round_id: int, item_id: int) -> HttpResponse:
    """Write down what was found on one line (登记核查结果)."""
    round_ = run_round(request, round_id)
    item = item_of(round_, item_id)
    initial = {"result": item.result, "note": item.note}
    form = CheckForm(*given(request), initial=initial)

    def send(data: dict[str, Any]) -> CheckItem:
        proofs = data.pop("proofs")
        now = timezone.localtime()
        return check_item(item_id=item.pk, files=proofs, actor=request.actor, now=now, **data)

    found = request.POST.get("result") == "found"
    then = f"{reverse('policy_tasks:supervision_new')}?check={item.pk}"
    page = page_in(round_, title="登记核查结果", button="登记", lead=str(item))
    return answer_form(
        request,
        form=form,
        page=page,
        send=send,
        done="已登记。发现问题的请签发督办单。" if found else "已登记。",
        then=then if found else round_.get_absolute_url(),
    )


@require_POST
def supervision_check_remove(request: Request, round_id: int, item_id: int) -> HttpResponse:
    """Take an unchecked line off the list (移出清单)."""
    round_ = run_round(request, round_id)
    item = item_of(round_, item_id)
    try:
        remove_check_item(item_id=item.pk, actor=request.actor)
    except DomainError as refusal:
        return round_page(request, round_, refused=refusal)
    messages.success(request, "已移出督查清单。")
    return redirect(round_)


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_visit_new(request: Request, round_id: int) -> HttpResponse:
    """Register a visit or a written inspection (登记督查走访)."""
    round_ = run_round(request, round_id)
    form = VisitForm(
        *given(request),
        bodies=bodies_within(request.actor).order_by("name"),
        schools=schools_within(request.actor.jurisdiction),
        initial={"kind": "site", "held_on": timezone.localdate()},
    )

    def send(data: dict[str, Any]) -> SupervisionRound:
        body, organisation, proofs = (data.pop(name) for name in ("body", "organisation", "proofs"))
        record_visit(
            round_id=round_.pk,
            body_id=body.pk if body else None,
            organisation_id=organisation.pk if organisation else None,
            files=proofs,
            actor=request.actor,
            now=timezone.localtime(),
            **data,
        )
        return round_

    page = page_in(round_, title="登记走访或书面检查", button="登记")
    return answer_form(request, form=form, page=page, send=send, done="已登记。")


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_round_close(request: Request, round_id: int) -> HttpResponse:
    """End a round with its summary (结束督查)."""
    round_ = run_round(request, round_id)
    form = SummaryForm(*given(request))

    def send(data: dict[str, Any]) -> SupervisionRound:
        now = timezone.localtime()
        return close_round(round_id=round_.pk, actor=request.actor, now=now, **data)

    page = page_in(round_, title="结束督查", button="结束督查", lead="清单逐项核查后写小结")
    return answer_form(request, form=form, page=page, send=send, done="督查已结束。")
