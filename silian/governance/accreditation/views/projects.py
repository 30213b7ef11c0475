"""Pages of projects: the list, one project, new and edit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.choices.projects import (
    ENDED_STAGES,
    PUBLIC_STAGES,
    ProjectKind,
    ProjectStage,
)
from silian.governance.accreditation.commands.projects import (
    change_project,
    register_project,
    show_total,
)
from silian.governance.accreditation.exports.projects import upper_level_header, upper_level_rows
from silian.governance.accreditation.forms.projects import ProjectForm
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.permissions.projects import (
    is_applicant,
    is_overseer,
    may_decide,
    may_import,
    may_read_projects,
    may_record_funds,
    may_run_project,
    projects_visible_to,
    require_owner,
)
from silian.governance.accreditation.queries.project_detail import project_page
from silian.governance.accreditation.queries.projects import (
    late_milestone,
    matching_projects,
    projects_for_list,
    public_projects,
    stage_lines,
)

CELL = "accreditation/project/"
GET_OR_POST = ("GET", "HEAD", "POST")


def refuse_outsiders(request: Request) -> None:
    if not may_read_projects(request.actor):
        raise NotAllowed("项目储备对申报单位和政府部门开放；公开项目见“建设项目公示”。")


def chosen_projects(request: Request) -> QuerySet[IntegrationProject]:
    """The projects that the address leaves."""
    rows = projects_visible_to(request.actor)
    query = request.GET
    if stages := query.getlist("stage"):
        rows = rows.filter(stage__in=stages)
    if kinds := query.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if query.get("late"):
        late = rows.filter(late_milestone(timezone.localdate())).exclude(
            stage__in=sorted(ENDED_STAGES)
        )
        rows = rows.filter(pk__in=late.values("pk"))
    place = query.get("division", "")
    if place.isdigit() and len(place) == 6:
        rows = rows.filter(division_id=place)
    return matching_projects(rows, text=query.get("q", "").strip())


def project_filters(request: Request, counts: dict[str, int]) -> FilterBar:
    stages = facet(
        request=request, name="stage", label="环节", choices=ProjectStage.choices, counts=counts
    )
    return FilterBar(
        request=request,
        placeholder="项目、单位、地点",
        kept=("sort", "columns", "division"),
        facets=[
            stages,
            facet(request=request, name="kind", label="建设类别", choices=ProjectKind.choices),
            facet(request=request, name="late", label="进度", choices=[("1", "有滞后节点")]),
        ],
    )


@require_safe
def project_list(request: Request) -> HttpResponseBase:
    """The projects within reach (工程项目)."""
    refuse_outsiders(request)
    lines = stage_lines(projects_visible_to(request.actor))
    counts = {line.stage: line.count for line in lines}
    table = project_table(request, chosen_projects(request))
    if table.export_wanted:
        return table.export_response()
    context = {
        "bar": project_filters(request, counts),
        "table": table,
        "total": sum(counts.values()),
        "registers": is_applicant(request.actor),
        "imports": may_import(request.actor),
        "oversees": is_overseer(request.actor),
    }
    template = "_list.html" if request.htmx else "list.html"
    return render(request, f"{CELL}{template}", context)


STAGE = Column(
    "stage",
    "环节",
    value=lambda row: row.get_stage_display(),
    template=f"{CELL}_cell_stage.html",
    sort="stage",
)
COLUMNS = (
    Column("name", "项目", main=True, sort="name"),
    Column("owner", "申报单位", value="owner__name"),
    Column("kind", "建设类别", value=lambda row: row.get_kind_display(), optional=True),
    Column("division", "地区", value="division__name", sort="division_id"),
    Column(
        "total",
        "总投资",
        unit="元",
        numeric=True,
        sort="total",
        total=True,
        template=f"{CELL}_cell_money.html",
    ),
    Column(
        "completed",
        "累计完成投资",
        unit="元",
        numeric=True,
        sort="completed",
        template=f"{CELL}_cell_money.html",
    ),
    Column("late_count", "滞后节点", unit="个", numeric=True, sort="late_count"),
    Column("stage_since", "进入本环节", sort="stage_since"),
    STAGE,
    Column("library_number", "入库编号", optional=True),
    Column("responsible", "责任人", optional=True),
)


def project_table(request: Request, rows: QuerySet[IntegrationProject]) -> Table:
    return Table(
        request=request,
        name="integration_projects",
        rows=projects_for_list(rows, today=timezone.localdate()),
        caption="工程项目",
        columns=COLUMNS,
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
    )


@require_safe
def project_report(request: Request) -> HttpResponseBase:
    """The table for the upper level, in the order in which officials use it (上报表)."""
    refuse_outsiders(request)
    today = timezone.localdate()
    return file_response(
        kind="xlsx",
        name=f"产教融合发展工程项目储备表 {today:%Y-%m-%d}",
        header=upper_level_header(),
        rows=upper_level_rows(chosen_projects(request), today=today),
    )


@require_safe
def project_detail(request: Request, project_id: int) -> HttpResponse:
    """One project: steps, money, milestones, progress, photos, findings."""
    rows = projects_visible_to(request.actor).select_related("owner", "division")
    project = get_object_or_404(rows.prefetch_related("industries"), pk=project_id)
    context = {
        **project_page(project, today=timezone.localdate()),
        "runs": may_run_project(request.actor, project),
        "leads": may_decide(request.actor, project),
        "keeps_money": may_record_funds(request.actor, project),
        "is_ended": project.stage in ENDED_STAGES,
    }
    return render(request, f"{CELL}detail.html", context)


def words(title: str, button: str, *, back: str, lead: str = "") -> FormPage:
    crumbs = (("工程项目", reverse("accreditation:project_list")),)
    return FormPage(
        title=title, button=button, back=back, lead=lead, crumbs=crumbs,
        help="accreditation/project_form",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
def project_new(request: Request) -> HttpResponse:
    """Write down the idea of a project (登记项目)."""
    if not is_applicant(request.actor):
        raise NotAllowed("项目由已核验单位的管理员或经办人登记，请联系贵单位管理员。")
    form = ProjectForm(*given(request))

    def send(said: dict[str, Any]) -> IntegrationProject:
        return register_project(
            facts=form.facts(), industries=said["industries"], actor=request.actor,
            today=timezone.localdate(),
        )  # fmt: skip

    page = words(
        "登记项目",
        "登记",
        back=reverse("accreditation:project_list"),
        lead="先登记谋划，再逐环节申请",
    )
    return answer_form(
        request, form=form, page=page, send=send, done="已登记，请编制资金筹措计划。"
    )


@require_http_methods(GET_OR_POST)
def project_edit(request: Request, project_id: int) -> HttpResponse:
    """Change a project (修改项目)."""
    project = get_object_or_404(projects_visible_to(request.actor), pk=project_id)
    require_owner(request.actor, project)
    form = ProjectForm(*given(request), initial=ProjectForm.initial_from(project))

    def send(said: dict[str, Any]) -> IntegrationProject:
        return change_project(
            project_id=project.pk, facts=form.facts(), industries=said["industries"],
            actor=request.actor,
        )  # fmt: skip

    page = words("修改项目", "保存", back=project.get_absolute_url(), lead=project.name)
    return answer_form(request, form=form, page=page, send=send, done="已保存。", then=project)


@require_POST
def project_total(request: Request, project_id: int) -> HttpResponse:
    """Show the total on the public page, or hide it (公开总投资)."""
    project = get_object_or_404(projects_visible_to(request.actor), pk=project_id)
    shown = not project.total_is_public
    show_total(project_id=project.pk, shown=shown, actor=request.actor)
    messages.success(request, "总投资已公开。" if shown else "总投资不再公开。")
    return redirect(project)


@login_not_required
@require_safe
def project_public(request: Request) -> HttpResponseBase:
    """Projects that are being built or finished, for everybody (建设项目公示)."""
    rows = public_projects()
    shown = sorted(PUBLIC_STAGES)
    bar = FilterBar(
        request=request,
        placeholder="项目、单位、地点",
        facets=[
            facet(
                request=request, name="stage", label="环节",
                choices=[item for item in ProjectStage.choices if item[0] in shown],
            ),
            facet(request=request, name="kind", label="建设类别", choices=ProjectKind.choices),
        ],
    )  # fmt: skip
    for name in ("stage", "kind"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    table = public_table(request, matching_projects(rows, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    template = "_list.html" if request.htmx else "public.html"
    return render(request, f"{CELL}{template}", {"table": table, "bar": bar})


PUBLIC_COLUMNS = (
    Column("name", "项目", main=True, sort="name"),
    Column("owner", "申报单位", value="owner__name"),
    Column("kind", "建设类别", value=lambda row: row.get_kind_display()),
    Column("place", "建设地点", value=lambda row: f"{row.division.name} {row.site}"),
    Column("library_number", "入库编号", optional=True),
    Column(
        "total",
        "总投资",
        unit="万元",
        numeric=True,
        value=lambda row: row.total / 10_000 if row.total_is_public else "未公开",
    ),
    Column("ends_on", "计划完工日", sort="ends_on"),
    Column("built_on", "投用日", sort="built_on"),
    STAGE,
)


def public_table(request: Request, rows: QuerySet[IntegrationProject]) -> Table:
    return Table(
        request=request,
        name="public_projects",
        rows=rows,
        caption="建设项目公示",
        columns=PUBLIC_COLUMNS,
        order="-stage_since",
        views=False,
    )
