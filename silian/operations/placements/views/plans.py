"""Internship plans: the list, one plan, its form, sending, answering, signing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.commands.plan_answers import answer_plan
from silian.operations.placements.commands.plans import (
    draft_plan,
    drop_host,
    edit_plan,
    reopen_plan,
    send_plan,
    sign_plan,
    withdraw_plan,
)
from silian.operations.placements.forms.plans import PlanAnswerForm, PlanForm, PlanHostsForm
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.permissions.hosts import (
    hosts_kept_by,
    is_host_insider,
    is_school_insider,
)
from silian.operations.placements.permissions.internships import is_official
from silian.operations.placements.permissions.plans import (
    answers_given_by,
    may_write_plans,
    plans_kept_by,
    plans_visible_to,
    require_plan_writer,
)
from silian.operations.placements.queries.plans import (
    answers_of,
    cohorts_to_choose,
    plan_findings,
    plans_for_list,
)
from silian.operations.placements.workflow.plan import plan as steps


@require_safe
def plan_list(request: Request) -> HttpResponseBase:
    """The plans of the school, or those a host is asked about."""
    actor = request.actor
    if not (is_school_insider(actor) or is_host_insider(actor) or is_official(actor)):
        raise NotAllowed("实习方案由学校、实习单位和主管部门查看。")
    visible = plans_visible_to(actor)
    bar = FilterBar(
        request=request,
        placeholder="方案名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=PlanState.choices),
            facet(request=request, name="kind", label="形式", choices=InternshipKind.choices),
        ],
    )
    rows = visible.filter(title__icontains=bar.text) if bar.text else visible
    for name in ("state", "kind"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    table = plan_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "writes": may_write_plans(actor),
        "approved": visible.filter(state=PlanState.APPROVED).count(),
        "sent": visible.filter(state=PlanState.SENT).count(),
    }
    template = "placements/plans/_list.html" if request.htmx else "placements/plans/list.html"
    return render(request, template, context)


def plan_table(request: Request, rows: QuerySet[InternshipPlan]) -> Table:
    return Table(
        request=request,
        name="internship_plans",
        rows=plans_for_list(rows),
        caption="实习方案",
        columns=[
            Column("title", "方案", sort="title", main=True),
            Column("school", "学校", "school__name", optional=may_write_plans(request.actor)),
            Column("state", "状态", lambda row: row.get_state_display(), sort="state",
                   template="placements/plans/_cell_state.html"),
            Column("answers", "单位确认", lambda row: f"{row.confirmed_count} / {row.asked_count}"),
            Column("students", "学生", "student_count", sort="student_count", numeric=True,
                   unit="人"),
            Column("starts_on", "起始日", sort="starts_on"),
            Column("ends_on", "终止日", sort="ends_on"),
            Column("credits", "学分", sort="credits", numeric=True, optional=True),
        ],
        order="-starts_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有符合条件的方案", "why": "学校起草后发给实习单位确认。"},
    )  # fmt: skip


@require_safe
def plan_detail(request: Request, plan_id: int) -> HttpResponse:
    """One plan: content, what stands against it, who agreed, the reader's step."""
    rows = plans_for_list(plans_visible_to(request.actor))
    return plan_page(request, get_object_or_404(rows, pk=plan_id))


def plan_page(
    request: Request, plan: InternshipPlan, *, refused: DomainError | None = None
) -> HttpResponse:
    actor = request.actor
    keeps = plans_kept_by(actor).filter(pk=plan.pk).exists()
    own = answers_given_by(actor).filter(plan=plan).first()
    answers = answers_of(plan)
    if is_host_insider(actor):
        answers = [each for each in answers if each.host.organisation_id == actor.organisation_id]
    context = {
        "plan": plan,
        "keeps": keeps,
        "answers": answers,
        "waits": any(each.state == AnswerState.WAITING for each in answers),
        "owes": own is not None and own.state == AnswerState.WAITING,
        "findings": plan_findings(plan, on=timezone.localdate()) if keeps else [],
        "steps": {step.name for step in steps.steps_from(PlanState(plan.state))} if keeps else (),
        "entries": history_of(plan) if keeps else [],
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "placements/plans/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Request) -> HttpResponse:
    """Draft a plan (起草方案)."""
    school_id = require_plan_writer(request.actor)
    data, _ = given(request)
    form = PlanForm(data, cohorts=cohorts_to_choose(school_id=school_id))

    def send(typed: dict[str, Any]) -> str:
        plan = draft_plan(cohort_id=typed["cohort"], content=form.content(), actor=request.actor)
        return plan.get_absolute_url()

    return answer_form(
        request,
        form=form,
        page=plan_form_page("起草实习方案", back=reverse("placements:plan_list")),
        send=send,
        done="已存为草稿，核对后发给实习单位确认。",
    )


def plan_form_page(title: str, *, back: str) -> FormPage:
    return FormPage(
        title=title,
        button="保存",
        back=back,
        lead="目标、任务、标准、考核由学校和实习单位共同制定",
        help="placements/plan_form",
        crumbs=[("实习方案", reverse("placements:plan_list"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: Request, plan_id: int) -> HttpResponse:
    """Change a draft (修改方案)."""
    plan = get_object_or_404(plans_kept_by(request.actor), pk=plan_id)
    data, _ = given(request)
    form = PlanForm(
        data,
        initial=PlanForm.initial_from(plan),
        cohorts=cohorts_to_choose(school_id=plan.school_id),
    )
    return answer_form(
        request,
        form=form,
        page=plan_form_page("修改实习方案", back=plan.get_absolute_url()),
        send=lambda typed: edit_plan(plan_id=plan.pk, content=form.content(), actor=request.actor),
        done="已保存。",
        then=plan.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_send(request: Request, plan_id: int) -> HttpResponse:
    """Ask hosts for their agreement (发给实习单位)."""
    plan = get_object_or_404(plans_kept_by(request.actor), pk=plan_id)
    asked = set(plan.answers.values_list("host_id", flat=True))
    hosts = hosts_kept_by(request.actor).filter(state=HostState.PUBLISHED).exclude(pk__in=asked)
    shown = [
        (host.pk, host.organisation.name)
        for host in hosts.select_related("organisation").order_by("organisation__name")
    ]
    data, _ = given(request)
    return answer_form(
        request,
        form=PlanHostsForm(data, hosts=shown),
        page=FormPage(
            title="发给实习单位确认",
            button="发送",
            back=plan.get_absolute_url(),
            lead=plan.title,
            crumbs=[("实习方案", reverse("placements:plan_list"))],
        ),
        send=lambda typed: send_plan(plan_id=plan.pk, host_ids=typed["hosts"], actor=request.actor),
        done="已发送，单位确认后由学校签署。",
        then=plan.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_answer(request: Request, plan_id: int) -> HttpResponse:
    """Agree to a plan for the host, or say why not (确认方案)."""
    answer = get_object_or_404(
        answers_given_by(request.actor).select_related("plan"), plan_id=plan_id
    )
    data, _ = given(request)
    return answer_form(
        request,
        form=PlanAnswerForm(data),
        page=FormPage(
            title="确认实习方案",
            button="提交意见",
            back=answer.plan.get_absolute_url(),
            lead=f"{answer.plan.title}　不同意时学校修改后再发",
            crumbs=[("实习方案", reverse("placements:plan_list"))],
        ),
        send=lambda typed: answer_plan(
            plan_id=plan_id, actor=request.actor, now=timezone.localtime(), **typed
        ),
        done="已提交意见，学校会看到。",
        then=answer.plan.get_absolute_url(),
    )


STEPS: dict[str, tuple[Any, str]] = {
    "sign": (
        lambda **given: sign_plan(now=timezone.localtime(), **given),
        "已签署，可以按这份方案安排学生。",
    ),
    "reopen": (reopen_plan, "已退回修改，改好后重新发送。"),
    "withdraw": (withdraw_plan, "已撤回方案。"),
}


@require_POST
def plan_step(request: Request, plan_id: int, name: str) -> HttpResponse:
    """Sign, reopen or withdraw a plan (签署、退回修改、撤回)."""
    rows = plans_for_list(plans_visible_to(request.actor))
    plan = get_object_or_404(rows, pk=plan_id)
    if name not in STEPS:
        raise Http404
    command, done = STEPS[name]
    try:
        command(plan_id=plan.pk, actor=request.actor)
    except DomainError as refusal:
        return plan_page(request, plan, refused=refusal)
    messages.success(request, done)
    return redirect(plan.get_absolute_url())


@require_POST
def plan_drop_host(request: Request, plan_id: int, host_id: int) -> HttpResponse:
    """Take one host out of a plan (撤下单位)."""
    rows = plans_for_list(plans_visible_to(request.actor))
    plan = get_object_or_404(rows, pk=plan_id)
    try:
        drop_host(plan_id=plan.pk, host_id=host_id, actor=request.actor)
    except DomainError as refusal:
        return plan_page(request, plan, refused=refusal)
    return redirect(plan.get_absolute_url())
