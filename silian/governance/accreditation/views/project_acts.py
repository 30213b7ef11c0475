"""What the owner and the leading department do to a project."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given
from silian.governance.accreditation.choices.projects import FundSource
from silian.governance.accreditation.commands import (
    project_funds,
    project_progress,
    project_steps,
    projects,
)
from silian.governance.accreditation.forms import projects as shapes
from silian.governance.accreditation.models.project_money import FundEntry, FundPlan
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.permissions.projects import (
    findings_visible_to,
    may_decide,
    may_record_funds,
    may_run_project,
    milestones_visible_to,
    projects_visible_to,
    require_decider,
    require_owner,
    steps_visible_to,
)
from silian.governance.accreditation.views.acts import Act, act_named, answer_act

ROOT = ("工程项目", "accreditation:project_list")
GET_OR_POST = ("GET", "HEAD", "POST")


def owned(request: Request, project: IntegrationProject) -> None:
    require_owner(request.actor, project)


def led(request: Request, project: IntegrationProject) -> None:
    require_decider(request.actor, project)


def of_project(check: Any) -> Any:
    return lambda request, row: check(request, row.project)


def money_kept(request: Request, project: IntegrationProject) -> None:
    if not may_record_funds(request.actor, project):
        raise NotAllowed("资金由牵头部门或申报单位登记。")


def planned_of(project: IntegrationProject) -> dict[str, Any]:
    return dict(FundPlan.objects.filter(project=project).values_list("source", "amount"))


def sources_for(request: Request, project: IntegrationProject) -> list[tuple[str, str]]:
    """The sources that the actor may enter."""
    return [
        (source.value, source.label)
        for source in FundSource
        if may_record_funds(request.actor, project, source=source.value)
    ]


def uploads(request: Request) -> list[Any]:
    return request.FILES.getlist("file")


def plan_form(request: Request, project: IntegrationProject) -> Any:
    return shapes.FundPlanForm(*given(request), planned=planned_of(project))


def step_form(request: Request, project: IntegrationProject) -> Any:
    return shapes.StepForm(*given(request), demand=project_steps.demand_after(project))


PROJECT_ACTS: dict[str, Act] = {
    "propose": Act(
        title="申请进入下一环节",
        button="提交审定",
        done="已提交，由牵头部门审定，结果会通知您。",
        require=owned,
        form=step_form,
        send=lambda request, project, form: project_steps.propose_step(
            project_id=project.pk, statement=form.cleaned_data["statement"],
            checks=form.checks(), files=uploads(request), actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
    "plan": Act(
        title="资金筹措计划",
        button="保存计划",
        done="计划已保存。",
        require=lambda request, project: None
        if may_run_project(request.actor, project) or may_decide(request.actor, project)
        else owned(request, project),
        form=plan_form,
        send=lambda request, project, form: project_funds.plan_funds(
            project_id=project.pk, amounts=form.amounts(), actor=request.actor
        ),
        lead=lambda project: f"{project}，总投资 {project.total:,.2f} 元",
    ),
    "fund": Act(
        title="登记资金",
        button="登记",
        done="资金已登记。",
        require=money_kept,
        form=lambda request, project: shapes.FundEntryForm(
            *given(request), sources=sources_for(request, project),
            initial={"on": timezone.localdate()},
        ),
        send=lambda request, project, form: project_funds.record_fund(
            project_id=project.pk, movement=form.movement(), actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
    "milestone": Act(
        title="添加节点",
        button="添加",
        done="节点已添加。",
        require=owned,
        form=lambda request, project: shapes.MilestoneForm(*given(request)),
        send=lambda request, project, form: project_progress.add_milestone(
            project_id=project.pk, actor=request.actor, **form.cleaned_data
        ),
    ),
    "investment": Act(
        title="登记投资进度",
        button="登记",
        done="投资进度已登记。",
        require=owned,
        form=lambda request, project: shapes.InvestmentForm(
            *given(request), initial={"month": shapes.last_month(timezone.localdate())}
        ),
        send=lambda request, project, form: project_progress.report_investment(
            project_id=project.pk, files=uploads(request), actor=request.actor,
            now=timezone.localtime(),
            **form.report(),
        ),
        lead=lambda project: f"{project}，总投资 {project.total:,.2f} 元",
    ),
    "photo": Act(
        title="上传现场照片",
        button="上传",
        done="照片已上传。",
        require=owned,
        form=lambda request, project: shapes.PhotoForm(
            *given(request), initial={"taken_on": timezone.localdate()}
        ),
        send=lambda request, project, form: project_progress.add_photo(
            project_id=project.pk, upload=form.cleaned_data["file"],
            taken_on=form.cleaned_data["taken_on"], place=form.cleaned_data["place"],
            caption=form.cleaned_data["caption"], actor=request.actor,
            today=timezone.localdate(),
        ),
    ),
    "finding": Act(
        title="登记验收问题",
        button="登记",
        done="问题已登记，申报单位会收到待办。",
        require=led,
        form=lambda request, project: shapes.FindingForm(*given(request)),
        send=lambda request, project, form: project_progress.note_finding(
            project_id=project.pk, actor=request.actor, now=timezone.localtime(),
            **form.cleaned_data,
        ),
    ),
    "stop": Act(
        title="终止项目",
        button="终止",
        done="项目已终止，记录保留。",
        require=led,
        form=lambda request, project: shapes.ReasonForm(*given(request)),
        send=lambda request, project, form: projects.stop_project(
            project_id=project.pk, reason=form.cleaned_data["reason"], actor=request.actor,
            today=timezone.localdate(),
        ),
    ),
    "recognition": Act(
        title="关联认定",
        button="保存",
        done="已保存。",
        require=led,
        form=lambda request, project: shapes.RecognitionForm(
            *given(request), initial={"reference": project.recognition}
        ),
        send=lambda request, project, form: projects.link_recognition(
            project_id=project.pk, reference=form.cleaned_data["reference"], actor=request.actor
        ),
    ),
}  # fmt: skip
STEP_ACTS: dict[str, Act] = {
    "agree": Act(
        title="同意进入下一环节",
        button="同意",
        done="已同意，项目进入下一环节。",
        require=of_project(led),
        form=lambda request, step: shapes.AgreeForm(*given(request), stage=step.stage),
        send=lambda request, step, form: project_steps.agree_step(
            step_id=step.pk, decision=form.decision(), actor=request.actor,
            now=timezone.localtime(), today=timezone.localdate(),
        ),
    ),
    "return": Act(
        title="退回申请",
        button="退回",
        done="已退回并告知申报单位。",
        require=of_project(led),
        form=lambda request, step: shapes.ReturnForm(*given(request)),
        send=lambda request, step, form: project_steps.return_step(
            step_id=step.pk, opinion=form.cleaned_data["opinion"], actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
}  # fmt: skip
MILESTONE_ACTS: dict[str, Act] = {
    "done": Act(
        title="登记节点完成",
        button="登记",
        done="节点已完成。",
        require=of_project(owned),
        form=lambda request, row: shapes.DoneForm(
            *given(request), initial={"done_on": timezone.localdate()}
        ),
        send=lambda request, row, form: project_progress.finish_milestone(
            milestone_id=row.pk, done_on=form.cleaned_data["done_on"], actor=request.actor,
            today=timezone.localdate(),
        ),
    ),
    "delay": Act(
        title="登记节点滞后",
        button="登记",
        done="滞后原因已登记。",
        require=of_project(owned),
        form=lambda request, row: shapes.DelayForm(*given(request)),
        send=lambda request, row, form: project_progress.delay_milestone(
            milestone_id=row.pk, actor=request.actor, **form.cleaned_data
        ),
    ),
}  # fmt: skip


@require_http_methods(GET_OR_POST)
def project_act(request: Request, project_id: int, name: str) -> HttpResponse:
    """One act on a project: propose, plan, fund, milestone, month, photo, finding, stop."""
    rows = projects_visible_to(request.actor).select_related("owner", "division")
    project = get_object_or_404(rows, pk=project_id)
    act = act_named(PROJECT_ACTS, name)
    return answer_act(request, act=act, subject=project, home=project, root=ROOT)


@require_http_methods(GET_OR_POST)
def step_act(request: Request, step_id: int, name: str) -> HttpResponse:
    """Decide on a proposal (审定)."""
    step = get_object_or_404(steps_visible_to(request.actor).select_related("project"), pk=step_id)
    act = act_named(STEP_ACTS, name)
    return answer_act(request, act=act, subject=step, home=step.project, root=ROOT)


@require_http_methods(GET_OR_POST)
def milestone_act(request: Request, milestone_id: int, name: str) -> HttpResponse:
    """A milestone is done, or slips."""
    rows = milestones_visible_to(request.actor).select_related("project")
    milestone = get_object_or_404(rows, pk=milestone_id)
    act = act_named(MILESTONE_ACTS, name)
    return answer_act(request, act=act, subject=milestone, home=milestone.project, root=ROOT)


CURE = Act(
    title="验收问题销号",
    button="销号",
    done="问题已销号。",
    require=of_project(led),
    form=lambda request, row: shapes.CureForm(
        *given(request), initial={"cured_on": timezone.localdate()}
    ),
    send=lambda request, row, form: project_progress.cure_finding(
        finding_id=row.pk, cured_on=form.cleaned_data["cured_on"],
        note=form.cleaned_data["note"], actor=request.actor, today=timezone.localdate(),
    ),
)  # fmt: skip
VOID = Act(
    title="作废资金记录",
    button="作废",
    done="已作废，原记录保留。",
    require=lambda request, row: money_kept(request, row.project),
    form=lambda request, row: shapes.ReasonForm(*given(request)),
    send=lambda request, row, form: project_funds.void_fund(
        entry_id=row.pk, reason=form.cleaned_data["reason"], actor=request.actor,
        now=timezone.localtime(),
    ),
)  # fmt: skip


@require_http_methods(GET_OR_POST)
def finding_cure(request: Request, finding_id: int) -> HttpResponse:
    """Confirm that a finding of the acceptance is cured (整改销号)."""
    rows = findings_visible_to(request.actor).select_related("project")
    finding = get_object_or_404(rows, pk=finding_id)
    return answer_act(request, act=CURE, subject=finding, home=finding.project, root=ROOT)


@require_http_methods(GET_OR_POST)
def fund_void(request: Request, entry_id: int) -> HttpResponse:
    """Strike out a movement entered by mistake (作废)."""
    rows = FundEntry.objects.filter(project__in=projects_visible_to(request.actor))
    entry = get_object_or_404(rows.select_related("project"), pk=entry_id)
    return answer_act(request, act=VOID, subject=entry, home=entry.project, root=ROOT)
