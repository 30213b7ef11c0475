"""Construction projects: the register, a new one, its steps (专业建设)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import (
    ConstructionCategory,
    ConstructionLevel,
    ConstructionStage,
)
from silian.registers.programmes.commands import programmes as commands
from silian.registers.programmes.forms.programmes import ConstructionForm, StepForm
from silian.registers.programmes.models.programmes import Construction
from silian.registers.programmes.permissions.programmes import (
    programmes_visible_to,
    require_manager,
)
from silian.registers.programmes.queries.registers import (
    construction_rows,
    constructions_by_category,
)
from silian.registers.programmes.views.pages import own_programme, programme_crumbs, template
from silian.registers.programmes.views.tables import construction_table

STEP_NAMES = {"build": "开始建设", "accept": "验收通过", "end": "终止"}


@require_safe
def construction_list(request: Request) -> HttpResponseBase:
    """Programmes being built up, by category and level (专业建设名录)."""
    rows = Construction.objects.filter(programme__in=programmes_visible_to(request.actor))
    counts = constructions_by_category(rows)
    bar = FilterBar(
        request=request,
        placeholder="专业、学校",
        facets=[
            facet(request=request, name="category", label="建设类别",
                  choices=ConstructionCategory.choices, counts=counts),
            facet(request=request, name="level", label="级别", choices=ConstructionLevel.choices),
            facet(request=request, name="stage", label="阶段", choices=ConstructionStage.choices),
        ],
    )  # fmt: skip
    for name in ("category", "level", "stage"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text := bar.text:
        rows = rows.filter(programme__name__icontains=text) | rows.filter(
            programme__school__name__icontains=text
        )
    table = construction_table(request, construction_rows(rows))
    if table.export_wanted:
        return table.export_response()
    return render(request, template(request, "constructions"), {"table": table, "bar": bar})


@require_http_methods(["GET", "HEAD", "POST"])
def construction_new(request: Request, programme_id: int) -> HttpResponse:
    """Enter a construction project (登记专业建设项目)."""
    programme = own_programme(request, programme_id)
    page = FormPage(
        title="登记专业建设项目",
        button="登记",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
    )
    return answer_form(
        request,
        form=ConstructionForm(*given(request)),
        page=page,
        done="已登记。",
        then=programme.get_absolute_url(),
        send=lambda data: commands.add_construction(
            programme_id=programme.pk, actor=request.actor, **data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def construction_step(request: Request, construction_id: int, step: str) -> HttpResponse:
    """Build, accept or end (办理建设阶段)."""
    rows = Construction.objects.filter(programme__in=programmes_visible_to(request.actor))
    project = get_object_or_404(rows.select_related("programme"), pk=construction_id)
    require_manager(request.actor, project.programme)
    label = STEP_NAMES[step]
    page = FormPage(
        title=f"{label}：{project}",
        button=label,
        back=project.programme.get_absolute_url(),
        crumbs=programme_crumbs(project.programme),
        lead=f"当前为“{project.get_stage_display()}”。",
    )
    return answer_form(
        request,
        form=StepForm(*given(request), initial={"on": timezone.localdate()}),
        page=page,
        done=f"已办理{label}。",
        then=project.programme.get_absolute_url(),
        send=lambda data: commands.move_construction(
            construction_id=project.pk, actor=request.actor, step=step, **data
        ),
    )
