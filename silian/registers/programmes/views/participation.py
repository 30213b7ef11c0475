"""Enterprises in teaching: matrix, records, confirmations, task modules (引企入教)."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import ParticipationStage
from silian.registers.programmes.commands import participation as commands
from silian.registers.programmes.forms.participation import (
    EvidenceForm,
    ParticipationForm,
    TaskModuleForm,
)
from silian.registers.programmes.models.participation import Participation
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import (
    is_enterprise_staff,
    is_official,
    is_school_staff,
    may_manage,
    participations_visible_to,
    programmes_watched_by,
    require_manager,
)
from silian.registers.programmes.queries.participation import (
    participation_matrix,
    participation_rows,
)
from silian.registers.programmes.queries.programmes import TEACHING_STAGES
from silian.registers.programmes.rules.depth import RULE
from silian.registers.programmes.views.pages import own_programme, programme_crumbs, template
from silian.registers.programmes.views.tables import participation_table

MOST_ROWS = 300  # a city has fewer programmes; a province chooses by school


@require_safe
def participation_matrix_page(request: Request) -> HttpResponse:
    """Programmes × stages, gaps first when asked (企业参与矩阵)."""
    if not (is_school_staff(request.actor) or is_official(request.actor)):
        raise NotAllowed("企业参与矩阵由学校和主管部门查看。企业请看“参与记录”。")
    bar = FilterBar(
        request=request,
        placeholder="专业、学校",
        facets=[
            facet(request=request, name="gap", label="需要处理",
                  choices=[("none", "没有企业参与的专业")], single=True)
        ],
    )  # fmt: skip
    every = participation_matrix(list(programmes_for_matrix(request, bar)))
    only_gaps = "none" in request.GET.getlist("gap")
    context = {
        "bar": bar,
        "rows": [row for row in every if row.is_gap or not only_gaps],
        "total": len(every),
        "gaps": sum(row.is_gap for row in every),
        "stages": ParticipationStage.choices,
        "rule": RULE,
    }
    return render(request, template(request, "matrix"), context)


def programmes_for_matrix(request: Request, bar: FilterBar) -> QuerySet[Programme]:
    rows = programmes_watched_by(request.actor).filter(stage__in=TEACHING_STAGES)
    if text := bar.text:
        rows = rows.filter(name__icontains=text) | rows.filter(school__name__icontains=text)
    ordered = rows.select_related("school", "major").order_by("school__name", "name", "pk")
    return ordered[:MOST_ROWS]


@require_safe
def participation_list(request: Request) -> HttpResponseBase:
    """All records of the school, the enterprise or the region (企业参与记录)."""
    rows = participation_rows(participations_visible_to(request.actor))
    bar = FilterBar(
        request=request,
        placeholder="专业、企业、内容",
        facets=[
            facet(request=request, name="stage", label="环节", choices=ParticipationStage.choices),
            facet(request=request, name="confirmed", label="企业确认",
                  choices=[("yes", "已确认"), ("no", "待确认")], single=True),
        ],
    )  # fmt: skip
    if stages := request.GET.getlist("stage"):
        rows = rows.filter(stage__in=stages)
    if answer := request.GET.get("confirmed"):
        rows = rows.filter(confirmed_at__isnull=answer == "no")
    if text := bar.text:
        rows = (
            rows.filter(activity__icontains=text)
            | rows.filter(programme__name__icontains=text)
            | rows.filter(enterprise__name__icontains=text)
        )
    table = participation_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "confirms": is_enterprise_staff(request.actor)}
    return render(request, template(request, "participations"), context)


def visible_participation(request: Request, participation_id: int) -> Participation:
    rows = participation_rows(participations_visible_to(request.actor))
    return get_object_or_404(rows, pk=participation_id)


@require_safe
def participation_detail(request: Request, participation_id: int) -> HttpResponse:
    """One record with its evidence (参与记录)."""
    row = visible_participation(request, participation_id)
    confirms = (
        is_enterprise_staff(request.actor)
        and request.actor.organisation_id == row.enterprise_id
        and row.confirmed_at is None
    )
    context = {
        "row": row,
        "files": files_of(row),
        "confirms": confirms,
        "manages": may_manage(request.actor, row.programme),
    }
    return render(request, "programmes/participation.html", context)


def page_for(programme: Programme, title: str, help: str = "") -> FormPage:
    return FormPage(
        title=title,
        button="登记",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        help=help,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_new(request: Request, programme_id: int) -> HttpResponse:
    """Record that an enterprise took part (登记企业参与)."""
    programme = own_programme(request, programme_id)
    form = ParticipationForm(*given(request), initial={"stage": request.GET.get("stage", "")})
    return answer_form(
        request,
        form=form,
        page=page_for(programme, "登记企业参与", "programmes/participation"),
        done="已登记，已请企业确认。",
        then=programme.get_absolute_url(),
        send=lambda data: commands.record_participation(
            programme_id=programme.pk,
            actor=request.actor,
            facts=form.facts(),
            today=timezone.localdate(),
            evidence=[data["evidence"]] if data["evidence"] else [],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_evidence(request: Request, participation_id: int) -> HttpResponse:
    """Put one more proof to a record (补充证明)."""
    row = visible_participation(request, participation_id)
    require_manager(request.actor, row.programme)
    return answer_form(
        request,
        form=EvidenceForm(*given(request)),
        page=page_for(row.programme, "补充证明材料"),
        done="已补充。",
        then=row.programme.get_absolute_url(),
        send=lambda data: commands.add_evidence(
            participation_id=row.pk, actor=request.actor, upload=data["file"]
        ),
    )


@require_POST
def participation_confirm(request: Request, participation_id: int) -> HttpResponse:
    """The enterprise confirms (企业确认)."""
    row = visible_participation(request, participation_id)
    commands.confirm_participation(participation_id=row.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已确认。")
    return redirect("programmes:participation_list")


@require_http_methods(["GET", "HEAD", "POST"])
def task_module_new(request: Request, programme_id: int) -> HttpResponse:
    """Enter a task module (登记任务模块)."""
    programme = own_programme(request, programme_id)
    form = TaskModuleForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=page_for(programme, "登记任务模块"),
        done="已登记。",
        then=programme.get_absolute_url(),
        send=lambda data: commands.add_task_module(
            programme_id=programme.pk, actor=request.actor, facts=form.facts()
        ),
    )
