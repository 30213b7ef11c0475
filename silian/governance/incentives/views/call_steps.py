"""The review steps of a draft call: the editor, one step, and the preview before it is issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.governance.incentives.choices.claims import StepKind
from silian.governance.incentives.commands.call_steps import (
    add_step,
    change_step,
    drop_step,
    leave_out_step,
    move_step,
)
from silian.governance.incentives.forms.call_steps import DropForm, StepForm, step_values
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import CallStep, ClaimCall
from silian.governance.incentives.queries.call_steps import (
    offices_for,
    reason_not_ready,
    step_lines,
    steps_left_out,
    total_days,
)
from silian.governance.incentives.queries.claim_calls import suggested_offices
from silian.governance.incentives.views.claim_calls import (
    REGISTER,
    Stages,
    call_facts,
    led_draft,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def steps_url(call: ClaimCall) -> str:
    return reverse("incentives:call_steps", args=[call.pk])


@require_safe
def call_steps(request: Request, call_id: int) -> HttpResponse:
    """The steps in order, with clause, office, days and the effect of silence (审核环节)."""
    return steps_page(request, led_draft(request, call_id))


def steps_page(request: Request, call: ClaimCall) -> HttpResponse:
    lines = step_lines(call)
    context = {
        "call": call, "lines": lines, "total": total_days(lines),
        "left_out": steps_left_out(call), "stages": Stages(call=call, current="steps"),
        "decides": any(each.step.kind == StepKind.DECIDE for each in lines),
    }  # fmt: skip
    name = "_steps.html" if request.htmx else "steps.html"
    return render(request, f"incentives/calls/{name}", context)


@GET_OR_POST
def call_step_new(request: Request, call_id: int) -> HttpResponse:
    """Add a step, one's own or one of the scheme book (新增环节)."""
    call = led_draft(request, call_id)
    book, code = book_for(call.scheme), request.GET.get("code", "")
    suggested = next((each for each in book.steps if each.code == code), None)
    initial: dict[str, Any] = {"kind": StepKind.CHECK}
    kinds = [StepKind.CHECK]
    if call.scheme == "internship" and not call.steps.filter(kind=StepKind.CERTIFY).exists():
        kinds.append(StepKind.CERTIFY)
    if suggested is not None:
        office = suggested_offices(request.actor).get(suggested.function)
        initial, kinds = step_values(suggested, office=office), [suggested.kind]
    form = StepForm(
        request.POST or None, initial=initial, book=book, kinds=kinds,
        offices=offices_for(call.division_id), others=others_of(call, None),
    )  # fmt: skip
    return step_page(
        request, call, form, title="新增环节",
        send=lambda: add_step(
            call_id=call.pk, card=form.card(code=suggested.code if suggested else ""),
            beside_id=form.beside_id, actor=request.actor,
        ),
    )  # fmt: skip


def others_of(call: ClaimCall, step: CallStep | None) -> list[CallStep]:
    """The steps beside which another may run."""
    rows = call.steps.exclude(kind=StepKind.DECIDE).order_by("order", "pk")
    return [row for row in rows if step is None or row.pk != step.pk]


def step_page(
    request: Request, call: ClaimCall, form: StepForm, *, title: str, send: Any, lead: str = ""
) -> HttpResponse:
    page = page_words(
        title, "保存环节", back=steps_url(call), register=REGISTER,
        lead=lead or call.title, help="incentives/call_steps",
    )  # fmt: skip
    return answer_form(
        request, form=form, page=page, send=lambda given: send(), done="环节已保存。",
        then=steps_url(call),
    )  # fmt: skip


def step_of(call: ClaimCall, step_id: int) -> CallStep:
    return get_object_or_404(call.steps.select_related("office"), pk=step_id)


@GET_OR_POST
def call_step_edit(request: Request, call_id: int, step_id: int) -> HttpResponse:
    """Change one step (修改环节)."""
    call = led_draft(request, call_id)
    step = step_of(call, step_id)
    others = others_of(call, step)
    mate = next((row.pk for row in others if row.order == step.order), "")
    form = StepForm(
        request.POST or None, initial={**step_values(step, office=step.office_id), "beside": mate},
        book=book_for(call.scheme), kinds=[StepKind(step.kind)],
        offices=offices_for(call.division_id), others=others,
    )  # fmt: skip
    return step_page(
        request, call, form, title=f"修改环节：{step.title}", lead=step.basis,
        send=lambda: change_step(
            step_id=step.pk, card=form.card(), beside_id=form.beside_id, actor=request.actor
        ),
    )  # fmt: skip


@require_POST
def call_step_move(request: Request, call_id: int, step_id: int, way: str) -> HttpResponse:
    """One place earlier or later (上移、下移)."""
    call = led_draft(request, call_id)
    step = step_of(call, step_id)
    try:
        move_step(step_id=step.pk, up=way == "up", actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return steps_page(request, call) if request.htmx else redirect(steps_url(call))


@GET_OR_POST
def call_step_drop(request: Request, call_id: int, step_id: int) -> HttpResponse:
    """Do without a step; one of a provision only for a reason (取消环节)."""
    call = led_draft(request, call_id)
    step = step_of(call, step_id)
    lead = f"这个环节是规定的：{step.basis}" if step.basis else "规定没有要求这个环节，可以取消。"
    return answer_form(
        request,
        form=DropForm(request.POST or None, required=bool(step.basis)),
        page=page_words(
            f"取消环节：{step.title}", "取消环节", back=steps_url(call), register=REGISTER,
            lead=lead, help="incentives/call_steps",
        ),
        send=lambda given: drop_step(step_id=step.pk, actor=request.actor, **given),
        done="环节已取消。",
        then=steps_url(call),
    )  # fmt: skip


@GET_OR_POST
def call_step_leave(request: Request, call_id: int, left_out_id: int) -> HttpResponse:
    """Say why a step that has no office is not set (说明不设的原因)."""
    call = led_draft(request, call_id)
    row = get_object_or_404(call.left_out.all(), pk=left_out_id)
    return answer_form(
        request,
        form=DropForm(request.POST or None, required=True, initial={"reason": row.reason}),
        page=page_words(
            f"不设环节：{row.title}", "保存原因", back=steps_url(call), register=REGISTER,
            lead=row.basis or call.title, help="incentives/call_steps",
        ),
        send=lambda given: leave_out_step(left_out_id=row.pk, actor=request.actor, **given),
        done="已写明原因。",
        then=steps_url(call),
    )  # fmt: skip


@require_safe
def call_preview(request: Request, call_id: int) -> HttpResponse:
    """The call as units will see it, with what still keeps it from being issued (预览)."""
    call = led_draft(request, call_id)
    today = timezone.localdate()
    context = {
        **call_facts(call, on=today), "stages": Stages(call=call, current="preview"),
        "reason": reason_not_ready(call, on=today),
    }  # fmt: skip
    return render(request, "incentives/calls/preview.html", context)
