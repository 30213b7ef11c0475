"""Pages of a school's distribution plan: versions, notice, objections and answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.income import PlanState
from silian.governance.incentives.commands.distribution import (
    answer_objection,
    change_plan,
    draft_plan,
    notice_plan,
    object_to_plan,
    step_plan,
)
from silian.governance.incentives.forms.income import (
    AnswerForm,
    NoticeForm,
    ObjectionForm,
    PlanForm,
)
from silian.governance.incentives.gateways.income import notice_days
from silian.governance.incentives.models.distribution import DistributionPlan, PlanObjection
from silian.governance.incentives.permissions.income import (
    plans_visible_to,
    registers_income,
    require_plan_reader,
    require_registrar,
)

PARTS = "incentives/income/"
PLANS = ("分配方案", "incentives:distribution_plans")


@require_safe
def plan_list(request: Request) -> HttpResponseBase:
    """The school's plans (分配方案)."""
    require_plan_reader(request.actor)
    table = Table(
        request=request,
        name="distribution_plans",
        rows=plans_visible_to(request.actor),
        caption="分配方案",
        columns=[
            Column("title", "方案", main=True),
            Column("version", "版本", lambda row: f"第 {row.version} 版", sort="version"),
            Column("notice_ends_on", "公示止", sort="notice_ends_on"),
            Column("in_force_on", "施行日", sort="in_force_on"),
            Column("state", "状态", template=f"{PARTS}_cell_state.html", sort="state",
                   export=lambda row: row.get_state_display()),
        ],
        order="-version",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有分配方案", "why": "学校自主制定，校内公示后施行。"},
    )  # fmt: skip
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "registers": registers_income(request.actor)}
    return render(request, f"{PARTS}plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Request) -> HttpResponse:
    """Begin a version (起草)."""
    actor = request.actor
    require_registrar(actor)
    former = plans_visible_to(actor).filter(state=PlanState.IN_FORCE).first()
    start = {"title": former.title, "text": former.text} if former else {}
    form = PlanForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("起草分配方案", "保存", back=PLANS[1], register=PLANS),
        send=lambda said: draft_plan(actor=actor, **said),
        done="已保存，请在校内公示。",
    )


def visible_plan(request: Request, plan_id: int) -> DistributionPlan:
    rows = plans_visible_to(request.actor).select_related("school", "drafted_by")
    return get_object_or_404(rows, pk=plan_id)


@require_safe
def plan_detail(request: Request, plan_id: int) -> HttpResponse:
    """One version: its text, its notice, what was said and answered (分配方案)."""
    plan, today = visible_plan(request, plan_id), timezone.localdate()
    registers = registers_income(request.actor)
    shown = plan.state == PlanState.NOTICED and plan.notice_ends_on is not None
    objections = plan.objections.select_related("raised_by", "answered_by")
    if not registers:
        objections = objections.filter(raised_by_id=request.actor.user_id)
    context = {
        "plan": plan, "objections": objections, "registers": registers,
        "may_object": shown and plan.notice_ends_on is not None and today <= plan.notice_ends_on,
        "is_over": shown and plan.notice_ends_on is not None and today > plan.notice_ends_on,
    }  # fmt: skip
    return render(request, f"{PARTS}plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: Request, plan_id: int) -> HttpResponse:
    """Change a draft (修改)."""
    plan, actor = visible_plan(request, plan_id), request.actor
    require_registrar(actor)
    form = PlanForm(request.POST or None, initial={"title": plan.title, "text": plan.text})
    return answer_form(
        request,
        form=form,
        page=page_words("修改分配方案", "保存", back=plan, register=PLANS),
        send=lambda said: change_plan(plan_id=plan.pk, actor=actor, **said),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_notice(request: Request, plan_id: int) -> HttpResponse:
    """Show it inside the school (校内公示)."""
    plan, actor, today = visible_plan(request, plan_id), request.actor, timezone.localdate()
    require_registrar(actor)
    least = notice_days(division=plan.school.division_id, on=today)
    known = f"本地区规定不少于 {least.value:f} 日（{least.source}）" if least.value else ""
    form = NoticeForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "校内公示", "开始公示", back=plan, register=PLANS,
            lead=known or "公示天数：本地区未设定，由学校按本校制度填写",
        ),
        send=lambda said: notice_plan(plan_id=plan.pk, actor=actor, today=today, **said),
        done="已开始公示，本校人员可以提意见。",
        then=plan,
    )  # fmt: skip


@require_POST
def plan_step(request: Request, plan_id: int, name: str) -> HttpResponse:
    """Bring into force, or take down (施行、撤下)."""
    plan = visible_plan(request, plan_id)
    require_registrar(request.actor)
    return done_or_said(
        request,
        lambda: step_plan(
            plan_id=plan.pk, step=name, actor=request.actor, today=timezone.localdate()
        ),
        done="方案已施行。" if name == "adopt" else "方案已撤下，请另立一版。",
        then=plan,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_object(request: Request, plan_id: int) -> HttpResponse:
    """Say something against the plan (提意见)."""
    plan, actor = visible_plan(request, plan_id), request.actor
    form = ObjectionForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("对方案提意见", "提交", back=plan, register=PLANS, lead=str(plan)),
        send=lambda said: object_to_plan(
            plan_id=plan.pk, actor=actor, now=timezone.now(), today=timezone.localdate(), **said
        ),
        done="意见已提交，学校会逐条答复。",
        then=plan,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def objection_answer(request: Request, objection_id: int) -> HttpResponse:
    """Answer (答复)."""
    actor = request.actor
    rows = PlanObjection.objects.filter(plan__in=plans_visible_to(actor)).select_related("plan")
    objection = get_object_or_404(rows, pk=objection_id)
    require_registrar(actor)
    form = AnswerForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "答复意见", "答复", back=objection.plan, register=PLANS, lead=objection.text[:120]
        ),
        send=lambda said: answer_objection(
            objection_id=objection.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已答复。",
        then=objection.plan,
    )
