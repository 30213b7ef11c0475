"""Pages of school building and upgrade projects."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.choices.schools import SchoolProjectKind, SchoolProjectState
from silian.governance.accreditation.commands.schools import open_school_project
from silian.governance.accreditation.forms.schools import SchoolProjectForm
from silian.governance.accreditation.models.schools import SchoolProject
from silian.governance.accreditation.permissions.schools import (
    may_check_school,
    may_open_school_project,
    may_read_school_projects,
    may_report_school,
    require_opener,
    school_projects_visible_to,
)
from silian.governance.accreditation.queries.schools import (
    SchoolStanding,
    school_page,
    standings_of,
)

CELL = "accreditation/school/"


@require_safe
def school_list(request: Request) -> HttpResponseBase:
    """The school projects within reach, with forecast and what blocks them (学校项目)."""
    if not may_read_school_projects(request.actor):
        raise NotAllowed("学校建设与升格项目对学校和政府部门开放。")
    rows = school_projects_visible_to(request.actor)
    query = request.GET
    for name in ("kind", "state"):
        if chosen := query.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    bar = FilterBar(
        request=request,
        placeholder="项目、学校",
        facets=[
            facet(request=request, name="kind", label="类别", choices=SchoolProjectKind.choices),
            facet(request=request, name="state", label="状态", choices=SchoolProjectState.choices),
        ],
    )
    found = standings_of(rows, today=timezone.localdate())
    shown = [row for row in found if bar.text in f"{row.project.title}{row.project.school.name}"]
    table = school_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    opens = may_open_school_project(request.actor)
    template = "_list.html" if request.htmx else "list.html"
    return render(request, f"{CELL}{template}", {"table": table, "bar": bar, "opens": opens})


COLUMNS = (
    Column("title", "项目", value="project__title", main=True),
    Column("school", "学校", value="project__school__name"),
    Column("kind", "类别", value=lambda row: row.project.get_kind_display()),
    Column("met", "条件", value=lambda row: f"{row.met} / {row.conditions}", numeric=True),
    Column("blocks", "卡点", unit="个", numeric=True),
    Column("longest_block", "最久已卡", unit="天", numeric=True, optional=True),
    Column("target_on", "目标日", value="project__target_on"),
    Column("forecast_on", "预计完成", value="forecast__on"),
    Column(
        "days_over",
        "对目标日",
        template=f"{CELL}_cell_over.html",
        value=lambda row: row.days_over,
    ),
    Column(
        "state",
        "状态",
        value=lambda row: row.project.get_state_display(),
        template=f"{CELL}_cell_state.html",
    ),
)
EMPTY = {
    "missing": "还没有学校建设与升格项目",
    "why": "由牵头部门登记后，条件清单、节点和卡点会出现在这里。",
}


def school_table(request: Request, rows: list[SchoolStanding]) -> Table:
    return Table(
        request=request,
        name="school_projects",
        rows=rows,
        caption="学校建设与升格项目",
        columns=COLUMNS,
        order="",
        row_url=lambda row: row.project.get_absolute_url(),
        empty=EMPTY,
    )


@require_safe
def school_detail(request: Request, project_id: int) -> HttpResponse:
    """One school project: conditions, milestones, what blocks, forecast."""
    rows = school_projects_visible_to(request.actor).select_related("school", "division", "keeper")
    project = get_object_or_404(rows, pk=project_id)
    is_active = project.state == SchoolProjectState.ACTIVE
    context = {
        **school_page(project, today=timezone.localdate()),
        "reports": is_active and may_report_school(request.actor, project),
        "checks": is_active and may_check_school(request.actor, project),
    }
    return render(request, f"{CELL}detail.html", context)


@require_http_methods(("GET", "HEAD", "POST"))
def school_new(request: Request) -> HttpResponse:
    """Open a school project from the template of its kind (登记学校项目)."""
    require_opener(request.actor)
    form = SchoolProjectForm(*given(request), division=request.actor.jurisdiction)

    def send(said: dict[str, Any]) -> SchoolProject:
        return open_school_project(
            school=said["school"], keeper=said["keeper"], facts=form.facts(), actor=request.actor
        )

    back = reverse("accreditation:school_list")
    page = FormPage(
        title="登记学校项目",
        button="登记",
        lead="条件清单按类别带出；国家标准未核定的显示为未设定，登记后逐项填写",
        back=back,
        crumbs=(("学校项目", back),),
    )
    done = "已登记，请核对条件清单并添加节点。"
    return answer_form(request, form=form, page=page, send=send, done=done)
