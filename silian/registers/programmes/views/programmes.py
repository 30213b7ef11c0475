"""Programmes: list, one, new, changed, moved through its life (专业点)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.choices import EducationLevel
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.commands import programmes as commands
from silian.registers.programmes.forms.programmes import (
    ProgrammeEditForm,
    ProgrammeForm,
    StepForm,
)
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.plans import plans_visible_to
from silian.registers.programmes.permissions.programmes import (
    is_school_staff,
    may_manage,
    programmes_visible_to,
    programmes_watched_by,
    require_school_staff,
)
from silian.registers.programmes.queries.participation import participation_matrix
from silian.registers.programmes.queries.plans import plans_of
from silian.registers.programmes.queries.programme_page import (
    classes_of_programme,
    cohorts_of_programme,
    facts_of_programme,
)
from silian.registers.programmes.queries.registers import programme_rows
from silian.registers.programmes.views.pages import (
    own_programme,
    programme_crumbs,
    template,
    visible_programme,
)
from silian.registers.programmes.views.tables import programme_table
from silian.registers.programmes.workflow.programme import programme as steps

STEP_NAMES = {"open": "开办", "pause": "暂停招生", "resume": "恢复招生", "close": "撤销"}
HISTORY = 12


@require_safe
def programme_list(request: Request) -> HttpResponseBase:
    """What schools teach; one's own school's, or the region's, first (专业点名录)."""
    bar = list_filters(request)
    rows = filtered(request, bar)
    table = programme_table(request, programme_rows(rows))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "writes": is_school_staff(request.actor),
        "watches": programmes_watched_by(request.actor).exists(),
    }
    return render(request, template(request, "programmes"), context)


def list_filters(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="专业、学校、产业链",
        facets=[
            facet(request=request, name="scope", label="范围",
                  choices=[("mine", "本校或本地区")], single=True),
            facet(request=request, name="level", label="层次", choices=EducationLevel.choices),
            facet(request=request, name="stage", label="阶段", choices=ProgrammeStage.choices),
            facet(request=request, name="gap", label="需要处理",
                  choices=[("plan", "无现行方案"), ("enterprise", "无企业参与")]),
        ],
    )  # fmt: skip


def filtered(request: Request, bar: FilterBar) -> Any:
    """The visible programmes that the reader asked for."""
    rows = programmes_visible_to(request.actor)
    if "mine" in request.GET.getlist("scope"):
        rows = rows.filter(pk__in=programmes_watched_by(request.actor).values("pk"))
    if levels := request.GET.getlist("level"):
        rows = rows.filter(major__education_level__in=levels)
    if stages := request.GET.getlist("stage"):
        rows = rows.filter(stage__in=stages)
    gaps = request.GET.getlist("gap")
    if "plan" in gaps:
        rows = rows.exclude(plans__state="approved")
    if "enterprise" in gaps:
        rows = rows.filter(participations__isnull=True)
    return matching(rows, bar.text)


def matching(rows: Any, text: str) -> Any:
    if not text:
        return rows
    return (
        rows.filter(name__icontains=text)
        | rows.filter(school__name__icontains=text)
        | rows.filter(industry_chain__icontains=text)
        | rows.filter(major__code__startswith=text)
    )


@require_safe
def programme_detail(request: Request, programme_id: int) -> HttpResponse:
    """One programme: facts, plans, participation, construction, cohorts (专业点)."""
    programme = visible_programme(request, programme_id)
    manages = may_manage(request.actor, programme)
    stage = ProgrammeStage(programme.stage)
    context = {
        "programme": programme,
        "facts": facts_of_programme(programme),
        "plans": plans_of(programme.pk, visible=plans_visible_to(request.actor)),
        "matrix": participation_matrix([programme])[0],
        "constructions": programme.constructions.order_by("-approved_on"),
        "cohorts": cohorts_of_programme(programme, on=timezone.localdate()),
        "classes": classes_of_programme(programme, actor=request.actor, on=timezone.localdate()),
        "pathways": programme.pathways.select_related("partner"),
        "enrolments": programme.enrolments.order_by("-year", "kind")[:8],
        "modules": programme.task_modules.select_related("enterprise")[:8],
        "works": programme.joint_works.select_related("enterprise")[:8],
        "manages": manages,
        "steps": steps.steps_from(stage) if manages else [],
        "history": history_of(programme)[:HISTORY] if manages else [],
    }
    return render(request, "programmes/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_new(request: Request) -> HttpResponse:
    """Enter a programme (登记专业点)."""
    require_school_staff(request.actor)
    form = ProgrammeForm(*given(request), initial={"years": 3})
    back = reverse("programmes:programme_list")
    page = FormPage(
        title="登记专业点",
        button="登记",
        back=back,
        crumbs=[("专业与方案", back)],
        help="programmes/programme_form",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已登记。请编制人才培养方案。",
        send=lambda data: commands.open_programme(
            actor=request.actor,
            major_id=data["major"].pk,
            facts=form.facts(),
            opened_on=data["opened_on"],
            is_planned=data["is_planned"],
            occupation_ids=form.occupation_ids(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: Request, programme_id: int) -> HttpResponse:
    """Put the facts right (修改专业点)."""
    programme = own_programme(request, programme_id)
    form = ProgrammeEditForm(*given(request), initial=initial_of(programme))
    page = FormPage(
        title="修改专业点",
        button="保存",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        help="programmes/programme_form",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已保存。",
        send=lambda data: commands.change_programme(
            programme_id=programme.pk,
            actor=request.actor,
            facts=form.facts(),
            occupation_ids=form.occupation_ids(),
        ),
    )


def initial_of(programme: Programme) -> dict[str, Any]:
    names = set(commands.ProgrammeFacts.__dataclass_fields__) - {"joint_enterprise_id"}
    return {
        **{name: getattr(programme, name) for name in names},
        "joint_enterprise": programme.joint_enterprise,
        "occupations": list(programme.occupations.all()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def programme_step(request: Request, programme_id: int, step: str) -> HttpResponse:
    """One step in the life of a programme (办理阶段)."""
    programme = own_programme(request, programme_id)
    label = STEP_NAMES[step]
    form = StepForm(*given(request), initial={"on": timezone.localdate()})
    page = FormPage(
        title=f"{label}：{programme.name}",
        button=label,
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        lead=f"当前为“{programme.get_stage_display()}”。",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done=f"已{label}。",
        send=lambda data: commands.move_programme(
            programme_id=programme.pk, actor=request.actor, step=step, **data
        ),
    )


@require_safe
def programme_history(request: Request, programme_id: int) -> HttpResponse:
    """The whole past of a programme, for its school (办理记录)."""
    programme = get_object_or_404(
        programmes_watched_by(request.actor).select_related("school"), pk=programme_id
    )
    context = {"programme": programme, "history": history_of(programme)}
    return render(request, "programmes/programme_history.html", context)
