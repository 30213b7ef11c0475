"""Pages on which offices and schools answer claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.claims import (
    STEPS_DONE,
    ClaimScheme,
    ClaimState,
    StepState,
)
from silian.governance.incentives.commands.claim_decisions import (
    agree_to_claim,
    reject_claim,
    strike_items,
)
from silian.governance.incentives.commands.claim_risks import settle_risk
from silian.governance.incentives.commands.claim_steps import (
    agree_to_step,
    refuse_step,
    return_claim,
)
from silian.governance.incentives.forms.claim_review import (
    AgreeForm,
    ReasonForm,
    RiskForm,
    StrikeForm,
)
from silian.governance.incentives.models import ClaimRisk, ClaimStep
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    items_visible_to,
    may_open_claims,
    require_answering,
    require_clerk,
    require_reviewing,
    steps_visible_to,
)
from silian.governance.incentives.queries.claim_review import reviewed_steps

REVIEWS = ("补贴审核", "incentives:claim_review_list")
Answer = tuple[type[Any], Callable[..., Any], str, str]
ANSWERS: dict[str, Answer] = {
    "agree": (AgreeForm, agree_to_step, "同意", "已同意，转入下一环节。"),
    "refuse": (ReasonForm, refuse_step, "不同意", "已记录不同意，由审定部门处理。"),
    "return": (ReasonForm, return_claim, "退回补正", "已退回，申领单位会收到补正要求。"),
    "approve": (AgreeForm, agree_to_claim, "审定同意", "已审定，可以公示。"),
    "reject": (ReasonForm, reject_claim, "不予支持", "已作出决定，申领单位可以申请复核。"),
}
STATES = {"open": (StepState.OPEN,), "done": (*STEPS_DONE, StepState.RETURNED, StepState.REFUSED)}


@require_safe
def claim_review_list(request: Request) -> HttpResponseBase:
    """Steps of one's office or school: open ones first (补贴审核)."""
    require_reviewing(request.actor)
    rows = reviewed_steps(request.actor)
    chosen = request.GET.getlist("scheme")
    shown = request.GET.get("shown", "open")
    if chosen:
        rows = rows.filter(claim__call__scheme__in=chosen)
    rows = rows.filter(state__in=STATES.get(shown, STATES["open"]))
    if shown != "done":
        rows = rows.filter(claim__state=ClaimState.REVIEW)
    table = review_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    bar = FilterBar(
        request=request,
        facets=[
            facet(
                request=request, name="shown", label="状态",
                choices=(("open", "待办"), ("done", "已办")),
            ),
            facet(request=request, name="scheme", label="补贴", choices=ClaimScheme.choices),
        ],
    )  # fmt: skip
    name = "_reviews.html" if request.htmx else "reviews.html"
    context = {"table": table, "bar": bar}
    return render(request, f"incentives/claim_review/{name}", context)


def money_columns(request: Request) -> list[Column]:
    """What a claim comes to, for offices; a school that checks students reads no money."""
    if not may_open_claims(request.actor):
        return []
    return [Column("amount", "测算金额", value="claim__planned", numeric=True, unit="元")]


def review_table(request: Request, rows: Any) -> Table:
    return Table(
        request=request,
        name="claim_reviews",
        rows=rows,
        caption="补贴审核环节",
        columns=[
            Column("claim", "申领单位", value="claim__organisation__name", main=True),
            Column("number", "编号", value="claim__number"),
            Column("call", "申领通知", value="claim__call__title"),
            Column("title", "环节"),
            Column("heads", "人数", numeric=True, unit="人"),
            *money_columns(request),
            Column("due_on", "办理期限", sort="due_on"),
            Column(
                "state", "状态", value="get_state_display",
                template="incentives/claim_review/_cell_step.html",
            ),
        ],
        order="due_on",
        row_url=lambda row: row.claim.get_absolute_url(),
        empty={"title": "没有待办的补贴审核", "why": "企业提交申领后，会按顺序转到贵单位。"},
    )  # fmt: skip


def own_step(request: Request, step_id: int) -> ClaimStep:
    rows = steps_visible_to(request.actor).select_related(
        "office", "claim__organisation", "claim__call"
    )
    step = get_object_or_404(rows, pk=step_id)
    require_answering(request.actor, step)
    return step


@require_http_methods(["GET", "HEAD", "POST"])
def claim_step_answer(request: Request, step_id: int, name: str) -> HttpResponse:
    """Agree, disagree, send back, approve or reject (办理审核环节)."""
    step = own_step(request, step_id)
    shape, command, title, done = ANSWERS[name]
    form = shape(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(title, title, back=step.claim, register=REVIEWS, lead=lead_of(step)),
        send=lambda said: command(step_id=step.pk, actor=request.actor, now=timezone.now(), **said),
        done=done,
        then=step.claim,
    )


def lead_of(step: ClaimStep) -> str:
    return f"{step.claim}，{step.claim.call.title}，{step.title}"


@require_http_methods(["GET", "HEAD", "POST"])
def claim_items_strike(request: Request, step_id: int) -> HttpResponse:
    """Take people out of a claim (剔除明细)."""
    step = own_step(request, step_id)
    rows = items_visible_to(request.actor, step.claim).filter(counts=True)
    form = StrikeForm(request.POST or None, items=rows)
    return answer_form(
        request,
        form=form,
        page=page_words("剔除明细", "剔除", back=step.claim, register=REVIEWS, lead=lead_of(step)),
        send=lambda said: strike_items(
            step_id=step.pk,
            item_ids=[item.pk for item in said["items"]],
            reason=said["reason"],
            actor=request.actor,
        ),
        done="已剔除，金额已重新合计。",
        then=step.claim,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_risk_settle(request: Request, risk_id: int) -> HttpResponse:
    """Say what was found out about a signal (核实风险提示)."""
    require_clerk(request.actor)
    rows = ClaimRisk.objects.filter(claim__in=claims_visible_to(request.actor).values("pk"))
    risk = get_object_or_404(rows.select_related("claim__organisation"), pk=risk_id)
    form = RiskForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "核实风险提示", "记下结论", back=risk.claim, register=REVIEWS,
            lead=f"{risk.get_kind_display()}：{risk.detail}",
        ),
        send=lambda said: settle_risk(
            risk_id=risk.pk,
            confirmed=said["outcome"] == "confirmed",
            finding=said["finding"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已记下核实结论。",
        then=risk.claim,
    )  # fmt: skip
