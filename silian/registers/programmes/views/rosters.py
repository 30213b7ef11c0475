"""Rosters of students: uploaded, checked cell by cell, taken in (导入学生名单)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import RosterMode, RosterState
from silian.registers.programmes.commands import rosters as commands
from silian.registers.programmes.exports.sheets import cells_to_correct, roster_template
from silian.registers.programmes.forms.classes import RosterForm
from silian.registers.programmes.models.rosters import RosterImport
from silian.registers.programmes.permissions.classes import rosters_visible_to
from silian.registers.programmes.permissions.programmes import require_school_staff

SHOWN_PROBLEMS = 100
SHOWN_ROSTERS = 50


@require_safe
def roster_list(request: Request) -> HttpResponse:
    """Earlier imports of the school (导入记录)."""
    require_school_staff(request.actor)
    rows = rosters_visible_to(request.actor).select_related("created_by")[:SHOWN_ROSTERS]
    return render(request, "programmes/rosters.html", {"rosters": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def roster_new(request: Request) -> HttpResponse:
    """Upload and check a file (上传学生名单)."""
    require_school_staff(request.actor)
    page = FormPage(
        title="导入学生名单",
        button="上传并检查",
        back=reverse("programmes:class_list"),
        crumbs=[("班级与学生", reverse("programmes:class_list"))],
        help="programmes/roster",
    )
    return answer_form(
        request,
        form=RosterForm(*given(request)),
        page=page,
        done="已检查，请确认。",
        send=lambda data: commands.upload_roster(
            actor=request.actor,
            upload=data["file"],
            mode=RosterMode(data["mode"]),
            today=timezone.localdate(),
        ),
    )


def own_roster(request: Request, roster_id: int) -> RosterImport:
    require_school_staff(request.actor)
    return get_object_or_404(rosters_visible_to(request.actor), pk=roster_id)


@require_safe
def roster_detail(request: Request, roster_id: int) -> HttpResponse:
    """What was found, then what came in (检查与结果)."""
    roster = own_roster(request, roster_id)
    good = roster.rows - roster.refused_rows
    context = {
        "roster": roster,
        "good_rows": good,
        "job": Job.objects.filter(pk=roster.job_id or 0).first(),
        "busy": roster.state == RosterState.RUNNING,
        "takes": good and (roster.mode == RosterMode.GOOD_ROWS or not roster.refused_rows),
        "problems": roster.problems.order_by("row", "pk")[:SHOWN_PROBLEMS],
        "problem_count": roster.problems.count(),
    }
    name = "_roster_body" if request.htmx else "roster"
    return render(request, f"programmes/{name}.html", context)


@require_POST
def roster_confirm(request: Request, roster_id: int) -> HttpResponse:
    """Take the good rows in (确认导入)."""
    roster = own_roster(request, roster_id)
    commands.confirm_roster(roster_id=roster.pk, actor=request.actor)
    return redirect(roster)


@require_POST
def roster_drop(request: Request, roster_id: int) -> HttpResponse:
    """Give an import up (放弃)."""
    roster = own_roster(request, roster_id)
    commands.drop_roster(roster_id=roster.pk, actor=request.actor)
    messages.success(request, "已放弃，待导入内容已清除。")
    return redirect("programmes:roster_list")


@require_safe
def roster_problems(request: Request, roster_id: int) -> HttpResponseBase:
    """Every wrong cell as a file (逐格问题)."""
    return cells_to_correct(own_roster(request, roster_id))


@require_safe
def roster_file(request: Request) -> HttpResponseBase:
    """The roster to fill in (学生名单模板)."""
    require_school_staff(request.actor)
    return roster_template()
