"""What schools report and officials find in school projects."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given
from silian.governance.accreditation.commands import schools
from silian.governance.accreditation.forms import schools as shapes
from silian.governance.accreditation.forms.projects import MilestoneForm, ReasonForm
from silian.governance.accreditation.permissions.schools import (
    blocks_visible_to,
    conditions_visible_to,
    require_checker,
    require_reporter,
    school_milestones_visible_to,
    school_projects_visible_to,
)
from silian.governance.accreditation.views.acts import Act, act_named, answer_act

ROOT = ("学校项目", "accreditation:school_list")
GET_OR_POST = ("GET", "HEAD", "POST")


def reported(request: Request, project: Any) -> None:
    require_reporter(request.actor, project)


def checked(request: Request, project: Any) -> None:
    require_checker(request.actor, project)


def of_project(check: Any) -> Any:
    return lambda request, row: check(request, row.project)


def said_of(row: Any) -> dict[str, Any]:
    return {"value": row.value, "evidence": row.evidence}


SCHOOL_ACTS: dict[str, Act] = {
    "milestone": Act(
        title="添加节点", button="添加", done="节点已添加。", require=reported,
        form=lambda request, project: MilestoneForm(*given(request)),
        send=lambda request, project, form: schools.add_school_milestone(
            project_id=project.pk, actor=request.actor, **form.cleaned_data
        ),
    ),
    "block": Act(
        title="登记卡点", button="登记", done="卡点已登记，解决单位会看到待办。", require=reported,
        form=lambda request, project: shapes.BlockForm(
            *given(request), division=project.division_id[:4] + "00",
            initial={"since": timezone.localdate()},
        ),
        send=lambda request, project, form: schools.raise_block(
            project_id=project.pk, actor=request.actor, today=timezone.localdate(),
            **form.cleaned_data,
        ),
    ),
    "achieve": Act(
        title="登记建成", button="登记", done="已登记建成，目标随之更新。", require=checked,
        form=lambda request, project: shapes.AchieveForm(
            *given(request), initial={"achieved_on": timezone.localdate()}
        ),
        send=lambda request, project, form: schools.achieve_school_project(
            project_id=project.pk, actor=request.actor, today=timezone.localdate(),
            **form.cleaned_data,
        ),
    ),
    "stop": Act(
        title="终止项目", button="终止", done="项目已终止，记录保留。", require=checked,
        form=lambda request, project: ReasonForm(*given(request)),
        send=lambda request, project, form: schools.stop_school_project(
            project_id=project.pk, reason=form.cleaned_data["reason"], actor=request.actor
        ),
    ),
}  # fmt: skip
CONDITION_ACTS: dict[str, Act] = {
    "standard": Act(
        title="填写标准", button="保存", done="标准已填写。", require=of_project(checked),
        form=lambda request, row: shapes.StandardForm(
            *given(request), initial={"standard": row.standard, "source": row.source}
        ),
        send=lambda request, row, form: schools.set_standard(
            condition_id=row.pk, actor=request.actor, **form.cleaned_data
        ),
    ),
    "report": Act(
        title="上报数值和证明", button="上报", done="已上报，等待核对。",
        require=of_project(reported),
        form=lambda request, row: shapes.ReportForm(
            *given(request), condition=row, initial=said_of(row)
        ),
        send=lambda request, row, form: schools.report_condition(
            condition_id=row.pk, actor=request.actor, **form.cleaned_data
        ),
    ),
    "check": Act(
        title="核对条件", button="核对", done="已核对，数值已固定。", require=of_project(checked),
        form=lambda request, row: shapes.CheckForm(
            *given(request), condition=row, initial=said_of(row)
        ),
        send=lambda request, row, form: schools.check_condition(
            condition_id=row.pk, actor=request.actor, today=timezone.localdate(),
            **form.cleaned_data,
        ),
    ),
}  # fmt: skip
FINISH = Act(
    title="登记节点完成", button="登记", done="节点已完成。", require=of_project(reported),
    form=lambda request, row: shapes.FinishForm(
        *given(request), initial={"done_on": timezone.localdate()}
    ),
    send=lambda request, row, form: schools.finish_school_milestone(
        milestone_id=row.pk, actor=request.actor, today=timezone.localdate(), **form.cleaned_data
    ),
)  # fmt: skip
SOLVE = Act(
    title="解决卡点", button="登记", done="卡点已解决。", require=of_project(checked),
    form=lambda request, row: shapes.SolveForm(
        *given(request), initial={"solved_on": timezone.localdate()}
    ),
    send=lambda request, row, form: schools.solve_block(
        block_id=row.pk, actor=request.actor, today=timezone.localdate(), **form.cleaned_data
    ),
)  # fmt: skip


@require_http_methods(GET_OR_POST)
def school_act(request: Request, project_id: int, name: str) -> HttpResponse:
    """One act on a school project: milestone, block, achieve, stop."""
    project = get_object_or_404(school_projects_visible_to(request.actor), pk=project_id)
    act = act_named(SCHOOL_ACTS, name)
    return answer_act(request, act=act, subject=project, home=project, root=ROOT)


@require_http_methods(GET_OR_POST)
def condition_act(request: Request, condition_id: int, name: str) -> HttpResponse:
    """One act on a condition: standard, report, check."""
    rows = conditions_visible_to(request.actor).select_related("project")
    row = get_object_or_404(rows, pk=condition_id)
    act = act_named(CONDITION_ACTS, name)
    return answer_act(request, act=act, subject=row, home=row.project, root=ROOT)


@require_http_methods(GET_OR_POST)
def school_milestone_done(request: Request, milestone_id: int) -> HttpResponse:
    """A milestone of a school project is reached (节点完成)."""
    rows = school_milestones_visible_to(request.actor).select_related("project")
    row = get_object_or_404(rows, pk=milestone_id)
    return answer_act(request, act=FINISH, subject=row, home=row.project, root=ROOT)


@require_http_methods(GET_OR_POST)
def block_solve(request: Request, block_id: int) -> HttpResponse:
    """Something that blocked was removed (解决卡点)."""
    rows = blocks_visible_to(request.actor).select_related("project")
    row = get_object_or_404(rows, pk=block_id)
    return answer_act(request, act=SOLVE, subject=row, home=row.project, root=ROOT)
