"""Pathways between schools, and seats by year (招生与贯通)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import PathwayKind, PathwayState
from silian.registers.programmes.commands import pathways as commands
from silian.registers.programmes.forms.pathways import EnrolmentForm, PathwayForm
from silian.registers.programmes.models.pathways import EnrolmentPlan, Pathway
from silian.registers.programmes.permissions.pathways import (
    enrolments_visible_to,
    pathways_visible_to,
)
from silian.registers.programmes.permissions.programmes import (
    is_official,
    is_school_staff,
    require_manager,
)
from silian.registers.programmes.queries.registers import enrolment_rows
from silian.registers.programmes.rules.periods import school_year
from silian.registers.programmes.views.pages import own_programme, programme_crumbs, template
from silian.registers.programmes.views.tables import enrolment_table


@require_safe
def pathway_list(request: Request) -> HttpResponseBase:
    """Pathways and seats of the school or the region (招生与贯通)."""
    if not (is_school_staff(request.actor) or is_official(request.actor)):
        raise NotAllowed("招生计划与贯通培养由学校和主管部门查看。")
    rows = enrolments_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="专业、学校",
        facets=[
            facet(request=request, name="kind", label="招生方式", choices=PathwayKind.choices),
            facet(request=request, name="year", label="年份", choices=years()),
        ],
    )
    for name in ("kind", "year"):
        chosen = [value for value in request.GET.getlist(name) if value.isalnum() or "_" in value]
        if chosen and (name == "kind" or all(value.isdigit() for value in chosen)):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text := bar.text:
        rows = rows.filter(
            Q(programme__name__icontains=text) | Q(programme__school__name__icontains=text)
        )
    table = enrolment_table(request, enrolment_rows(rows))
    if table.export_wanted:
        return table.export_response()
    pathways = pathways_visible_to(request.actor).select_related(
        "programme__school", "partner", "partner_programme"
    )
    context = {"table": table, "bar": bar, "pathways": pathways.order_by("state", "pk")[:60]}
    return render(request, template(request, "pathways"), context)


def years() -> list[tuple[str, str]]:
    this = school_year(timezone.localdate())
    return [(str(year), f"{year} 年") for year in range(this + 1, this - 4, -1)]


def visible_pathway(request: Request, pathway_id: int) -> Pathway:
    rows = pathways_visible_to(request.actor).select_related(
        "programme__school", "partner", "partner_programme"
    )
    return get_object_or_404(rows, pk=pathway_id)


@require_safe
def pathway_detail(request: Request, pathway_id: int) -> HttpResponse:
    """One pathway with both sides and its seats by year (贯通培养项目)."""
    pathway = visible_pathway(request, pathway_id)
    sides = (pathway.partner_id, pathway.programme.school_id)
    staff = is_school_staff(request.actor)
    mine = request.actor.organisation_id
    context = {
        "pathway": pathway,
        "seats": EnrolmentPlan.objects.filter(
            programme=pathway.programme, kind=pathway.kind
        ).order_by("-year"),
        "confirms": staff and mine == pathway.partner_id and pathway.state == PathwayState.PROPOSED,
        "ends": staff and mine in sides and pathway.state != PathwayState.ENDED,
    }
    return render(request, "programmes/pathway.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pathway_new(request: Request, programme_id: int) -> HttpResponse:
    """Propose a pathway (登记贯通培养项目)."""
    programme = own_programme(request, programme_id)
    form = PathwayForm(*given(request), initial={"first_year": school_year(timezone.localdate())})
    page = FormPage(
        title="登记贯通培养项目",
        button="登记",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        lead="登记后请对接学校确认，确认后开始。",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已登记，已请对接学校确认。",
        send=lambda data: commands.propose_pathway(
            programme_id=programme.pk, actor=request.actor, facts=form.facts()
        ),
    )


@require_POST
def pathway_confirm(request: Request, pathway_id: int) -> HttpResponse:
    """The partner school confirms (确认)."""
    pathway = visible_pathway(request, pathway_id)
    commands.confirm_pathway(pathway_id=pathway.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已确认。")
    return redirect(pathway)


@require_POST
def pathway_end(request: Request, pathway_id: int) -> HttpResponse:
    """Either school ends it (结束)."""
    pathway = visible_pathway(request, pathway_id)
    commands.end_pathway(pathway_id=pathway.pk, actor=request.actor, on=timezone.localdate())
    messages.success(request, "已结束。")
    return redirect(pathway)


def enrolment_page(programme: Any, title: str) -> FormPage:
    return FormPage(
        title=title,
        button="保存",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_new(request: Request, programme_id: int) -> HttpResponse:
    """Enter seats of a year (登记招生计划)."""
    programme = own_programme(request, programme_id)
    form = EnrolmentForm(*given(request), initial={"year": school_year(timezone.localdate())})
    return answer_form(
        request,
        form=form,
        page=enrolment_page(programme, "登记招生计划"),
        done="已登记。",
        then=programme.get_absolute_url(),
        send=lambda data: commands.save_enrolment(
            programme_id=programme.pk, actor=request.actor, facts=form.facts()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_edit(request: Request, enrolment_id: int) -> HttpResponse:
    """Change seats or enter who came (登记录取)."""
    rows = enrolments_visible_to(request.actor).select_related("programme", "enterprise")
    row = get_object_or_404(rows, pk=enrolment_id)
    require_manager(request.actor, row.programme)
    form = EnrolmentForm(*given(request), initial=EnrolmentForm.initial_of(row))
    return answer_form(
        request,
        form=form,
        page=enrolment_page(row.programme, "修改招生计划与录取"),
        done="已保存。",
        then=row.programme.get_absolute_url(),
        send=lambda data: commands.save_enrolment(
            programme_id=row.programme_id,
            actor=request.actor,
            facts=form.facts(),
            enrolment_id=row.pk,
        ),
    )
