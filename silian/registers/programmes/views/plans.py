"""Training plans: one version, its head, its steps, its differences (人才培养方案)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import PlanState
from silian.registers.programmes.commands import plans as commands
from silian.registers.programmes.forms.plans import PlanAnswerForm, PlanForm
from silian.registers.programmes.forms.programmes import ReasonForm
from silian.registers.programmes.models.plans import TrainingPlan
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import is_enterprise_staff, may_manage
from silian.registers.programmes.queries import plans as queries
from silian.registers.programmes.rules.hours import hours_of
from silian.registers.programmes.rules.periods import school_year
from silian.registers.programmes.views.pages import (
    own_plan,
    own_programme,
    plan_crumbs,
    programme_crumbs,
    visible_plan,
)


@require_safe
def plan_detail(request: Request, plan_id: int) -> HttpResponse:
    """One version: hours, findings, courses, co-authors, steps (人才培养方案)."""
    plan = visible_plan(request, plan_id)
    courses = queries.courses_of(plan)
    today = timezone.localdate()
    context = {
        "plan": plan,
        "courses": courses,
        "hours": hours_of(courses),
        "standing": queries.standing_of_plan(plan, courses=courses, on=today),
        "findings": queries.findings_of(plan, courses=courses, on=today),
        "authors": plan.authors.select_related("enterprise", "decided_by"),
        "standards": [(row, row.is_current(on=today)) for row in cited(plan)],
        "others": [row for row in siblings(plan) if row.pk != plan.pk],
        **rights(request, plan),
    }
    return render(request, "programmes/plan.html", context)


def cited(plan: TrainingPlan) -> Any:
    return plan.standards.select_related("standard")


def siblings(plan: TrainingPlan) -> Any:
    return plan.programme.plans.filter(
        state__in=[PlanState.APPROVED, PlanState.SUPERSEDED]
    ).order_by("-version")


def rights(request: Request, plan: TrainingPlan) -> dict[str, bool]:
    """What the reader may do with the version as it stands."""
    manages = may_manage(request.actor, plan.programme)
    submitted = plan.state == PlanState.SUBMITTED
    asked = submitted and is_enterprise_staff(request.actor)
    mine = plan.authors.filter(enterprise_id=request.actor.organisation_id or 0)
    return {
        "manages": manages,
        "edits": manages and plan.state == PlanState.DRAFT,
        "decides": manages and submitted,
        "answers": asked and mine.exists(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Request, programme_id: int) -> HttpResponse:
    """Begin a version, from the newest approved one when there is one (起草方案)."""
    programme = own_programme(request, programme_id)
    last = programme.plans.filter(state=PlanState.APPROVED).order_by("-version").first()
    today = timezone.localdate()
    initial = PlanForm.initial_of(last) if last else {}
    initial |= {"cohort_from": school_year(today), "cohort_until": None}
    form = PlanForm(*given(request), on=today, initial=initial)
    lead = f"第 {last.version} 版的课程会一并带入，可再修改。" if last else ""
    return answer_form(
        request,
        form=form,
        page=plan_page(programme, title="起草人才培养方案", lead=lead),
        done="已建立草稿。请填写或导入课程表。",
        send=lambda data: commands.draft_plan(
            programme_id=programme.pk,
            actor=request.actor,
            facts=form.facts(),
            based_on_id=last.pk if last else None,
        ),
    )


def plan_page(programme: Programme, *, title: str, lead: str = "", back: str = "") -> FormPage:
    return FormPage(
        title=title,
        button="保存",
        back=back or programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        lead=lead,
        help="programmes/plan_form",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: Request, plan_id: int) -> HttpResponse:
    """Change the head of a draft (修改方案概要)."""
    plan = own_plan(request, plan_id)
    form = PlanForm(*given(request), on=timezone.localdate(), initial=PlanForm.initial_of(plan))
    page = plan_page(plan.programme, title="修改方案概要", back=plan.get_absolute_url())
    return answer_form(
        request,
        form=form,
        page=page,
        done="已保存。",
        send=lambda data: commands.revise_plan(
            plan_id=plan.pk, actor=request.actor, facts=form.facts()
        ),
    )


@require_POST
def plan_submit(request: Request, plan_id: int) -> HttpResponse:
    """Ask co-authors and school (提交审定)."""
    plan = own_plan(request, plan_id)
    commands.submit_plan(plan_id=plan.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已提交。共同编制的企业同意后，由贵校管理员审定。")
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_send_back(request: Request, plan_id: int) -> HttpResponse:
    """Open a submitted version again (退回修改)."""
    plan = own_plan(request, plan_id)
    page = FormPage(
        title="退回修改",
        button="退回",
        back=plan.get_absolute_url(),
        crumbs=plan_crumbs(plan),
        lead="退回后可以修改；重新提交时会再次征求企业意见。",
    )
    return answer_form(
        request,
        form=ReasonForm(*given(request)),
        page=page,
        done="已退回修改。",
        send=lambda data: commands.send_plan_back(plan_id=plan.pk, actor=request.actor, **data),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_answer(request: Request, plan_id: int) -> HttpResponse:
    """A co-authoring enterprise agrees or not (企业答复)."""
    plan = visible_plan(request, plan_id)
    page = FormPage(
        title="答复人才培养方案",
        button="提交意见",
        back=plan.get_absolute_url(),
        crumbs=plan_crumbs(plan),
        lead=f"{plan.programme.school.display_name}请贵单位确认共同编制的内容。",
    )
    return answer_form(
        request,
        form=PlanAnswerForm(*given(request)),
        page=page,
        done="已提交意见。",
        then=plan.get_absolute_url(),
        send=lambda data: commands.answer_plan(
            plan_id=plan.pk, actor=request.actor, now=timezone.now(), **data
        ),
    )


@require_POST
def plan_approve(request: Request, plan_id: int) -> HttpResponse:
    """The school approves (审定)."""
    plan = own_plan(request, plan_id)
    commands.approve_plan(plan_id=plan.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已审定。方案成为现行版本，内容固定。")
    return redirect(plan)


@require_POST
def plan_delete(request: Request, plan_id: int) -> HttpResponse:
    """Drop a draft (删除草稿)."""
    plan = own_plan(request, plan_id)
    commands.delete_draft(plan_id=plan.pk, actor=request.actor)
    messages.success(request, "草稿已删除。")
    return redirect(plan.programme)


@require_safe
def plan_difference(request: Request, plan_id: int, before_id: int) -> HttpResponse:
    """What this version changes against another of the same programme (版本差异)."""
    plan, before = visible_plan(request, plan_id), visible_plan(request, before_id)
    if plan.programme_id != before.programme_id:
        raise Http404("两个版本不属于同一个专业点。")
    context = {
        "plan": plan,
        "before": before,
        "differences": queries.differences(before=before, after=plan),
        "hours": hours_of(queries.courses_of(plan)),
        "hours_before": hours_of(queries.courses_of(before)),
    }
    return render(request, "programmes/plan_difference.html", context)
