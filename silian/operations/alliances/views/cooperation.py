"""Pages of projects with other regions and countries."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.cooperation import (
    CooperationKind,
    CooperationScope,
    CooperationStage,
)
from silian.operations.alliances.commands.cooperation import (
    change_project,
    move_project,
    register_project,
    report_year,
)
from silian.operations.alliances.forms.choosing import units
from silian.operations.alliances.forms.cooperation import ProjectForm, StepForm, YearForm
from silian.operations.alliances.models.cooperation import CooperationProject
from silian.operations.alliances.permissions.cooperation import (
    KINDS,
    may_keep_project,
    may_register,
    projects_visible_to,
    require_project_keeper,
    require_registrar,
    talents_visible_to,
)
from silian.operations.alliances.permissions.keeping import keeps_registers, oversees
from silian.operations.alliances.queries.cooperation import missing_years, projects_for_list
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.views.steps import template_for, typed
from silian.operations.alliances.workflow.cooperation import cooperation as steps
from silian.registers.organisations.models import Organisation

FOLDER = "alliances/cooperation"
REGISTER = ("对外交流合作", "alliances:cooperation_list")
CLOSING = ("end", "break_off")


@login_not_required
@require_safe
def cooperation_list(request: Request) -> HttpResponseBase:
    """The projects with partners elsewhere (对外交流合作项目)."""
    rows = projects_visible_to(request.actor)
    bar = FilterBar(request=request, placeholder="项目、合作方、国家或地区", facets=facets(request))
    table = project_table(request, chosen(request, rows, bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "registers": may_register(request.actor)}
    fragment = f"{FOLDER}/_projects.html"
    page = template_for(request, page=f"{FOLDER}/projects.html", fragment=fragment)
    return render(request, page, context)


def facets(request: Request) -> list[Any]:
    return [
        facet(request=request, name="scope", label="合作范围", choices=CooperationScope.choices),
        facet(request=request, name="kind", label="合作内容", choices=CooperationKind.choices),
        facet(request=request, name="stage", label="阶段", choices=CooperationStage.choices),
    ]


def chosen(
    request: Request, rows: QuerySet[CooperationProject], bar: FilterBar
) -> QuerySet[CooperationProject]:
    """What the filters leave."""
    for name in ("scope", "kind", "stage"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := typed(bar.text):
        named = Q(title__icontains=text) | Q(organisation__name__icontains=text)
        rows = rows.filter(named | Q(partner__icontains=text) | Q(partner_place__icontains=text))
    return projects_for_list(rows)


def project_table(request: Request, rows: QuerySet[CooperationProject]) -> Table:
    return Table(
        request=request,
        name="cooperation",
        rows=rows,
        caption="对外交流合作项目",
        columns=[
            Column("title", "项目", main=True),
            Column("organisation", "承担单位", lambda row: row.organisation.display_name),
            Column("partner", "合作方"),
            Column("partner_place", "国家或地区", sort="partner_place"),
            Column("scope", "范围", lambda row: row.get_scope_display(), sort="scope"),
            Column("kind", "内容", lambda row: row.get_kind_display(), optional=True),
            Column("starts_on", "签约日", sort="starts_on"),
            Column("out_count", "派出", unit="人次", numeric=True),
            Column("in_count", "来访", unit="人次", numeric=True),
            Column("get_stage_display", "阶段", template=f"{FOLDER}/_cell_stage.html"),
        ],
        order="-created_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有对外合作项目", "why": "承担单位登记签约后在这里公开。"},
    )


def visible_project(request: Request, project_id: int) -> CooperationProject:
    rows = projects_visible_to(request.actor).select_related(
        "organisation", "division", "partner_unit"
    )
    return get_object_or_404(rows, pk=project_id)


@login_not_required
@require_safe
def cooperation_detail(request: Request, project_id: int) -> HttpResponse:
    """One project: partner, stage, people and results of each year."""
    project, actor = visible_project(request, project_id), request.actor
    keeps = may_keep_project(actor, project)
    stage = CooperationStage(project.stage)
    context = {
        "project": project,
        "years": project.years.order_by("-year"),
        "missing": missing_years([project], today=timezone.localdate()),
        "talents": talents_visible_to(actor).filter(project=project),
        "keeps": keeps,
        "steps": [step for step in steps.steps_from(stage) if keeps],
        "entries": past_of(project) if keeps or oversees(actor) else [],
    }
    return render(request, f"{FOLDER}/project.html", context)


def units_for(request: Request) -> QuerySet[Organisation]:
    """The units that the actor registers for."""
    actor = request.actor
    if keeps_registers(actor):
        return units(*KINDS, division=actor.jurisdiction)
    return units(*KINDS).filter(pk=actor.organisation_id or 0)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_new(request: Request) -> HttpResponse:
    """Register a project (登记对外合作项目)."""
    require_registrar(request.actor)
    own = None if keeps_registers(request.actor) else request.actor.organisation_id
    form = ProjectForm(
        request.POST or None, units=units_for(request), initial={"organisation": own}
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记对外合作项目", "登记", back=REGISTER[1], register=REGISTER),
        send=lambda said: register_project(
            organisation_id=said["organisation"].pk, facts=form.facts(), actor=request.actor
        ),
        done="已登记，签约后公开。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_edit(request: Request, project_id: int) -> HttpResponse:
    """Change a project (修改合作项目)."""
    project = visible_project(request, project_id)
    require_project_keeper(request.actor, project)
    own = Organisation.objects.filter(pk=project.organisation_id)
    start = ProjectForm.initial_from(project)
    form = ProjectForm(request.POST or None, units=own, initial=start)
    form.fields["organisation"].disabled = True
    return answer_form(
        request,
        form=form,
        page=page_words("修改合作项目", "保存", back=project, register=REGISTER),
        send=lambda said: change_project(
            project_id=project.pk, facts=form.facts(), actor=request.actor
        ),
        done="已保存。",
        then=project,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_step(request: Request, project_id: int, name: str) -> HttpResponse:
    """Sign, build, run, end or break off (变更阶段)."""
    project = visible_project(request, project_id)
    require_project_keeper(request.actor, project)
    label, today = steps.by_name[name].label, timezone.localdate()
    form = StepForm(request.POST or None, asks_reason=name in CLOSING, initial={"on": today})
    return answer_form(
        request,
        form=form,
        page=page_words(label, label, back=project, register=REGISTER, lead=project.title),
        send=lambda said: move_project(
            project_id=project.pk,
            name=name,
            on=said["on"],
            reason=said.get("reason", ""),
            actor=request.actor,
            today=today,
        ),
        done=f"已{label}。",
        then=project,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_year(request: Request, project_id: int) -> HttpResponse:
    """Report a year (报送年度成效)."""
    project, today = visible_project(request, project_id), timezone.localdate()
    require_project_keeper(request.actor, project)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today.year - 1
    known = project.years.filter(year=year).first()
    start = YearForm.initial_from(known) if known else {"year": year}
    form = YearForm(request.POST or None, initial=start)
    lead = f"{project.title}；次年 1 月 31 日前报送，报送后可更正"
    return answer_form(
        request,
        form=form,
        page=page_words("报送年度成效", "报送", back=project, register=REGISTER, lead=lead),
        send=lambda said: report_year(
            project_id=project.pk,
            year=said["year"],
            facts=form.facts(),
            actor=request.actor,
            today=today,
        ),
        done="年度成效已报送。",
        then=project,
    )
