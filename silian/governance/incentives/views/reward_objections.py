"""Objections to lists of rewards: raised and looked up by anybody, handled by officials."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_refused, page_words, status_of
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.commands import reward_objections as commands
from silian.governance.incentives.forms.reward_money import (
    ObjectionCodeForm,
    RewardAnswerForm,
    RewardObjectionForm,
)
from silian.governance.incentives.models import RewardObjection
from silian.governance.incentives.permissions.reward_money import (
    objections_visible_to,
    require_handler,
    took_part,
)
from silian.governance.incentives.queries.reward_waiting import objection_of_code
from silian.governance.incentives.queries.rewards import objectable, public_register
from silian.governance.incentives.views.rewards import REGISTER

FOLDER = "incentives/rewards"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("incentives.reward_objections", times=10, seconds=3600, methods="POST")
def objection_new(request: Request, decision_id: int) -> HttpResponse:
    """Object to a list on notice, without an account; the code is shown once (提出异议)."""
    decision = get_object_or_404(public_register(), pk=decision_id)
    listed = decision.listed.filter(chosen=True).order_by("order")
    start = {"candidate": request.GET.get("unit", "")[:12]}
    form = RewardObjectionForm(request.POST or None, listed=listed, initial=start)
    code = done_or_refused(
        form,
        lambda: commands.raise_reward_objection(
            decision_id=decision.pk,
            candidate_id=getattr(form.cleaned_data["candidate"], "pk", None),
            text=form.cleaned_data["text"],
            objector=form.objector(),
            now=timezone.now(),
        ),
    )
    context = {"decision": decision, "form": form, "code": code}
    context["open"] = objectable(decision, on=timezone.localdate())
    name = "objection_receipt" if code else "objection_new"
    return render(request, f"{FOLDER}/{name}.html", context, status=status_of(form))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("incentives.reward_objection_codes", times=30, seconds=3600, methods="POST")
def objection_lookup(request: Request) -> HttpResponse:
    """Read the answer by code (查询异议答复)."""
    form, found = ObjectionCodeForm(request.POST or None), None
    if form.is_valid():
        found = objection_of_code(form.cleaned_data["code"])
        if found is None:
            form.add_error("code", "没有这个查询码。请对照回执核对，共 12 位。")
    context = {"form": form, "objection": found}
    return render(request, f"{FOLDER}/objection_lookup.html", context, status=status_of(form))


def visible_objection(request: Request, objection_id: int) -> RewardObjection:
    rows = objections_visible_to(request.actor).select_related(
        "decision__office", "candidate", "taken_by", "answered_by"
    )
    return get_object_or_404(rows, pk=objection_id)


@require_safe
def objection_detail(request: Request, objection_id: int) -> HttpResponse:
    """One objection for those who may handle it (异议)."""
    return shown(request, visible_objection(request, objection_id))


def shown(request: Request, row: RewardObjection, *, contact: object = None) -> HttpResponse:
    is_open = row.state == ObjectionState.OPEN
    part = RewardObjection.objects.filter(took_part(request.actor), pk=row.pk).exists()
    context = {
        "objection": row,
        "decision": row.decision,
        "contact": contact,
        "took_part": part,
        "takes": is_open and row.taken_by_id is None and not part,
        "own": row.taken_by_id is not None and row.taken_by_id == request.actor.user_id,
        "is_open": is_open,
    }
    return render(request, f"{FOLDER}/objection.html", context)


@never_cache
@require_POST
def objection_step(request: Request, objection_id: int, name: str) -> HttpResponse:
    """Take an objection, or read who raised it, on the record (承办、查看联系方式)."""
    row = visible_objection(request, objection_id)
    if name == "contact":
        return shown(
            request, row, contact=commands.read_objector(objection_id=row.pk, actor=request.actor)
        )
    commands.take_reward_objection(objection_id=row.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "这条异议由您核查。")
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_answer(request: Request, objection_id: int) -> HttpResponse:
    """Answer, and say what follows for the list (答复异议)."""
    row = visible_objection(request, objection_id)
    require_handler(request.actor, row)
    return answer_form(
        request,
        form=RewardAnswerForm(request.POST or None),
        page=page_words(
            "答复异议", "答复", back=row, register=REGISTER,
            lead=f"{row.about}，{row.decision.title}", help="incentives/reward_objection",
        ),
        send=lambda said: commands.answer_reward_objection(
            objection_id=row.pk, upheld=said["outcome"] == "upheld", effect=said["effect"],
            answer=said["answer"], actor=request.actor, now=timezone.now(),
        ),
        done="已答复，异议人凭查询码查看。",
        then=row,
    )  # fmt: skip
